import { visible } from "./visible.ts";
import classes from "./foreign.module.css";

export interface ForeignProps {
  readonly text: string;
  readonly monospace?: boolean;
  /** Cuts after so many lines; the whole is then the tooltip. */
  readonly lines?: number;
  /** Keeps line breaks and tabs, for texts of several lines. */
  readonly multiline?: boolean;
  readonly dimmed?: boolean;
}

/** A text that a stranger wrote: its own direction, nothing hidden, broken where it must be. */
export function Foreign({ text, monospace = false, lines, multiline = false, dimmed = false }: ForeignProps) {
  const shown = visible(text, multiline ? "\n\t" : "");
  const names = [
    classes.foreign,
    monospace ? classes.monospace : "",
    multiline ? classes.multiline : "",
    dimmed ? classes.dimmed : "",
    lines === undefined ? "" : classes.clamped,
  ];
  return (
    <bdi
      className={names.filter((name) => name !== "").join(" ")}
      style={lines === undefined ? undefined : { "--foreign-lines": lines }}
      title={lines === undefined ? undefined : shown.slice(0, 2_000)}
    >
      {shown}
    </bdi>
  );
}
