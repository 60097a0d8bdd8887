import { Anchor } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import type { RunDetails } from "../../../shared/contract/views.ts";
import { runPath } from "../../routes.ts";
import { Facts, type Fact } from "../../ui/facts.tsx";
import { Foreign } from "../../ui/foreign.tsx";
import { duration } from "../../ui/format.ts";
import { ScriptText } from "../../ui/script-text.tsx";
import { useLocale } from "../../ui/use-locale.ts";
import { CopyButton } from "../../ui/copy-button.tsx";
import { Part } from "../queue/part.tsx";
import { OutcomeMark } from "./outcome-mark.tsx";
import { OutputPart } from "./output-part.tsx";
import { RunConfinement } from "./run-confinement.tsx";
import { RunTimeline } from "./run-timeline.tsx";
import classes from "./run-details.module.css";

/** How a run ended, when, within which limits, and what it wrote. */
export function RunDetailsView({ details }: { readonly details: RunDetails }) {
  const { t } = useTranslation("history");
  const { row, output, script, message } = details;
  return (
    <div className={classes.details}>
      <div className={classes.verdict}>
        <div className={classes.outcome}>
          <OutcomeMark outcome={row.outcome} label={t(`outcome.${row.outcome}`)} />
          {row.outcome === "open" ? (
            <Anchor component={Link} href={runPath(row.claimId)} size="sm">
              {t("watchLive")}
            </Anchor>
          ) : null}
        </div>
        <p className={classes.meaning}>{t(`outcomeMeaning.${row.outcome}`)}</p>
        {message === null ? null : (
          <p className={classes.message}>
            <Foreign text={message} multiline lines={6} />
          </p>
        )}
      </div>
      <Facts facts={useFacts(details)} />
      <Part title={t("timeline")}>
        <RunTimeline details={details} />
      </Part>
      <OutputPart title={t("stdout")} text={output?.stdout} allBytes={output?.stdoutBytes} />
      {output === null || output.stderrBytes === 0 ? null : (
        <OutputPart title={t("stderr")} text={output.stderr} allBytes={output.stderrBytes} />
      )}
      <Part title={t("script")} actions={script === null ? null : <CopyButton text={script} label={t("script")} />}>
        {script === null ? (
          <p className={classes.quiet}>{t("noScript")}</p>
        ) : (
          <ScriptText text={script} label={t("linesOf", { what: t("script") })} />
        )}
      </Part>
      <RunConfinement details={details} />
    </div>
  );
}

function useFacts({ row }: RunDetails): readonly Fact[] {
  const { t } = useTranslation("history");
  const locale = useLocale();
  return [
    ...(row.reason === null ? [] : [{ name: t("details"), value: t(`reason.${row.reason}`) }]),
    { name: t("exitCode"), value: row.exitCode ?? t("noExitCode") },
    ...(row.durationMs === null ? [] : [{ name: t("ran"), value: duration(row.durationMs, locale) }]),
    { name: t("attempt"), value: row.attempt },
    { name: t("grid"), value: <Foreign text={row.grid} lines={3} /> },
    { name: t("claim"), value: <Foreign text={row.claimId} monospace lines={3} /> },
  ];
}
