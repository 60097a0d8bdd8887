import { IconTerminal2 } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { EmptyState } from "../../ui/empty-state.tsx";
import { FaultAlert } from "../../ui/fault-alert.tsx";
import { Section } from "../../ui/section.tsx";
import { LogBar } from "./log-bar.tsx";
import { LogLines } from "./log-lines.tsx";
import classes from "./log-viewer.module.css";
import { useLog } from "./use-log.ts";
import { useLogSearch } from "./use-log-search.ts";

/** A run's output while it runs. */
export function LogViewer({ claimId, taskId }: { readonly claimId: string; readonly taskId: string }) {
  const { t } = useTranslation("running");
  const [held, setHeld] = useState(false);
  const [follow, setFollow] = useState(true);
  const [wrap, setWrap] = useState(true);
  const [text, setText] = useState("");
  const log = useLog(claimId, held);
  const search = useLogSearch(log.window, log.version, text);
  const { count, dropped } = log.window;
  return (
    <Section title={t("log.title")} note={count === 0 ? undefined : t("log.lines", { count })}>
      <div className={classes.viewer}>
        <LogBar
          log={log.window}
          taskId={taskId}
          text={text}
          onText={setText}
          search={search}
          held={held}
          onHeld={setHeld}
          follow={follow}
          onFollow={setFollow}
          wrap={wrap}
          onWrap={setWrap}
        />
        {log.fault === undefined ? null : <FaultAlert fault={log.fault} />}
        {dropped === 0 ? null : <p className={classes.note}>{t("log.dropped", { count: dropped })}</p>}
        {count === 0 ? (
          <div className={classes.none}>
            <EmptyState order={3} icon={<IconTerminal2 />} title={t("log.none")} text={t("log.noneText")} />
          </div>
        ) : (
          <LogLines
            window={log.window}
            version={log.version}
            wrap={wrap}
            follow={follow && !held}
            onFollow={setFollow}
            search={search}
          />
        )}
        <p className={classes.note} role="status">
          {held ? t("log.paused", { count: log.waiting }) : log.over ? t("log.ended") : t("log.stderrNote")}
        </p>
      </div>
    </Section>
  );
}
