import { Title } from "@mantine/core";
import { useId, type ReactNode } from "react";
import classes from "./section.module.css";

export interface SectionProps {
  readonly title: string;
  readonly actions?: ReactNode;
  /** Says something that changes by itself, beside the title. */
  readonly note?: ReactNode;
  readonly children: ReactNode;
}

/** A part of a screen on a surface of its own, named by its heading. */
export function Section({ title, actions, note, children }: SectionProps) {
  const id = useId();
  return (
    <section className={classes.section} aria-labelledby={id}>
      <div className={classes.head}>
        <Title order={2} id={id}>
          {title}
        </Title>
        {note === undefined ? null : <span className={classes.note}>{note}</span>}
        {actions === undefined ? null : <div className={classes.actions}>{actions}</div>}
      </div>
      {children}
    </section>
  );
}
