import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { DayTotals } from "../../../shared/contract/views.ts";
import { decimal } from "../../ui/format.ts";
import { useNow } from "../../ui/now.ts";
import { useLocale } from "../../ui/use-locale.ts";
import { calendarWeeks, localDay, type Week } from "./calendar-weeks.ts";
import classes from "./activity-calendar.module.css";

const CELL = 12;
const STEP = 15;
const LEFT = 30;
const TOP = 16;
const LEVELS = [0, 1, 2, 3, 4] as const;

/** The last 52 weeks: a square a day, darker for more tasks. In words below, and as a table beside. */
export function ActivityCalendar({ days }: { readonly days: readonly DayTotals[] }) {
  const { t } = useTranslation("home");
  const locale = useLocale();
  const today = localDay(useNow(60_000));
  const weeks = useMemo(() => calendarWeeks(days, today), [days, today]);
  const summary = useSummary(days);
  const weekdayName = new Intl.DateTimeFormat(locale, { weekday: "short", timeZone: "UTC" });
  const monthName = new Intl.DateTimeFormat(locale, { month: "short", timeZone: "UTC" });
  return (
    <figure className={classes.figure}>
      <div className={classes.scroller} tabIndex={0} role="group" aria-label={t("activity.weeks")}>
        <svg
          className={classes.calendar}
          viewBox={`0 0 ${LEFT + weeks.length * STEP} ${TOP + 7 * STEP}`}
          role="img"
          aria-label={summary}
        >
          {[0, 2, 4].map((row) => (
            <text key={row} className={classes.words} x={0} y={TOP + row * STEP + 10}>
              {weekdayName.format(Date.UTC(2024, 0, 1 + row))}
            </text>
          ))}
          {weeks.map((week, index) => (
            <g key={week.cells[0]?.day ?? index} transform={`translate(${LEFT + index * STEP} 0)`}>
              {week.month === undefined || index > weeks.length - 2 ? null : (
                <text className={classes.words} x={0} y={10}>
                  {monthName.format(Date.UTC(2024, week.month, 1))}
                </text>
              )}
              <Days week={week} />
            </g>
          ))}
        </svg>
      </div>
      <figcaption className={classes.caption}>
        <span>{summary}</span>
        <span className={classes.legend} aria-hidden>
          {t("activity.fewer")}
          {LEVELS.map((level) => (
            <svg key={level} width={CELL} height={CELL}>
              <rect className={classes[`level${level}`]} width={CELL} height={CELL} rx={3} />
            </svg>
          ))}
          {t("activity.more")}
        </span>
      </figcaption>
    </figure>
  );
}

function Days({ week }: { readonly week: Week }) {
  const { t } = useTranslation("home");
  const { t: common } = useTranslation();
  const locale = useLocale();
  const dayName = new Intl.DateTimeFormat(locale, { dateStyle: "long", timeZone: "UTC" });
  return week.cells.map((cell, row) =>
    cell === undefined ? null : (
      <rect
        key={cell.day}
        className={classes[`level${cell.level}`]}
        y={TOP + row * STEP}
        width={CELL}
        height={CELL}
        rx={3}
      >
        <title>
          {t("activity.day", { day: dayName.format(cell.atMs), tasks: common("tasks", { count: cell.tasks }) })}
        </title>
      </rect>
    ),
  );
}

function useSummary(days: readonly DayTotals[]): string {
  const { t } = useTranslation("home");
  const { t: common } = useTranslation();
  const locale = useLocale();
  return useMemo(() => {
    const best = days.reduce<DayTotals | undefined>(
      (most, day) => (day.tasks > (most?.tasks ?? 0) ? day : most),
      undefined,
    );
    if (best === undefined) return "";
    const tasks = days.reduce((sum, day) => sum + day.tasks, 0);
    return t("activity.summary", {
      tasks: common("tasks", { count: tasks }),
      days: decimal(days.length, locale, 0),
      best: new Intl.DateTimeFormat(locale, { day: "numeric", month: "long", timeZone: "UTC" }).format(
        Date.parse(`${best.day}T12:00:00Z`),
      ),
      bestTasks: common("tasks", { count: best.tasks }),
    });
  }, [days, t, common, locale]);
}
