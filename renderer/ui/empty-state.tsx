import { Title } from "@mantine/core";
import type { ReactNode } from "react";
import classes from "./empty-state.module.css";

export interface EmptyStateProps {
  readonly icon: ReactNode;
  readonly title: string;
  readonly text?: ReactNode;
  readonly action?: ReactNode;
  /** The heading's level where this stands. */
  readonly order?: 2 | 3 | 4;
}

/** Nothing is here: says why, and what would change it. */
export function EmptyState({ icon, title, text, action, order = 2 }: EmptyStateProps) {
  return (
    <div className={classes.empty}>
      <div className={classes.icon} aria-hidden>
        {icon}
      </div>
      <Title order={order} size="h2">
        {title}
      </Title>
      {text === undefined ? null : <p className={classes.text}>{text}</p>}
      {action === undefined ? null : <div className={classes.action}>{action}</div>}
    </div>
  );
}
