import { Table } from "@mantine/core";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { DayTotals } from "../../../shared/contract/views.ts";
import { decimal, duration } from "../../ui/format.ts";
import { useNow } from "../../ui/now.ts";
import { useLocale } from "../../ui/use-locale.ts";
import { lastDays, localDay } from "./calendar-weeks.ts";
import classes from "./days-table.module.css";

/** The last month in numbers, newest first. */
export function DaysTable({ days }: { readonly days: readonly DayTotals[] }) {
  const { t } = useTranslation("home");
  const locale = useLocale();
  const today = localDay(useNow(60_000));
  const shown = useMemo(() => [...lastDays(days, today, 30)].reverse(), [days, today]);
  const dayName = new Intl.DateTimeFormat(locale, { weekday: "short", day: "numeric", month: "long", timeZone: "UTC" });
  return (
    <div className={classes.scroller} tabIndex={0} role="group" aria-label={t("activity.days")}>
      <Table stickyHeader className={classes.table ?? ""} verticalSpacing={4}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t("activity.date")}</Table.Th>
            <Table.Th>{t("given.tasks")}</Table.Th>
            <Table.Th>{t("activity.succeeded")}</Table.Th>
            <Table.Th>{t("given.time")}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {shown.map((day) => (
            <Table.Tr key={day.day}>
              <Table.Td>{dayName.format(Date.parse(`${day.day}T12:00:00Z`))}</Table.Td>
              <Table.Td>{decimal(day.tasks, locale, 0)}</Table.Td>
              <Table.Td>{decimal(day.succeeded, locale, 0)}</Table.Td>
              <Table.Td>{day.computeMs === 0 ? "–" : duration(day.computeMs, locale)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  );
}
