import type { OutcomeKind } from "../../../shared/contract/views.ts";
import classes from "./outcome-mark.module.css";

/** A shape as well as a colour, so that neither is needed alone; one character, so that a thousand cost nothing. */
const SHAPES: Record<OutcomeKind, readonly [shape: string, tone: string]> = {
  open: ["◌", "accent"],
  success: ["✓", "good"],
  failed: ["✕", "bad"],
  timed_out: ["✕", "bad"],
  out_of_memory: ["✕", "bad"],
  stopped: ["■", "quiet"],
  given_back: ["↩", "quiet"],
  superseded: ["⇥", "quiet"],
};

interface OutcomeMarkProps {
  readonly outcome: OutcomeKind;
  /** Its words, looked up by the caller: once for a whole table. */
  readonly label: string;
}

/** How a run ended. */
export function OutcomeMark({ outcome, label }: OutcomeMarkProps) {
  const [shape, tone] = SHAPES[outcome];
  return (
    <span className={classes.mark} data-tone={tone}>
      <span className={classes.shape} aria-hidden>
        {shape}
      </span>
      {label}
    </span>
  );
}
