import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { HistoryRow } from "../../../shared/contract/views.ts";
import { duration } from "../../ui/format.ts";
import { Foreign } from "../../ui/foreign.tsx";
import { useLocale } from "../../ui/use-locale.ts";
import type { Column } from "../../ui/virtual-table.tsx";
import { visible } from "../../ui/visible.ts";
import { ClaimedAt } from "./claimed-at.tsx";
import { gridName } from "./grid-name.ts";
import { OUTCOMES } from "./history-filter.ts";
import { OutcomeMark } from "./outcome-mark.tsx";

/** The columns, the same objects until the language changes. */
export function useHistoryColumns(): readonly Column<HistoryRow>[] {
  const { t } = useTranslation("history");
  const locale = useLocale();
  return useMemo(() => {
    // Whatever costs something is done here, once, and not in a cell.
    const outcomes = Object.fromEntries(OUTCOMES.map((outcome) => [outcome, t(`outcome.${outcome}`)]));
    return [
      {
        key: "task",
        header: t("column.task"),
        width: "minmax(10rem, 2fr)",
        sortable: true,
        render: (row) => <Foreign text={row.taskId} />,
      },
      {
        key: "outcome",
        header: t("column.outcome"),
        width: "minmax(10.5rem, 1fr)",
        sortable: true,
        render: (row) => <OutcomeMark outcome={row.outcome} label={outcomes[row.outcome] ?? row.outcome} />,
      },
      {
        key: "claimed",
        header: t("column.claimed"),
        width: "minmax(8rem, 1fr)",
        sortable: true,
        render: (row) => <ClaimedAt atMs={row.claimedAtMs} locale={locale} />,
      },
      {
        key: "duration",
        header: t("column.duration"),
        width: "6rem",
        align: "end",
        sortable: true,
        render: (row) => (row.durationMs === null ? "–" : duration(row.durationMs, locale)),
      },
      {
        key: "exit",
        header: t("column.exitCode"),
        width: "5rem",
        align: "end",
        render: (row) => row.exitCode ?? "–",
      },
      {
        key: "grid",
        header: t("column.grid"),
        width: "minmax(9rem, 1.4fr)",
        sortable: true,
        render: (row) => (
          <span title={visible(row.grid)}>
            <Foreign text={gridName(row.grid)} dimmed />
          </span>
        ),
      },
    ];
  }, [t, locale]);
}
