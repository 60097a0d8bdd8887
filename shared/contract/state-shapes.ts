import type { State } from "./views.ts";

/** The box that the shapes are drawn in, in units of the path data. */
export const SHAPE_BOX = 16;

/**
 * A state as a shape: SVG path data in a box of 16 by 16, filled by the non-zero rule. The window
 * and the tray draw the same ones, so that a state is told apart without colour in both.
 */
export const STATE_SHAPES: Readonly<Record<State, string>> = {
  donating: "M4.2 2.2a.8.8 0 0 1 1.2-.7l8.6 5.8a.8.8 0 0 1 0 1.4l-8.6 5.8a.8.8 0 0 1-1.2-.7z",
  holding: "M3 1h10v2.6L9.4 8 13 12.4V15H3v-2.6L6.6 8 3 3.6z",
  finishing: "M3 1h2v1h8l-2.2 3L13 8H5v7H3z",
  suspended: "M3 2h3.6v12H3zm6.4 0H13v12H9.4z",
  off: "M8 1a7 7 0 1 1 0 14A7 7 0 0 1 8 1m0 2.2a4.8 4.8 0 1 0 0 9.6 4.8 4.8 0 0 0 0-9.6",
};
