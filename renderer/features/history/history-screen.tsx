import { useDebouncedValue } from "@mantine/hooks";
import { IconHistory } from "@tabler/icons-react";
import { useCallback, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { useLocation, useParams } from "wouter";
import type { HistorySort } from "../../../shared/contract/methods.ts";
import type { HistoryRow } from "../../../shared/contract/views.ts";
import { fromSegment, pastRunPath, PLACES } from "../../routes.ts";
import { EmptyState } from "../../ui/empty-state.tsx";
import { FaultAlert } from "../../ui/fault-alert.tsx";
import { decimal } from "../../ui/format.ts";
import { Page } from "../../ui/page.tsx";
import { useLocale } from "../../ui/use-locale.ts";
import { VirtualTable } from "../../ui/virtual-table.tsx";
import { DeleteHistory } from "./delete-history.tsx";
import { ExportMenu, ExportProgress } from "./export-history.tsx";
import { asked, isFiltered, NO_FILTERS, type Filters } from "./history-filter.ts";
import { HistoryFilters } from "./history-filters.tsx";
import { RetentionNote } from "./retention-note.tsx";
import { RunDrawer } from "./run-drawer.tsx";
import { useExport } from "./use-export.ts";
import { useHistory } from "./use-history.ts";
import { useHistoryColumns } from "./use-history-columns.tsx";
import classes from "./history-screen.module.css";

/** Skeleton rows before the first answer. */
const FIRST_ROWS = 12;

/** Every run on this machine. */
export function HistoryScreen() {
  const { t } = useTranslation("history");
  const locale = useLocale();
  const [, navigate] = useLocation();
  const { claimId } = useParams<{ claimId?: string }>();
  const [filters, setFilters] = useState<Filters>(NO_FILTERS);
  const [settledFilters] = useDebouncedValue(filters, 250);
  const [sort, setSort] = useState<HistorySort>({ by: "claimed", descending: true });
  const filter = useMemo(() => asked(settledFilters, Date.now()), [settledFilters]);
  const history = useHistory(filter, sort);
  const exporting = useExport(filter, sort);
  const columns = useHistoryColumns();
  const filtered = isFiltered(settledFilters);

  const onSort = useCallback((by: string) => {
    setSort((before) => {
      const column = by as HistorySort["by"]; // Only columns named after the contract's are sortable.
      return before.by === column
        ? { by: column, descending: !before.descending }
        : { by: column, descending: column === "claimed" || column === "duration" };
    });
  }, []);
  const onOpen = useCallback((row: HistoryRow) => navigate(pastRunPath(row.claimId)), [navigate]);

  const { total } = history;
  return (
    <Page
      fill
      title={t("title")}
      lead={
        <span role="status">
          {total === undefined ? t("counting") : t("count", { count: total, number: decimal(total, locale, 0) })}
        </span>
      }
      actions={
        <>
          <RetentionNote />
          <ExportMenu disabled={total === undefined || total === 0} onExport={exporting.start} />
          <DeleteHistory filter={filter} filtered={filtered} disabled={total === undefined || total === 0} />
        </>
      }
    >
      <HistoryFilters filters={filters} onChange={setFilters} />
      <ExportProgress state={exporting.state} onStop={exporting.stop} />
      {history.fault === undefined || history.fault.code === "worker_disconnected" ? null : (
        <FaultAlert fault={history.fault} />
      )}
      <div className={classes.table} aria-busy={total === undefined}>
        <VirtualTable
          label={t("table")}
          columns={columns}
          rowCount={total ?? FIRST_ROWS}
          row={history.row}
          rowKey={claimOf}
          sort={sort}
          onSort={onSort}
          onOpen={onOpen}
          onRange={history.look}
          beginning={filter}
          empty={
            <EmptyState
              icon={<IconHistory size={28} />}
              title={t(filtered ? "noneTitle" : "emptyTitle")}
              text={t(filtered ? "noneText" : "emptyText")}
            />
          }
        />
      </div>
      <RunDrawer
        claimId={claimId === undefined ? undefined : fromSegment(claimId)}
        onClose={() => navigate(PLACES.history)}
      />
    </Page>
  );
}

function claimOf(row: HistoryRow): string {
  return row.claimId;
}
