import { IconArrowDown, IconArrowUp } from "@tabler/icons-react";
import type { Column, Sort } from "./virtual-table-column.ts";
import classes from "./virtual-table.module.css";

interface TableHeadProps<Row> {
  readonly columns: readonly Column<Row>[];
  readonly sort: Sort;
  readonly onSort: (by: string) => void;
}

/** The row of names; those that can be sorted by are buttons. */
export function TableHead<Row>({ columns, sort, onSort }: TableHeadProps<Row>) {
  return (
    <div role="rowgroup" className={classes.head} data-head="">
      <div role="row" aria-rowindex={1} className={classes.tracks}>
        {columns.map(({ key, header, sortable, align }) => {
          const sorted = sort.by === key;
          const direction = sort.descending ? "descending" : "ascending";
          return (
            <div
              key={key}
              role="columnheader"
              className={classes.name}
              data-align={align}
              {...(sortable === true && { "aria-sort": sorted ? direction : "none" })}
            >
              {sortable === true ? (
                <button type="button" className={classes.sort} data-sorted={sorted} onClick={() => onSort(key)}>
                  {header}
                  {sorted && (sort.descending ? <IconArrowDown size={14} /> : <IconArrowUp size={14} />)}
                </button>
              ) : (
                header
              )}
            </div>
          );
        })}
      </div>
    </div>
  );
}
