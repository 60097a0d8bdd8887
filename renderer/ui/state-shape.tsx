import type { ReactNode } from "react";
import type { State } from "../../shared/contract/views.ts";
import classes from "./state-shape.module.css";

/** A state as a shape: told apart without colour, in the window as in the tray. */
export function StateShape({ state, size = 16 }: { readonly state: State; readonly size?: number }) {
  return (
    <svg className={classes[state]} width={size} height={size} viewBox="0 0 16 16" aria-hidden>
      {SHAPES[state]}
    </svg>
  );
}

const SHAPES = {
  donating: <path d="M4.2 2.2a.8.8 0 0 1 1.2-.7l8.6 5.8a.8.8 0 0 1 0 1.4l-8.6 5.8a.8.8 0 0 1-1.2-.7z" />,
  holding: <path d="M3 1h10v2.6L9.4 8 13 12.4V15H3v-2.6L6.6 8 3 3.6z" />,
  finishing: <path d="M3 1h2v1h8l-2.2 3L13 8H5v7H3z" />,
  suspended: <path d="M3 2h3.6v12H3zm6.4 0H13v12H9.4z" />,
  off: <path d="M8 1a7 7 0 1 1 0 14A7 7 0 0 1 8 1m0 2.2a4.8 4.8 0 1 0 0 9.6 4.8 4.8 0 0 0 0-9.6" />,
} satisfies Record<State, ReactNode>;
