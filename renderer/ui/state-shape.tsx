import { SHAPE_BOX, STATE_SHAPES } from "../../shared/contract/state-shapes.ts";
import type { State } from "../../shared/contract/views.ts";
import classes from "./state-shape.module.css";

/** A state as a shape: told apart without colour, in the window as in the tray. */
export function StateShape({ state, size = 16 }: { readonly state: State; readonly size?: number }) {
  return (
    <svg className={classes[state]} width={size} height={size} viewBox={`0 0 ${SHAPE_BOX} ${SHAPE_BOX}`} aria-hidden>
      <path d={STATE_SHAPES[state]} />
    </svg>
  );
}
