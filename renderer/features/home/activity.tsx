import { SegmentedControl, Skeleton } from "@mantine/core";
import { IconCalendarStats } from "@tabler/icons-react";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { EmptyState } from "../../ui/empty-state.tsx";
import { FaultAlert } from "../../ui/fault-alert.tsx";
import { Section } from "../../ui/section.tsx";
import { ActivityCalendar } from "./activity-calendar.tsx";
import { DaysTable } from "./days-table.tsx";
import { useDays } from "./use-days.ts";

// The chart's library is large, and the calendar needs none.
const DaysChart = lazy(async () => ({ default: (await import("./days-chart.tsx")).DaysChart }));

const VIEWS = ["calendar", "chart", "table"] as const;
type View = (typeof VIEWS)[number];

/** The last year as a calendar, the last month as a chart, and both as a table. */
export function Activity() {
  const { t } = useTranslation("home");
  const [view, setView] = useState<View>("calendar");
  const { days, fault } = useDays();
  return (
    <Section
      title={t("activity.title")}
      note={t(view === "calendar" ? "activity.weeks" : "activity.days")}
      actions={
        <SegmentedControl
          size="xs"
          aria-label={t("activity.view")}
          value={view}
          onChange={(next) => setView(VIEWS.find((known) => known === next) ?? "calendar")}
          data={VIEWS.map((value) => ({ value, label: t(`activity.${value}`) }))}
        />
      }
    >
      {fault !== undefined && days === undefined ? (
        <FaultAlert fault={fault} />
      ) : days === undefined ? (
        <Skeleton height={140} />
      ) : days.length === 0 ? (
        <EmptyState order={3} icon={<IconCalendarStats />} title={t("activity.none")} text={t("activity.noneText")} />
      ) : view === "calendar" ? (
        <ActivityCalendar days={days} />
      ) : view === "chart" ? (
        <Suspense fallback={<Skeleton height={220} />}>
          <DaysChart days={days} />
        </Suspense>
      ) : (
        <DaysTable days={days} />
      )}
    </Section>
  );
}
