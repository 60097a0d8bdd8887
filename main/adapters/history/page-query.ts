/**
 * What the history's list asks of SQLite: pages, counts and deletions of one filter.
 *
 * Invariant: every value is a parameter, and a page is read along the index of its order.
 */
import type { SQLInputValue } from "node:sqlite";
import type { HistoryFilter, HistorySort } from "../../../shared/contract/methods.ts";

export interface Query {
  readonly sql: string;
  readonly parameters: readonly SQLInputValue[];
}

/** Each has an index, `runs_by_` and the sort's name, with claim_id behind it for what is otherwise equal. */
const SORT_COLUMNS = {
  claimed: "claimed_at_ms",
  task: "task_id",
  grid: "grid",
  outcome: "outcome",
  duration: "duration_ms",
} as const satisfies Record<HistorySort["by"], string>;

const SELECT_ROW = `SELECT claim_id AS claimId, grid, task_id AS taskId, state, outcome, reason,
  exit_code AS exitCode, attempt, claimed_at_ms AS claimedAtMs, started_at_ms AS startedAtMs,
  finished_at_ms AS finishedAtMs, reported_at_ms AS reportedAtMs, duration_ms AS durationMs`;

/** One row, by its key. */
export function rowQuery(claimId: string): Query {
  return { sql: `${SELECT_ROW} FROM runs WHERE claim_id = ? AND outcome IS NOT NULL`, parameters: [claimId] };
}

/**
 * Rows in order; of equal ones, and of the same one in the other direction, in the order of claim_id.
 * A run without a duration is shorter than any other. The index is named because SQLite, which has no
 * statistics here, would rather look up the few rows it expects of a filter, and then sort thousands.
 */
export function pageQuery(
  filter: HistoryFilter,
  sort: HistorySort,
  range: { readonly offset: number; readonly limit: number },
): Query {
  const { sql, parameters } = matching("outcome IS NOT NULL", filter);
  const direction = sort.descending ? "DESC" : "ASC";
  return {
    sql: `${SELECT_ROW} FROM runs INDEXED BY runs_by_${sort.by} WHERE ${sql}
      ORDER BY ${SORT_COLUMNS[sort.by]} ${direction}, claim_id ${direction} LIMIT ? OFFSET ?`,
    parameters: [...parameters, range.limit, range.offset],
  };
}

/** How many rows match, as `n`. All of them SQLite counts by whole pages of an index, without a look at any. */
export function countQuery(filter: HistoryFilter): Query {
  const { sql, parameters } = matching("outcome IS NOT NULL", filter);
  if (Object.values(filter).some((part) => part !== undefined))
    return { sql: `SELECT count(*) AS n FROM runs WHERE ${sql}`, parameters };
  return {
    sql: "SELECT (SELECT count(*) FROM runs) - (SELECT count(*) FROM runs WHERE outcome IS NULL) AS n",
    parameters,
  };
}

/** Deletes at most `limit` rows that are over, and what is no row where it is old and of use to nobody. */
export function deleteQueries(
  filter: HistoryFilter,
  limit: number,
): { readonly rows: Query; readonly bookkeeping?: Query } {
  const deleting = ({ sql, parameters }: Query): Query => ({
    sql: `DELETE FROM runs WHERE claim_id IN (SELECT claim_id FROM runs WHERE ${sql} LIMIT ?)`,
    parameters: [...parameters, limit],
  });
  const rows = deleting(matching("outcome <> 'open'", filter));
  // A claim that was given up as lost may still turn out to be ours, so only its age makes it useless.
  if (filter.toMs === undefined || filter.outcomes !== undefined) return { rows };
  return { rows, bookkeeping: deleting(matching("state = 'lost_race'", filter)) };
}

function matching(base: string, filter: HistoryFilter): Query {
  const conditions = [base];
  const parameters: SQLInputValue[] = [];
  const add = (condition: string, ...values: readonly SQLInputValue[]): void => {
    conditions.push(condition);
    parameters.push(...values);
  };
  const { text, grid, outcomes, fromMs, toMs } = filter;
  if (grid !== undefined) add("grid = ?", grid);
  if (outcomes !== undefined) add(`outcome IN (${outcomes.map(() => "?").join(", ")})`, ...outcomes);
  if (fromMs !== undefined) add("claimed_at_ms >= ?", fromMs);
  if (toMs !== undefined) add("claimed_at_ms < ?", toMs);
  if (text !== undefined && text !== "") addText(text, add);
  return { sql: conditions.join(" AND "), parameters };
}

/** LIKE takes half the time of instr and lower. It is blind to case in ASCII alone, which is all that ids are. */
function addText(text: string, add: (condition: string, ...values: readonly SQLInputValue[]) => void): void {
  // LIKE ends at a NUL, and what is left of the pattern would match more; no id has one.
  if (text.includes("\0")) return add("0");
  const pattern = `%${text.replaceAll(/[\\%_]/g, "\\$&")}%`;
  add("(task_id LIKE ? ESCAPE '\\' OR claim_id LIKE ? ESCAPE '\\')", pattern, pattern);
}
