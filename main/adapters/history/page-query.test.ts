import { DatabaseSync } from "node:sqlite";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { HistoryFilter } from "../../../shared/contract/methods.ts";
import { keptLog } from "../../../tests/support/example-run.ts";
import { countQuery, pageQuery, type Query } from "./page-query.ts";
import { openHistory } from "./sqlite-history.ts";

const SORTS = (["claimed", "task", "grid", "outcome", "duration"] as const).flatMap((by) =>
  [true, false].map((descending) => ({ by, descending })),
);
const FILTERS: readonly HistoryFilter[] = [
  {},
  { text: "fold" },
  { grid: "g" },
  { outcomes: ["failed"] },
  { outcomes: ["failed", "timed_out", "stopped"] },
  { fromMs: 1, toMs: 2 },
  { text: "a", grid: "g", outcomes: ["success", "open"], fromMs: 1, toMs: 2 },
];
const CASES = SORTS.flatMap((sort) => FILTERS.map((filter) => ({ sort, filter })));

const folder = mkdtempSync(join(tmpdir(), "dgrid-test-"));
let db: DatabaseSync;
beforeAll(() => {
  const file = join(folder, "history.db");
  openHistory(file, keptLog()).close();
  db = new DatabaseSync(file);
});
afterAll(() => {
  db.close();
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
});

/** SQLite's own account of how it would answer. */
function planOf(query: Query): string {
  const steps = db.prepare(`EXPLAIN QUERY PLAN ${query.sql}`).all(...query.parameters);
  return steps.map(({ detail }) => String(detail)).join("\n");
}

it.each(CASES)("a page in the order $sort of $filter is read along an index and never sorted", ({ sort, filter }) => {
  const plan = planOf(pageQuery(filter, sort, { offset: 50, limit: 100 }));
  expect(plan).toMatch(new RegExp(`^(SCAN|SEARCH) runs USING INDEX runs_by_${sort.by}\\b`));
  expect(plan).not.toMatch(/TEMP B-TREE|outputs/);
});

it.each([...new Set(SORTS.map(({ by }) => by))])(
  "the index of the order by %s holds all that a filter asks for",
  (by) => {
    const columns = db.prepare(`PRAGMA index_info(runs_by_${by})`).all();
    expect(columns.map(({ name }) => name)).toEqual(
      expect.arrayContaining(["claim_id", "task_id", "grid", "outcome", "claimed_at_ms"]),
    );
  },
);

it("all rows are counted without a look at any of them, nor at the table", () => {
  const plan = planOf(countQuery({}));
  expect(plan).toMatch(/SCAN runs USING COVERING INDEX/);
  expect(plan).toMatch(/SCAN runs USING (COVERING )?INDEX runs_bookkeeping\b/);
});

it.each(FILTERS.slice(1))("what matches %j is counted in an index that holds all of it", (filter) => {
  const plan = planOf(countQuery(filter));
  expect(plan).toMatch(/^(SCAN|SEARCH) runs USING (COVERING )?INDEX runs_by_(claimed|task|grid|outcome|duration)\b/);
  expect(plan).not.toContain("\n");
});
