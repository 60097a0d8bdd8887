import type { LogLine } from "../../shared/contract/views.ts";
import type { Log } from "../engine/ports.ts";

/** Lines kept for people who look. */
const KEPT = 500;

export interface ProgramLog {
  /** Writes on to the host's own log, and remembers. */
  readonly log: Log;
  /** Lines after a number, the oldest first. */
  readonly after: (number: number) => readonly LogLine[];
}

/** A log that remembers its last lines. `clean` takes secrets out, and what a terminal would obey. */
export function rememberingLog(inner: Log, clean: (text: string) => string): ProgramLog {
  const lines: LogLine[] = [];
  let count = 0;
  const at =
    (level: LogLine["level"]): Log["info"] =>
    (fields, message) => {
      inner[level](fields, message);
      // What is only for debugging would push out what a person looks for.
      if (level === "debug") return;
      const text = clean(JSON.stringify(fields)).slice(0, 2_000);
      lines.push({ number: ++count, atMs: Date.now(), level, message: clean(message).slice(0, 500), fields: text });
      if (lines.length > KEPT) lines.shift();
    };
  return {
    log: { debug: at("debug"), info: at("info"), warn: at("warn"), error: at("error") },
    after: (number) => lines.filter((line) => line.number > number),
  };
}
