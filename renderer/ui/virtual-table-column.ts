import type { ReactNode } from "react";

/** A column of a table, and how its cells are drawn. Cells are many: they hold no heavy component. */
export interface Column<Row> {
  readonly key: string;
  readonly header: string;
  /** A track of a CSS grid that does not depend on content: "8rem", "minmax(10rem, 2fr)". */
  readonly width: string;
  readonly render: (row: Row) => ReactNode;
  readonly sortable?: boolean;
  readonly align?: "start" | "end";
}

export interface Sort {
  readonly by: string;
  readonly descending: boolean;
}
