/** A Run as SQLite has it: the table of runs, the table of their outputs, 0 and 1 for a boolean. */
import type { SQLInputValue, SQLOutputValue } from "node:sqlite";
import { Run } from "../../../shared/domain/run.ts";

/** What the table `runs` holds of a Run; result and script are in `outputs`. */
const COLUMNS = [
  "claim_id",
  "grid",
  "task_id",
  "path",
  "state",
  "attempt",
  "claimed_at_ms",
  "starting_at_ms",
  "started_at_ms",
  "finished_at_ms",
  "reported_at_ms",
  "duration_ms",
  "exit_code",
  "reason",
  "stopped",
] as const satisfies readonly Exclude<keyof Run, "result" | "script">[];

/** Inserts or replaces one row of `runs`; takes the values of `runValues`. */
export const UPSERT_RUN = `
  INSERT INTO runs (${COLUMNS.join(", ")}) VALUES (${COLUMNS.map(() => "?").join(", ")})
  ON CONFLICT (claim_id) DO UPDATE SET ${replaced(COLUMNS.slice(1))}`;

/** Inserts or replaces what one run left; takes claim_id, result and script. */
export const UPSERT_OUTPUT = `
  INSERT INTO outputs (claim_id, result, script) VALUES (?, ?, ?)
  ON CONFLICT (claim_id) DO UPDATE SET ${replaced(["result", "script"])}`;

/** Whole runs out of `source`, which is the table of runs or a part of it. */
export function selectRuns(source: string): string {
  return `SELECT ${COLUMNS.map((name) => `r.${name}`).join(", ")}, o.result, o.script
    FROM ${source} AS r LEFT JOIN outputs AS o ON o.claim_id = r.claim_id`;
}

export function runValues(run: Run): SQLInputValue[] {
  return COLUMNS.map((name) => (name === "stopped" ? Number(run.stopped) : run[name]));
}

export function runOfRow(row: Record<string, SQLOutputValue>): Run {
  return Run.parse({ ...row, stopped: row["stopped"] === 1 });
}

function replaced(names: readonly string[]): string {
  return names.map((name) => `${name} = excluded.${name}`).join(", ");
}
