import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import Table from "cli-table3";

/** What a cell may hold; null is "not measured". */
export type Cell = string | number | null;

export interface BenchTable {
  readonly title: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
  /** Sentences under the table: what the figures mean, which aim was reached. */
  readonly notes?: readonly string[];
}

/** The middle value; the mean of the two in the middle of an even number; NaN of none. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}

/** `1.234` becomes 1.23, `123.4` becomes 123: three digits that mean something. */
export function threeDigits(value: number): number {
  return Math.abs(value) >= 100 ? Math.round(value) : Number(value.toPrecision(3));
}

/** The table as text, numbers to the right. */
export function printTable(table: BenchTable): string {
  const numeric = table.columns.map((_, index) => table.rows.some((row) => typeof row[index] === "number"));
  const grid = new Table({
    head: [...table.columns],
    colAligns: numeric.map((right) => (right ? "right" : "left")),
    style: { head: [], border: [], compact: true },
  });
  for (const row of table.rows) grid.push(row.map(cellText));
  return [table.title, grid.toString(), ...(table.notes ?? []), ""].join("\n");
}

function cellText(cell: Cell): string {
  if (cell === null) return "-";
  if (typeof cell === "string") return cell;
  return Number.isFinite(cell) ? String(threeDigits(cell)) : "-";
}

/** Writes a part's figures beside those of other runs; returns the path. */
export function writeResult(dir: string, part: string, result: object): string {
  mkdirSync(dir, { recursive: true });
  const path = join(dir, `${part}.json`);
  writeFileSync(path, `${JSON.stringify(result, null, 2)}\n`);
  return path;
}
