import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { CopyButton } from "../../ui/copy-button.tsx";
import { bytes } from "../../ui/format.ts";
import { useLocale } from "../../ui/use-locale.ts";
import { Part } from "../queue/part.tsx";
import { LogRow } from "../running/log-row.tsx";
import { LogWindow, type LogTextLine } from "../running/log-window.ts";
import classes from "./output-part.module.css";

interface OutputPartProps {
  readonly title: string;
  /** undefined: not known before the run is over. */
  readonly text: string | undefined;
  /** How long it was before it was cut. */
  readonly allBytes: number | undefined;
}

/** What a task wrote: its own scroll, copied as it is, and what was cut named in full. */
export function OutputPart({ title, text, allBytes = 0 }: OutputPartProps) {
  const { t } = useTranslation("history");
  const locale = useLocale();
  const lines = useMemo(() => linesOf(text ?? ""), [text]);
  if (text === undefined) return <Quiet title={title} words={t("outputLater")} />;
  if (text === "" && allBytes === 0) return <Quiet title={title} words={t("noOutput")} />;
  const keptBytes = new TextEncoder().encode(text).length;
  return (
    <Part title={title} note={bytes(allBytes, locale)} actions={<CopyButton text={text} label={title} />}>
      <div
        className={classes.text}
        data-wrap="true"
        tabIndex={0}
        role="region"
        aria-label={t("linesOf", { what: title })}
      >
        {lines.map((line) => (
          <LogRow key={line.number} line={line} wanted="" current={false} mark="" markLong="" />
        ))}
      </div>
      {allBytes <= keptBytes ? null : (
        <p className={classes.note}>{t("kept", { kept: bytes(keptBytes, locale), all: bytes(allBytes, locale) })}</p>
      )}
    </Part>
  );
}

/** The lines as the live log has them, their colours included. */
function linesOf(text: string): readonly LogTextLine[] {
  const window = new LogWindow();
  window.append("stdout", text);
  return window.lines();
}

function Quiet({ title, words }: { readonly title: string; readonly words: string }) {
  return (
    <Part title={title}>
      <p className={classes.note}>{words}</p>
    </Part>
  );
}
