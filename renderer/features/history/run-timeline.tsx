import { useTranslation } from "react-i18next";
import type { RunDetails } from "../../../shared/contract/views.ts";
import { absolute, duration } from "../../ui/format.ts";
import { useLocale } from "../../ui/use-locale.ts";
import classes from "./run-timeline.module.css";

/** When what happened, and how long after what came before. */
export function RunTimeline({ details }: { readonly details: RunDetails }) {
  const { t } = useTranslation("history");
  const locale = useLocale();
  const { row } = details;
  const moments = [
    ["claimed", row.claimedAtMs],
    ["starting", details.startingAtMs],
    ["started", row.startedAtMs],
    ["finished", row.finishedAtMs],
    ["reported", row.reportedAtMs],
  ] as const;
  return (
    <ol className={classes.timeline}>
      {moments.map(([name, atMs], index) => {
        const before = moments.slice(0, index).findLast(([, at]) => at !== null)?.[1] ?? null;
        return (
          <li key={name} className={classes.moment} data-reached={atMs !== null}>
            <span className={classes.name}>{t(`moment.${name}`)}</span>
            {atMs === null ? (
              <span className={classes.time}>{t("notReached")}</span>
            ) : (
              <>
                <time className={classes.time} dateTime={new Date(atMs).toISOString()}>
                  {absolute(atMs, locale)}
                </time>
                <span className={classes.after}>
                  {before === null || atMs < before ? "" : t("after", { duration: duration(atMs - before, locale) })}
                </span>
              </>
            )}
          </li>
        );
      })}
    </ol>
  );
}
