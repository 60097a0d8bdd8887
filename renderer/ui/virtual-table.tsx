/**
 * A table of any length: only the rows in sight exist.
 *
 * Invariant: every row is a grid with the tracks of the header's, and no track depends on content,
 * so that columns line up and stay where they are while rows come and go.
 */
import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from "react";
import { defaultRangeExtractor, type Range, useVirtualizer } from "@tanstack/react-virtual";
import { RowSlots } from "./row-slots.ts";
import type { Column, Sort } from "./virtual-table-column.ts";
import { TableHead } from "./virtual-table-head.tsx";
import { TableRow } from "./virtual-table-row.tsx";
import classes from "./virtual-table.module.css";

export type { Column, Sort };

interface VirtualTableProps<Row> {
  readonly label: string;
  /** Kept from render to render, or every row is drawn anew while scrolling. */
  readonly columns: readonly Column<Row>[];
  readonly rowCount: number;
  /** undefined where the row is not loaded yet. */
  readonly row: (index: number) => Row | undefined;
  readonly rowKey: (row: Row) => string;
  readonly sort: Sort;
  readonly onSort: (by: string) => void;
  readonly onOpen: (row: Row) => void;
  /** Shown instead of the table where there is no row. */
  readonly empty: ReactNode;
  readonly onRange?: (first: number, last: number) => void;
  /** Whenever this is another, the table begins at its first row again: a filter, say. A new order does so by itself. */
  readonly beginning?: unknown;
}

const ROW_REM = 2.5;
const HEAD_REM = 2.375;
const OVERSCAN_ROWS = 6;

export function VirtualTable<Row>(props: VirtualTableProps<Row>) {
  const { label, columns, rowCount, row, rowKey, sort, onSort, onOpen, empty, onRange, beginning } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const [active, setActive] = useState(0);
  const focusNext = useRef<number | undefined>(undefined);
  // Text that is enlarged by itself enlarges the rows with it.
  const [rowSlots] = useState(() => new RowSlots());
  const [rem] = useState(() => Number.parseFloat(getComputedStyle(document.documentElement).fontSize));
  const here = Math.min(active, Math.max(0, rowCount - 1));

  const virtualizer = useVirtualizer({
    count: rowCount,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_REM * rem,
    overscan: OVERSCAN_ROWS,
    scrollMargin: HEAD_REM * rem,
    scrollPaddingStart: HEAD_REM * rem,
    // The row that has the focus stays, wherever the person scrolls.
    rangeExtractor: (range: Range) => withRow(defaultRangeExtractor(range), here),
    useFlushSync: false,
  });
  const items = virtualizer.getVirtualItems();
  const slots = rowSlots.assign(items.map(({ index }) => index));
  const first = virtualizer.range?.startIndex;
  const last = virtualizer.range?.endIndex;

  useEffect(() => {
    if (first !== undefined && last !== undefined) onRange?.(first, last);
  }, [onRange, first, last]);

  useEffect(() => {
    setActive(0);
    scroller.current?.scrollTo({ top: 0 });
  }, [sort.by, sort.descending, beginning]);

  useEffect(() => {
    if (focusNext.current === undefined) return;
    const target = scroller.current?.querySelector<HTMLElement>(`[data-index="${focusNext.current}"] [data-open]`);
    if (target === null || target === undefined) return;
    focusNext.current = undefined;
    target.focus({ preventScroll: true });
  });

  const onKeyDown = (event: KeyboardEvent): void => {
    // A header's button keeps its own keys.
    if (event.target instanceof Element && event.target.closest("[data-head]") !== null) return;
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / (ROW_REM * rem)) - 2);
    const onRow = event.target !== scroller.current;
    const to = targetOf(event.key, { at: here, onRow, page, last: rowCount - 1 });
    if (to === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    focusNext.current = to;
    setActive(to);
    virtualizer.scrollToIndex(to);
  };

  if (rowCount === 0) return <div className={classes.empty}>{empty}</div>;
  const tracks = columns.map((column) => column.width).join(" ");
  return (
    <div
      ref={scroller}
      className={classes.scroller}
      style={{ "--tracks": tracks, "--row": `${ROW_REM}rem`, "--head": `${HEAD_REM}rem` }}
      role="region"
      aria-label={label}
      tabIndex={0}
      onKeyDown={onKeyDown}
    >
      <div role="table" aria-label={label} aria-rowcount={rowCount + 1} className={classes.table}>
        <TableHead columns={columns} sort={sort} onSort={onSort} />
        <div role="rowgroup" className={classes.body} style={{ height: virtualizer.getTotalSize() }}>
          {items.map((item, position) => {
            const data = row(item.index);
            return (
              <TableRow
                key={slots[position]}
                name={data === undefined ? undefined : rowKey(data)}
                index={item.index}
                top={item.start - HEAD_REM * rem}
                row={data}
                columns={columns}
                active={item.index === here}
                onActive={setActive}
                onOpen={onOpen}
              />
            );
          })}
        </div>
      </div>
    </div>
  );
}

interface Place {
  readonly at: number;
  /** Whether a row has the focus already; else the first key only brings it there. */
  readonly onRow: boolean;
  readonly page: number;
  readonly last: number;
}

/** Where a key leads, or undefined where it is none of ours. */
function targetOf(key: string, { at, onRow, page, last }: Place): number | undefined {
  const to = {
    ArrowDown: onRow ? at + 1 : at,
    ArrowUp: onRow ? at - 1 : at,
    PageDown: at + page,
    PageUp: at - page,
    Home: 0,
    End: last,
  }[key];
  return to === undefined ? undefined : Math.min(last, Math.max(0, to));
}

function withRow(indexes: number[], index: number): number[] {
  const [first] = indexes;
  if (first === undefined || indexes.includes(index)) return indexes;
  return index < first ? [index, ...indexes] : [...indexes, index];
}
