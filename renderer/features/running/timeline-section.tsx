import { IconCheck, IconCircleDashed } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { RunView } from "../../../shared/contract/views.ts";
import { duration } from "../../ui/format.ts";
import { Section } from "../../ui/section.tsx";
import { useLocale } from "../../ui/use-locale.ts";
import { When } from "../../ui/when.tsx";
import classes from "./timeline-section.module.css";

const STEPS = ["claimed", "preparing", "started", "ended", "pushed"] as const;
type Step = (typeof STEPS)[number];

export interface TimelineSectionProps {
  readonly run: RunView;
  readonly reportedAtMs: number | null;
}

/** What happened when; what has not happened yet stands there as well. */
export function TimelineSection({ run, reportedAtMs }: TimelineSectionProps) {
  const { t } = useTranslation("running");
  const locale = useLocale();
  const at: Record<Step, number | null> = {
    claimed: run.claimedAtMs,
    preparing: run.startingAtMs,
    started: run.startedAtMs,
    ended: run.finishedAtMs,
    pushed: reportedAtMs,
  };
  return (
    <Section title={t("timeline.title")}>
      <ol className={classes.steps}>
        {STEPS.map((step, index) => {
          const atMs = at[step];
          const before = STEPS.slice(0, index).reduce<number | null>((last, one) => at[one] ?? last, null);
          const Symbol = atMs === null ? IconCircleDashed : IconCheck;
          return (
            <li key={step} className={classes.step} data-done={atMs !== null}>
              <span className={classes.mark}>
                <Symbol size={14} stroke={2.4} aria-hidden />
              </span>
              <span className={classes.name}>{t(`timeline.${step}`)}</span>
              <span className={classes.when}>
                {atMs === null ? t("timeline.pending") : <When atMs={atMs} />}
                {atMs === null || before === null ? null : (
                  <span className={classes.after}>
                    {t("timeline.after", { time: duration(Math.max(0, atMs - before), locale) })}
                  </span>
                )}
              </span>
            </li>
          );
        })}
      </ol>
    </Section>
  );
}
