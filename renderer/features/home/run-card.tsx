import { Anchor } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import type { RunView } from "../../../shared/contract/views.ts";
import { runPath } from "../../routes.ts";
import { usePicture } from "../../state/use-picture.ts";
import { Foreign } from "../../ui/foreign.tsx";
import { bytes, decimal, duration, percent } from "../../ui/format.ts";
import { Meter } from "../../ui/meter.tsx";
import { Ring } from "../../ui/ring.tsx";
import { StopRunButton } from "../../ui/stop-run-button.tsx";
import { useElapsed } from "../../ui/use-elapsed.ts";
import { useLocale } from "../../ui/use-locale.ts";
import classes from "./run-card.module.css";

/** A run in small: how far its time has gone, what it uses, and its end. */
export function RunCard({ run }: { readonly run: RunView }) {
  const { t } = useTranslation("home");
  const { t: running } = useTranslation("running");
  const { t: common } = useTranslation();
  const locale = useLocale();
  const use = usePicture((picture) => picture.usage?.runs[run.claimId]);
  const grid = usePicture((picture) => picture.grids.get(run.gridId)?.name ?? "");
  const elapsedMs = useElapsed(run);
  const gone = elapsedMs / run.timeoutMs;
  const elapsed = duration(elapsedMs, locale);
  const words = t("running.ofTimeout", { elapsed, timeout: duration(run.timeoutMs, locale) });
  const { share } = run;
  return (
    <li className={classes.card}>
      <div className={classes.top}>
        <Ring share={gone} size={60} label={t("running.elapsed")} value={words} frozen={run.frozen}>
          {percent(Math.min(1, gone), locale)}
        </Ring>
        <div className={classes.words}>
          <Anchor component={Link} href={runPath(run.claimId)} className={classes.task ?? ""}>
            <Foreign text={run.taskId} lines={2} />
          </Anchor>
          <p className={classes.line}>
            <span className={classes.state}>{running(`state.${run.frozen ? "frozen" : run.state}`)}</span>
            {" · "}
            {words}
          </p>
          <p className={classes.line}>
            <Foreign text={grid} lines={1} />
          </p>
        </div>
      </div>
      <Meter
        label={common("cpu")}
        share={share === null ? 0 : (use?.cpus ?? 0) / share.cpus}
        value={
          share === null || use === undefined
            ? common("noValue")
            : t("running.cpuOf", { used: decimal(use.cpus, locale, 1), allowed: decimal(share.cpus, locale, 1) })
        }
      />
      <Meter
        label={common("memory")}
        share={share === null ? 0 : (use?.memoryBytes ?? 0) / share.memoryBytes}
        value={
          share === null || use === undefined
            ? common("noValue")
            : t("running.memoryOf", {
                used: bytes(use.memoryBytes, locale),
                allowed: bytes(share.memoryBytes, locale),
              })
        }
      />
      <div className={classes.bottom}>
        <Anchor component={Link} href={runPath(run.claimId)} size="sm">
          {t("running.open")}
        </Anchor>
        <StopRunButton claimId={run.claimId} taskId={run.taskId} />
      </div>
    </li>
  );
}
