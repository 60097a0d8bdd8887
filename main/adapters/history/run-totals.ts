/** What this machine's finished runs come to: over a time, and by days. */
import type { DatabaseSync } from "node:sqlite";
import { type DayTotals, Totals } from "../../../shared/contract/views.ts";
import { eachDay } from "./local-days.ts";

/** Came to an end of its own. What was stopped, given back or taken over is no work done. */
const IS_FINISHED = "outcome IN ('success', 'failed', 'timed_out', 'out_of_memory')";
/** Named because SQLite would rather visit every run of these outcomes in the table itself. */
const BY_START = "runs INDEXED BY runs_by_start";

/** Finished runs that began in the time; one that never began is none. ms since the epoch, `toMs` left out. */
export function totalsBetween(db: DatabaseSync, fromMs: number, toMs: number): Totals {
  const row = db
    .prepare(
      `SELECT count(*) AS tasks, coalesce(sum(outcome = 'success'), 0) AS succeeded,
         coalesce(sum(duration_ms), 0) AS computeMs
       FROM ${BY_START} WHERE started_at_ms >= ? AND started_at_ms < ? AND ${IS_FINISHED}`,
    )
    .get(fromMs, toMs);
  return Totals.parse(row);
}

export function totalsByDay(db: DatabaseSync, sinceMs: number): DayTotals[] {
  const next = db.prepare(
    `SELECT started_at_ms AS ms FROM ${BY_START}
     WHERE started_at_ms >= ? AND ${IS_FINISHED} ORDER BY started_at_ms LIMIT 1`,
  );
  const nextStart = (fromMs: number): number | undefined => {
    const ms = next.get(fromMs)?.["ms"];
    return typeof ms === "number" ? ms : undefined;
  };
  return eachDay(sinceMs, nextStart).map(({ day, fromMs, toMs }) => ({ day, ...totalsBetween(db, fromMs, toMs) }));
}
