/**
 * The history as a file for other programs, made part by part so that no file is ever whole in
 * memory.
 *
 * Invariant: the parts joined are one well-formed file, and no cell of it is a formula.
 */
import type { HistoryRow } from "../../shared/contract/views.ts";

/** Rows that one part is meant to have. */
export const EXPORT_PART_ROWS = 2_000;

export interface ExportPart {
  readonly format: "csv" | "json";
  /** Nothing comes before it: it brings the header or the opening bracket. */
  readonly first: boolean;
  /** Nothing comes after it: it brings the closing bracket. Only the last part may have no rows. */
  readonly last: boolean;
}

type Value = string | number | null;

/** Times are ISO 8601 in UTC. The names are part of what is promised to whoever reads the file. */
const COLUMNS: readonly (readonly [name: string, of: (row: HistoryRow) => Value])[] = [
  ["claim_id", (row) => row.claimId],
  ["grid", (row) => row.grid],
  ["task_id", (row) => row.taskId],
  ["outcome", (row) => row.outcome],
  ["reason", (row) => row.reason],
  ["exit_code", (row) => row.exitCode],
  ["attempt", (row) => row.attempt],
  ["claimed_at", (row) => isoTime(row.claimedAtMs)],
  ["started_at", (row) => isoTime(row.startedAtMs)],
  ["finished_at", (row) => isoTime(row.finishedAtMs)],
  ["reported_at", (row) => isoTime(row.reportedAtMs)],
  ["duration_seconds", (row) => (row.durationMs === null ? null : row.durationMs / 1000)],
];

/** One part of the file; see ExportPart for what the first and the last bring. */
export function exportPart(rows: readonly HistoryRow[], part: ExportPart): string {
  return part.format === "csv" ? csvPart(rows, part) : jsonPart(rows, part);
}

function csvPart(rows: readonly HistoryRow[], { first }: ExportPart): string {
  const header = first ? [COLUMNS.map(([name]) => name)] : [];
  const records = rows.map((row) => COLUMNS.map(([, of]) => csvCell(of(row))));
  return [...header, ...records].map((cells) => `${cells.join(",")}\r\n`).join("");
}

/** An array with one object a line, under the names of the CSV's columns. */
function jsonPart(rows: readonly HistoryRow[], { first, last }: ExportPart): string {
  const lines = rows.map((row) => JSON.stringify(Object.fromEntries(COLUMNS.map(([name, of]) => [name, of(row)]))));
  const before = first ? "[\n" : lines.length > 0 ? ",\n" : "";
  return `${before}${lines.join(",\n")}${last ? "\n]\n" : ""}`;
}

/** RFC 4180. A number is never quoted or defused: -1 is no formula, and is to be counted with. */
function csvCell(value: Value): string {
  if (value === null) return "";
  if (typeof value === "number") return String(value);
  const text = defused(value);
  return /[",\r\n]|^ | $/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/**
 * Text that a spreadsheet would run is shown as text by an apostrophe before it (OWASP, "CSV
 * Injection"): a task's id may begin with a dash, and its author is a stranger. East Asian versions
 * take the full-width signs for the same.
 */
function defused(text: string): string {
  return /^[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/.test(text) ? `'${text}` : text;
}

/** null also for a time that no calendar has, which a damaged row may hold. */
function isoTime(ms: number | null): string | null {
  if (ms === null) return null;
  const date = new Date(ms);
  return Number.isNaN(date.getTime()) ? null : date.toISOString();
}
