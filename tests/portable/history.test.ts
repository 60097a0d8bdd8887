import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { openHistory } from "../../main/adapters/history/sqlite-history.ts";
import type { HistoryStore } from "../../main/engine/ports.ts";
import type { HistoryFilter, HistorySort } from "../../shared/contract/methods.ts";
import { type HistoryRow, OutcomeKind } from "../../shared/contract/views.ts";
import { TaskResult } from "../../shared/domain/result.ts";
import { TaskId } from "../../shared/domain/task.ts";
import { exampleRun, keptLog, mustSave } from "../support/example-run.ts";
import { fillHistory, FILLED_GRIDS } from "../support/fill-history.ts";

const NOW = Date.UTC(2026, 5, 1);
const DAY_MS = 86_400_000;
const ALL = { offset: 0, limit: 10_000 };
const SORT_BY = ["claimed", "task", "grid", "outcome", "duration"] as const;

// One file for all of it: what is filled is only read.
const folder = mkdtempSync(join(tmpdir(), "dgrid-test-"));
let history: HistoryStore;
let rows: readonly HistoryRow[];
beforeAll(() => {
  const file = join(folder, "history.db");
  fillHistory(file, 1_200, { nowMs: NOW, open: 20 });
  history = openHistory(file, keptLog());
  // Ties in every order, and ids with what LIKE would take for wildcards.
  const tied = ["%", "_", "100%_done", "back\\slash", "Grüße"].flatMap((task_id) =>
    ["x", "y", "z"].map((claim) => exampleRun(`${claim}-${task_id}`, { task_id, claimed_at_ms: NOW })),
  );
  mustSave(history, ...tied);
  rows = history.page({}, { by: "claimed", descending: false }, ALL).rows;
});
afterAll(() => {
  history.close();
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
});

const sorts = fc.record<HistorySort>({ by: fc.constantFrom(...SORT_BY), descending: fc.boolean() });
const filters: fc.Arbitrary<HistoryFilter> = fc.record(
  {
    text: fc.constantFrom("", "fold", "FOLD-1", "-", "%", "_", "%_", "\\", "-a", "grü", "e5", "fold\0", "\0", "'; --"),
    grid: fc.constantFrom(...FILLED_GRIDS, "https://git.example.org/%", "https://git.example.org/grid.git"),
    outcomes: fc.subarray([...OutcomeKind.options]),
    fromMs: fc.integer({ min: NOW - 310 * DAY_MS, max: NOW + DAY_MS }),
    toMs: fc.integer({ min: NOW - 310 * DAY_MS, max: NOW + DAY_MS }),
  },
  { requiredKeys: [] },
);

function isMatch(row: HistoryRow, { text, grid, outcomes, fromMs, toMs }: HistoryFilter): boolean {
  const lower = (value: string): string => value.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase());
  if (text !== undefined && ![row.taskId, row.claimId].some((id) => lower(id).includes(lower(text)))) return false;
  if (grid !== undefined && row.grid !== grid) return false;
  if (outcomes !== undefined && !outcomes.includes(row.outcome)) return false;
  return row.claimedAtMs >= (fromMs ?? -Infinity) && row.claimedAtMs < (toMs ?? Infinity);
}

function sortedBy(matching: readonly HistoryRow[], { by, descending }: HistorySort): string[] {
  const key = (row: HistoryRow): string | number =>
    ({
      claimed: row.claimedAtMs,
      task: row.taskId,
      grid: row.grid,
      outcome: row.outcome,
      duration: row.durationMs ?? -1,
    })[by];
  const compare = (a: string | number, b: string | number): number => (a < b ? -1 : a > b ? 1 : 0);
  const ascending = matching.toSorted((a, b) => compare(key(a), key(b)) || compare(a.claimId, b.claimId));
  return (descending ? ascending.toReversed() : ascending).map(({ claimId }) => claimId);
}

const claimIds = (page: { readonly rows: readonly HistoryRow[] }): string[] => page.rows.map(({ claimId }) => claimId);

it("the filled history has every outcome, every grid, valid task ids and results, and is the same each time", () => {
  const example = exampleRun("");
  const filled = rows.filter(({ grid }) => grid !== example.grid);
  expect(new Set(filled.map(({ outcome }) => outcome))).toEqual(new Set(OutcomeKind.options));
  expect(new Set(filled.map(({ grid }) => grid))).toEqual(new Set(FILLED_GRIDS));
  for (const { taskId } of filled) expect(TaskId.safeParse(taskId).success).toBe(true);
  const results = history.recent(600).flatMap(({ result }) => (result === null ? [] : [result]));
  expect(results.length).toBeGreaterThan(400);
  for (const result of results) expect(TaskResult.safeParse(JSON.parse(result)).error).toBeUndefined();
  const again = join(folder, "again.db");
  fillHistory(again, 1_200, { nowMs: NOW, open: 20 });
  const other = openHistory(again, keptLog());
  expect(other.page({}, { by: "claimed", descending: false }, ALL).rows).toEqual(filled);
  other.close();
});

it.each(SORT_BY.flatMap((by) => [true, false].map((descending) => ({ by, descending }))))(
  "all rows in the order $by, descending $descending, what is equal by its claim_id",
  (sort) => {
    expect(claimIds(history.page({}, sort, ALL))).toEqual(sortedBy(rows, sort));
  },
);

it("any filter in any order finds what matches and nothing else, and pages have every row exactly once", () => {
  fc.assert(
    fc.property(filters, sorts, fc.integer({ min: 1, max: 500 }), (filter, sort, limit) => {
      const expected = sortedBy(
        rows.filter((row) => isMatch(row, filter)),
        sort,
      );
      const paged: string[] = [];
      for (let offset = 0; offset <= expected.length; offset += limit) {
        const page = history.page(filter, sort, { offset, limit });
        expect(page.total).toBe(expected.length);
        paged.push(...claimIds(page));
      }
      expect(paged).toEqual(expected);
    }),
    { numRuns: 200 },
  );
});

it.each([
  ["%", ["x-%", "x-100%_done"]],
  ["_DONE", ["x-100%_done"]],
  ["%_", ["x-100%_done"]],
  ["\\", ["x-back\\slash"]],
  ["X-%", ["x-%"]],
  ["\0", []],
  ["100%\0", []],
])("the text %j is looked for as it stands", (text, found) => {
  const page = history.page({ text, grid: exampleRun("").grid }, { by: "claimed", descending: false }, ALL);
  expect(claimIds(page).filter((id) => id.startsWith("x-"))).toEqual(found.toSorted());
});

it("beyond the last row there is an empty page with the total", () => {
  expect(history.page({}, { by: "task", descending: true }, { offset: 1e15, limit: 5 })).toEqual({
    total: rows.length,
    rows: [],
  });
});
