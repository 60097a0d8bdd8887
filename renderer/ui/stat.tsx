import type { ReactNode } from "react";
import classes from "./stat.module.css";

export interface StatProps {
  readonly label: string;
  /** With its unit. */
  readonly value: ReactNode;
  readonly note?: ReactNode;
}

/** A number and what it counts. Several stand in a `StatList`. */
export function Stat({ label, value, note }: StatProps) {
  return (
    <div className={classes.stat}>
      <dt className={classes.label}>{label}</dt>
      <dd className={classes.value}>
        {value}
        {note === undefined ? null : <span className={classes.note}>{note}</span>}
      </dd>
    </div>
  );
}

export function StatList({ children }: { readonly children: ReactNode }) {
  return <dl className={classes.list}>{children}</dl>;
}
