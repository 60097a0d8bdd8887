import { memo } from "react";
import { ansiSpans, type AnsiColour } from "./ansi-spans.ts";
import type { LogTextLine } from "./log-window.ts";
import { markedSpans, type MarkedSpan } from "./marked-spans.ts";
import classes from "./log-row.module.css";

export interface LogRowProps {
  readonly line: LogTextLine;
  /** What is searched, in small letters. */
  readonly wanted: string;
  readonly current: boolean;
  /** The mark of error output. */
  readonly mark: string;
  readonly markLong: string;
}

/** A line of output: its stream in the margin, its colours, what is searched set apart. */
export const LogRow = memo(function LogRow({ line, wanted, current, mark, markLong }: LogRowProps) {
  const spans = markedSpans(ansiSpans(line.colours, line.text), wanted);
  return (
    <div className={classes.row} data-stream={line.stream} data-current={current}>
      <span className={classes.margin} title={line.stream === "stderr" ? markLong : undefined}>
        {line.continued ? "↳" : line.stream === "stderr" ? mark : ""}
      </span>
      <span className={classes.text}>
        {spans.map((span, index) => (
          <Span key={`${index} ${span.hit}`} span={span} />
        ))}
      </span>
    </div>
  );
});

function Span({ span }: { readonly span: MarkedSpan }) {
  const { fore, back, text, hit } = span;
  const names = [
    named("fore", fore),
    named("back", back),
    span.bold ? classes.bold : "",
    span.italic ? classes.italic : "",
    span.underline ? classes.underline : "",
    span.reverse ? classes.reverse : "",
    span.dim ? classes.dim : "",
  ].filter((name) => name !== "" && name !== undefined);
  const style = { ...custom("--fore", fore), ...custom("--back", back) };
  const Element = hit ? "mark" : "span";
  return (
    <Element className={names.join(" ")} style={style}>
      {text}
    </Element>
  );
}

function named(kind: "fore" | "back", colour: AnsiColour | undefined): string | undefined {
  if (colour === undefined) return "";
  return "rgb" in colour ? classes[`${kind}Custom`] : classes[`${kind}-${colour.name}`];
}

/** Three numbers and nothing else, so that no text of the log becomes style. */
function custom(property: "--fore" | "--back", colour: AnsiColour | undefined): Record<string, string> {
  if (colour === undefined || !("rgb" in colour)) return {};
  return /^\d{1,3}, \d{1,3}, \d{1,3}$/.test(colour.rgb) ? { [property]: `rgb(${colour.rgb})` } : {};
}
