import { useId, type ReactNode } from "react";
import { DefaultNote, type DefaultNoteProps } from "./default-note.tsx";
import { LimitHead } from "./limit-head.tsx";
import classes from "./limit-slider.module.css";

export interface RuleRowProps {
  readonly label: string;
  readonly means: string;
  /** Left out where there is nothing to choose. */
  readonly standard?: Omit<DefaultNoteProps, "label">;
  readonly children?: ReactNode;
}

/** A rule with its sentence, what can be chosen, and its default; looks like a limit with a slider. */
export function RuleRow({ label, means, standard, children }: RuleRowProps) {
  const id = useId();
  return (
    <div className={classes.limit} role="group" aria-labelledby={id}>
      <LimitHead id={id} label={label} means={means} />
      {children}
      {standard === undefined ? null : (
        <div className={classes.notes}>
          <DefaultNote label={label} {...standard} />
        </div>
      )}
    </div>
  );
}
