import { useMemo } from "react";
import { visible } from "./visible.ts";
import classes from "./script-text.module.css";

export interface ScriptTextProps {
  readonly text: string;
  readonly label: string;
}

const LINES_MAX = 5_000;

/** A script as text with line numbers. Nothing of it is interpreted, nothing of it hides. */
export function ScriptText({ text, label }: ScriptTextProps) {
  // A valid script has at most 5,000 characters, so no line of one is left out.
  const lines = useMemo(() => text.replace(/\n$/, "").split("\n", LINES_MAX), [text]);
  return (
    <div
      className={classes.script}
      role="group"
      aria-label={label}
      tabIndex={0}
      style={{ "--digits": String(lines.length).length }}
    >
      <code className={classes.lines}>
        {lines.map((line, index) => (
          // A line has no name but its number.
          <span key={index} className={classes.line}>
            {`${visible(line, "\t")}\n`}
          </span>
        ))}
      </code>
    </div>
  );
}
