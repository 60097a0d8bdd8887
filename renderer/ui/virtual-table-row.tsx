import { memo } from "react";
import type { Column } from "./virtual-table-column.ts";
import classes from "./virtual-table.module.css";

interface TableRowProps<Row> {
  readonly index: number;
  /** What tells it apart from other rows. */
  readonly name: string | undefined;
  /** Pixels from the first row's upper edge. */
  readonly top: number;
  /** undefined while it is being loaded. */
  readonly row: Row | undefined;
  readonly columns: readonly Column<Row>[];
  readonly active: boolean;
  readonly onActive: (index: number) => void;
  readonly onOpen: (row: Row) => void;
}

function Row<Data>({ index, name, top, row, columns, active, onActive, onOpen }: TableRowProps<Data>) {
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      data-index={index}
      data-row={name}
      className={`${classes.tracks} ${classes.row}`}
      style={{ transform: `translateY(${top}px)` }}
      // A click on the button, or Enter on it, arrives here too.
      onClick={row === undefined ? undefined : () => onOpen(row)}
      onFocus={() => onActive(index)}
    >
      {columns.map(({ key, align, render }, column) => (
        <div key={key} role="cell" className={classes.cell} data-align={align}>
          {column === 0 ? (
            <button type="button" data-open="" tabIndex={active ? 0 : -1} className={classes.open}>
              {row === undefined ? <Waiting /> : render(row)}
            </button>
          ) : row === undefined ? (
            <Waiting />
          ) : (
            render(row)
          )}
        </div>
      ))}
    </div>
  );
}

// A memoised component loses its type parameter; it is called with the same types as before.
export const TableRow = memo(Row) as typeof Row;

function Waiting() {
  return <span className={classes.waiting}>{"\u00a0"}</span>;
}
