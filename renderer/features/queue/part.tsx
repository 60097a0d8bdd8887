import { useId, type ReactNode } from "react";
import classes from "./part.module.css";

export interface PartProps {
  readonly title: string;
  readonly note?: ReactNode;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

/** A part of the drawer under a heading of its own. */
export function Part({ title, note, actions, children }: PartProps) {
  const id = useId();
  return (
    <section aria-labelledby={id}>
      <div className={classes.head}>
        <h3 id={id} className={classes.title}>
          {title}
        </h3>
        {note === undefined ? null : <span className={classes.note}>{note}</span>}
        {actions === undefined ? null : <div className={classes.actions}>{actions}</div>}
      </div>
      {children}
    </section>
  );
}
