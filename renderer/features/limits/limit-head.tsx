import type { ReactNode } from "react";
import classes from "./limit-slider.module.css";

interface LimitHeadProps {
  /** Of the element that names the group. */
  readonly id: string;
  readonly label: string;
  readonly means: string;
  /** Stands beside the words. */
  readonly children?: ReactNode;
}

/** What a limit or a rule is called, and the sentence that says what it does. */
export function LimitHead({ id, label, means, children }: LimitHeadProps) {
  return (
    <div className={classes.head}>
      <div className={classes.words}>
        <span className={classes.label} id={id}>
          {label}
        </span>
        <span className={classes.means}>{means}</span>
      </div>
      {children}
    </div>
  );
}
