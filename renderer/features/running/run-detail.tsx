import { useTranslation } from "react-i18next";
import type { RunView } from "../../../shared/contract/views.ts";
import { usePicture } from "../../state/use-picture.ts";
import { FaultAlert } from "../../ui/fault-alert.tsx";
import { Foreign } from "../../ui/foreign.tsx";
import { duration, percent } from "../../ui/format.ts";
import { Ring } from "../../ui/ring.tsx";
import { StopRunButton } from "../../ui/stop-run-button.tsx";
import { useElapsed } from "../../ui/use-elapsed.ts";
import { useLocale } from "../../ui/use-locale.ts";
import { AllowedSection } from "./allowed-section.tsx";
import { LogViewer } from "./log-viewer.tsx";
import classes from "./run-detail.module.css";
import { TimelineSection } from "./timeline-section.tsx";
import { UsageSection } from "./usage-section.tsx";
import { useRunDetails } from "./use-run-details.ts";

export function RunDetail({ run }: { readonly run: RunView }) {
  const { details, fault } = useRunDetails(run);
  return (
    <article className={classes.detail}>
      <Head run={run} />
      {fault === undefined ? null : <FaultAlert fault={fault} />}
      <div className={classes.parts}>
        <LogViewer claimId={run.claimId} taskId={run.taskId} />
        <div className={classes.side}>
          <UsageSection run={run} samples={details?.samples} />
          <TimelineSection run={run} reportedAtMs={details?.row.reportedAtMs ?? null} />
          <AllowedSection run={run} details={details} />
        </div>
      </div>
    </article>
  );
}

function Head({ run }: { readonly run: RunView }) {
  const { t } = useTranslation("running");
  const locale = useLocale();
  const grid = usePicture((picture) => picture.grids.get(run.gridId)?.name ?? "");
  const elapsedMs = useElapsed(run);
  const gone = elapsedMs / run.timeoutMs;
  const words = t("of", { elapsed: duration(elapsedMs, locale), timeout: duration(run.timeoutMs, locale) });
  return (
    <div className={classes.head}>
      <Ring share={gone} size={72} label={t(`state.${run.state}`)} value={words} frozen={run.frozen}>
        {percent(Math.min(1, gone), locale)}
      </Ring>
      <div className={classes.words}>
        <h2 className={classes.task}>
          <Foreign text={run.taskId} lines={3} />
        </h2>
        <p className={classes.line}>
          <strong>{t(`state.${run.frozen ? "frozen" : run.state}`)}</strong> · {words}
        </p>
        <p className={classes.line}>
          <Foreign text={grid} /> · <Foreign text={run.image} />
          {run.attempt > 1 ? ` · ${t("attempt", { count: run.attempt })}` : ""}
        </p>
        {run.frozen ? <p className={classes.line}>{t("frozenNote")}</p> : null}
      </div>
      <StopRunButton claimId={run.claimId} taskId={run.taskId} />
    </div>
  );
}
