import { Button, CloseButton, NativeSelect, TextInput } from "@mantine/core";
import { IconChecklist, IconSearch, IconZoomQuestion } from "@tabler/icons-react";
import { useDeferredValue, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import type { GridView, QueueRow } from "../../../shared/contract/views.ts";
import { PLACES } from "../../routes.ts";
import type { Queue } from "../../state/mirror.ts";
import { usePicture } from "../../state/use-picture.ts";
import { EmptyState } from "../../ui/empty-state.tsx";
import { FaultAlert } from "../../ui/fault-alert.tsx";
import { decimal } from "../../ui/format.ts";
import { useLocale } from "../../ui/use-locale.ts";
import { VirtualTable, type Sort } from "../../ui/virtual-table.tsx";
import classes from "./grid-queue.module.css";
import { shownRows, type QueueFilter, type QueueSortKey } from "./queue-view.ts";
import { useQueueColumns } from "./use-queue-columns.tsx";

const FILTERS: readonly QueueFilter[] = ["all", "eligible", "not", "problem"];
const EMPTY: Queue = new Map();

export interface GridQueueProps {
  readonly grid: GridView;
  readonly onOpen: (row: QueueRow) => void;
}

export function GridQueue({ grid, onOpen }: GridQueueProps) {
  const { t } = useTranslation("queue");
  const queue = usePicture((picture) => picture.queues.get(grid.id)) ?? EMPTY;
  const [text, setText] = useState("");
  const [filter, setFilter] = useState<QueueFilter>("all");
  const [sort, setSort] = useState<Sort>({ by: "priority", descending: false });
  const wish = useDeferredValue(useMemo(() => ({ text, filter, sort }), [text, filter, sort]));
  const rows = useMemo(
    () =>
      // The table only sorts by the keys of its columns.
      shownRows(queue, { ...wish, by: wish.sort.by as QueueSortKey, descending: wish.sort.descending }),
    [queue, wish],
  );
  const columns = useQueueColumns();
  const onSort = (by: string): void =>
    setSort((before) => ({ by, descending: before.by === by && !before.descending }));
  const showAll = (): void => {
    setText("");
    setFilter("all");
  };
  return (
    <>
      <div className={classes.bar}>
        <TextInput
          className={classes.search ?? ""}
          type="search"
          aria-label={t("search")}
          placeholder={t("search")}
          leftSection={<IconSearch size={16} aria-hidden />}
          rightSection={text === "" ? null : <CloseButton aria-label={t("searchClear")} onClick={() => setText("")} />}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <NativeSelect
          aria-label={t("show")}
          value={filter}
          onChange={(event) => setFilter(FILTERS.find((known) => known === event.currentTarget.value) ?? "all")}
          data={FILTERS.map((value) => ({ value, label: t(`filter.${value}`) }))}
        />
        <Counts shown={rows.length} all={queue.size} eligible={grid.eligible} />
      </div>
      <Notes grid={grid} />
      <div className={classes.table}>
        <VirtualTable
          label={t("table")}
          columns={columns}
          rowCount={rows.length}
          row={(index) => rows[index]}
          rowKey={(row) => row.file}
          sort={sort}
          onSort={onSort}
          onOpen={onOpen}
          empty={<Empty grid={grid} filtered={queue.size > 0} onShowAll={showAll} />}
        />
      </div>
    </>
  );
}

function Counts({ shown, all, eligible }: { readonly shown: number; readonly all: number; readonly eligible: number }) {
  const { t } = useTranslation("queue");
  const locale = useLocale();
  const words = {
    shown: decimal(shown, locale, 0),
    all: decimal(all, locale, 0),
    eligible: decimal(eligible, locale, 0),
  };
  return (
    <p className={classes.counts} role="status">
      {t("counts", words)}
    </p>
  );
}

/** What keeps this grid's tasks from being taken as a whole. */
function Notes({ grid }: { readonly grid: GridView }) {
  const { t } = useTranslation("queue");
  return (
    <>
      {grid.enabled ? null : <p className={classes.note}>{t("off")}</p>}
      {grid.fault === null ? null : (
        <FaultAlert
          fault={grid.fault}
          action={
            <Button component={Link} href={PLACES.grids} size="xs" variant="default">
              {t("fault")}
            </Button>
          }
        />
      )}
    </>
  );
}

interface EmptyProps {
  readonly grid: GridView;
  readonly filtered: boolean;
  readonly onShowAll: () => void;
}

function Empty({ grid, filtered, onShowAll }: EmptyProps) {
  const { t } = useTranslation("queue");
  if (filtered) {
    return (
      <EmptyState
        icon={<IconZoomQuestion />}
        title={t("emptyFilter.title")}
        text={t("emptyFilter.text")}
        action={
          <Button variant="default" onClick={onShowAll}>
            {t("emptyFilter.action")}
          </Button>
        }
      />
    );
  }
  const words = grid.syncedAtMs === null && grid.enabled ? "notFetched" : "empty";
  return <EmptyState icon={<IconChecklist />} title={t(`${words}.title`)} text={t(`${words}.text`)} />;
}
