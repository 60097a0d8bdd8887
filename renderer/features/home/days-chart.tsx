import "@mantine/charts/styles.css";
import { BarChart } from "@mantine/charts";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { DayTotals } from "../../../shared/contract/views.ts";
import { percent } from "../../ui/format.ts";
import { useNow } from "../../ui/now.ts";
import { useLocale } from "../../ui/use-locale.ts";
import { lastDays, localDay } from "./calendar-weeks.ts";
import classes from "./activity-calendar.module.css";

export const CHART_DAYS = 30;

/** Tasks a day over the last month: what succeeded below, what did not on top. */
export function DaysChart({ days }: { readonly days: readonly DayTotals[] }) {
  const { t } = useTranslation("home");
  const { t: common } = useTranslation();
  const locale = useLocale();
  const today = localDay(useNow(60_000));
  const shown = useMemo(() => lastDays(days, today, CHART_DAYS), [days, today]);
  const dayName = new Intl.DateTimeFormat(locale, { day: "numeric", month: "short", timeZone: "UTC" });
  const data = shown.map((day) => ({
    day: dayName.format(Date.parse(`${day.day}T12:00:00Z`)),
    succeeded: day.succeeded,
    other: day.tasks - day.succeeded,
  }));
  const tasks = shown.reduce((sum, day) => sum + day.tasks, 0);
  const succeeded = shown.reduce((sum, day) => sum + day.succeeded, 0);
  const summary = t("activity.chartSummary", {
    tasks: common("tasks", { count: tasks }),
    rate: tasks === 0 ? "–" : percent(succeeded / tasks, locale),
  });
  return (
    <figure className={classes.figure}>
      <div role="img" aria-label={summary}>
        <BarChart
          h={220}
          data={data}
          dataKey="day"
          type="stacked"
          tickLine="none"
          gridAxis="x"
          yAxisProps={{ allowDecimals: false, width: 36 }}
          xAxisProps={{ minTickGap: 24 }}
          barProps={{ isAnimationActive: false, maxBarSize: 22 }}
          barChartProps={{ accessibilityLayer: false }}
          series={[
            { name: "succeeded", label: t("activity.succeeded"), color: "var(--grid-accent)" },
            { name: "other", label: t("activity.other"), color: "var(--grid-warn)" },
          ]}
          withLegend
          legendProps={{ verticalAlign: "top", height: 32 }}
        />
      </div>
      <figcaption className={classes.caption}>{summary}</figcaption>
    </figure>
  );
}
