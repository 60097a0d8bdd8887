import { DatabaseSync } from "node:sqlite";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import type { HistoryFilter } from "../../../shared/contract/methods.ts";
import type { Run } from "../../../shared/domain/run.ts";
import { exampleRun, keptLog, mustSave } from "../../../tests/support/example-run.ts";
import { temporaryDirectory } from "../../../tests/support/temporary-directory.ts";
import type { HistoryStore } from "../../engine/ports.ts";
import { openHistory } from "./sqlite-history.ts";

const GRID = exampleRun("").grid;
const NEWEST_FIRST = { by: "claimed", descending: true } as const;

function history(...runs: readonly Run[]): HistoryStore & { readonly file: string } {
  const file = join(temporaryDirectory(), "history.db");
  const store = openHistory(file, keptLog());
  onTestFinished(() => store.close());
  if (runs.length > 0) mustSave(store, ...runs);
  return Object.assign(store, { file });
}

/** The claim_ids of the rows that match, in order. */
function matches(store: HistoryStore, filter: HistoryFilter): string[] {
  const { total, rows } = store.page(filter, NEWEST_FIRST, { offset: 0, limit: 500 });
  expect(total).toBe(rows.length);
  return rows.map(({ claimId }) => claimId).toSorted();
}

describe("a run", () => {
  it("comes back as it was saved, and as it was saved last", () => {
    const run = exampleRun("a", { result: '{"stdout":"x"}', script: "echo x", stopped: true });
    const store = history(run);
    expect(store.get("a")).toEqual(run);
    expect(store.recent(1)).toEqual([run]);
    const later = { ...run, state: "superseded", result: null, script: null, stopped: false, duration_ms: 7 } as const;
    mustSave(store, later);
    expect(store.get("a")).toEqual(later);
    expect(store.get("b")).toBeUndefined();
  });

  it("is a row without its output, with how it ended", () => {
    const store = history(exampleRun("a", { result: "{}", script: "echo", exit_code: 2, attempt: 3 }));
    expect(store.page({}, NEWEST_FIRST, { offset: 0, limit: 10 }).rows).toEqual([
      {
        claimId: "a",
        grid: GRID,
        taskId: "task-a",
        state: "reported",
        outcome: "failed",
        reason: "exited",
        exitCode: 2,
        attempt: 3,
        claimedAtMs: 1_000,
        startedAtMs: 1_200,
        finishedAtMs: 3_200,
        reportedAtMs: 3_300,
        durationMs: 1_500,
      },
    ]);
  });

  it.each<[string, Partial<Run>]>([
    ["open", { state: "claimed" }],
    ["open", { state: "running" }],
    ["open", { state: "finished" }],
    ["success", {}],
    ["success", { reason: "output_refused" }],
    ["success", { reason: null }],
    ["failed", { exit_code: 1 }],
    ["failed", { reason: "output_refused", exit_code: 1 }],
    ["failed", { reason: "engine_error", exit_code: -1 }],
    ["failed", { reason: "rejected", exit_code: -1 }],
    ["failed", { reason: null, exit_code: null }],
    ["timed_out", { reason: "timed_out", exit_code: -1 }],
    ["out_of_memory", { reason: "out_of_memory", exit_code: 137 }],
    ["stopped", { reason: "cancelled", exit_code: -1 }],
    ["stopped", { state: "given_back", stopped: true }],
    ["given_back", { state: "given_back" }],
    ["superseded", { state: "superseded", stopped: true }],
  ])("ended as %s where it is %j", (outcome, fields) => {
    const store = history(exampleRun("a", fields));
    expect(store.page({}, NEWEST_FIRST, { offset: 0, limit: 1 }).rows[0]?.outcome).toBe(outcome);
  });

  it("that was never ours is no row, but is known, and open while its push has no answer", () => {
    const store = history(exampleRun("asking", { state: "claiming" }), exampleRun("lost", { state: "lost_race" }));
    expect(matches(store, {})).toEqual([]);
    expect(store.grids()).toEqual([]);
    expect(store.open(GRID).map((run) => run.claim_id)).toEqual(["asking"]);
    expect(store.get("lost")?.state).toBe("lost_race");
  });
});

describe("saving", () => {
  it("is all or nothing, and says why it was nothing", () => {
    const store = history();
    const db = new DatabaseSync(store.file);
    db.exec("CREATE TRIGGER no BEFORE INSERT ON outputs BEGIN SELECT RAISE(ABORT, 'no'); END");
    db.close();
    expect(store.save([exampleRun("a"), exampleRun("b", { result: "{}" })])).toMatchObject({
      ok: false,
      fault: { code: "data_directory_unwritable" },
    });
    expect(store.recent(10)).toEqual([]);
    mustSave(store, exampleRun("a"));
    expect(store.recent(10)).toHaveLength(1);
  });
});

describe("the history of two grids", () => {
  const other = { grid: "ssh://git@example.net/b.git" };
  it("names both, and what the donor stopped in each", () => {
    const store = history(
      exampleRun("a"),
      exampleRun("b", { ...other, state: "given_back", stopped: true, task_id: "twice" }),
      exampleRun("c", { ...other, reason: "cancelled", stopped: true, task_id: "twice" }),
      exampleRun("d", { ...other, state: "running", stopped: true, task_id: "once" }),
      exampleRun("e", { ...other, task_id: "never" }),
    );
    expect(store.grids()).toEqual([GRID, other.grid]);
    expect(store.declined(GRID)).toEqual([]);
    expect(store.declined(other.grid).toSorted()).toEqual(["once", "twice"]);
    expect(store.open(GRID)).toEqual([]);
    expect(store.open(other.grid)).toHaveLength(1);
    expect(matches(store, { grid: GRID })).toEqual(["a"]);
  });
});

it("a time filter begins with its first moment and ends before its last", () => {
  const store = history(...[1, 2, 3, 4].map((ms) => exampleRun(`at-${ms}`, { claimed_at_ms: ms })));
  expect(matches(store, { fromMs: 2, toMs: 4 })).toEqual(["at-2", "at-3"]);
});

describe("totals", () => {
  it("count runs that ended by themselves, from a moment on", () => {
    const store = history(
      exampleRun("a", { started_at_ms: 1 }),
      exampleRun("b", { started_at_ms: 2, exit_code: 1 }),
      exampleRun("c", { started_at_ms: 3, reason: "timed_out" }),
      exampleRun("d", { started_at_ms: 4, reason: "out_of_memory", duration_ms: null }),
      exampleRun("stopped", { started_at_ms: 4, reason: "cancelled" }),
      exampleRun("back", { started_at_ms: 4, state: "given_back" }),
      exampleRun("gone", { started_at_ms: 4, state: "superseded" }),
      exampleRun("open", { started_at_ms: 4, state: "finished" }),
    );
    expect(store.totals(0)).toEqual({ tasks: 4, succeeded: 1, computeMs: 4_500 });
    expect(store.totals(2)).toEqual({ tasks: 3, succeeded: 0, computeMs: 3_000 });
    expect(store.totals(5)).toEqual({ tasks: 0, succeeded: 0, computeMs: 0 });
    expect(store.startedSince(4)).toBe(5);
    expect(history().days(0)).toEqual([]);
  });
});

describe("deleting", () => {
  const open = (["claiming", "claimed", "running", "finished"] as const).map((state) => exampleRun(state, { state }));

  it("takes every row that matches with its output, and leaves what is not over", () => {
    const store = history(...open, exampleRun("a", { result: "{}", script: "x" }), exampleRun("b"));
    expect(store.delete({}, 1_000_000)).toEqual({ ok: true, value: 2 });
    expect(store.get("a")).toBeUndefined();
    expect(store.open(GRID)).toHaveLength(4);
    const db = new DatabaseSync(store.file);
    expect(db.prepare("SELECT count(*) AS n FROM outputs").get()).toEqual({ n: 0 });
    db.close();
  });

  it("takes nothing that does not match, nor by an empty list of outcomes", () => {
    const store = history(
      exampleRun("old", { claimed_at_ms: 1 }),
      exampleRun("edge", { claimed_at_ms: 2 }),
      exampleRun("bad", { claimed_at_ms: 1, exit_code: 1 }),
      exampleRun("open", { claimed_at_ms: 1, state: "running" }),
    );
    expect(store.delete({ outcomes: [] }, 1_000_000)).toEqual({ ok: true, value: 0 });
    expect(store.delete({ outcomes: ["open"] }, 1_000_000)).toEqual({ ok: true, value: 0 });
    expect(store.delete({ toMs: 2, outcomes: ["success"] }, 1_000_000)).toEqual({ ok: true, value: 1 });
    expect(matches(store, {})).toEqual(["bad", "edge", "open"]);
  });

  it("forgets claims that were lost to others once they are old, and counts them not", () => {
    const lost = { state: "lost_race" } as const;
    const store = history(
      exampleRun("a", { ...lost, claimed_at_ms: 1 }),
      exampleRun("b", { ...lost, claimed_at_ms: 5 }),
    );
    expect(store.delete({}, 1_000_000)).toEqual({ ok: true, value: 0 });
    expect(store.get("a")).toBeDefined();
    expect(store.delete({ toMs: 5 }, 1_000_000)).toEqual({ ok: true, value: 0 });
    expect(store.get("a")).toBeUndefined();
    expect(store.get("b")).toBeDefined();
  });

  it("lets a task that the donor stopped be taken again", () => {
    const store = history(exampleRun("a", { state: "given_back", stopped: true, task_id: "t" }));
    expect(store.declined(GRID)).toEqual(["t"]);
    store.delete({}, 1_000_000);
    expect(store.declined(GRID)).toEqual([]);
  });

  it("is all or nothing, and says why it was nothing", () => {
    const store = history(exampleRun("a"), exampleRun("b"));
    const db = new DatabaseSync(store.file);
    db.exec(`CREATE TRIGGER no BEFORE DELETE ON runs WHEN OLD.claim_id = 'b' BEGIN SELECT RAISE(ABORT, 'no'); END`);
    db.close();
    expect(store.delete({}, 1_000_000)).toMatchObject({ ok: false, fault: { code: "data_directory_unwritable" } });
    expect(matches(store, {})).toEqual(["a", "b"]);
  });
});

describe("outputs", () => {
  it("of the newest 5,000 runs are kept, and of all that are not over; the runs themselves stay", () => {
    const kept = { result: "{}", script: "echo" };
    const runs = Array.from({ length: 5_002 }, (_, n) => exampleRun(`r${n}`, { ...kept, claimed_at_ms: 10 + n }));
    // Lost claims are newer than all, and use up none of the 5,000.
    const lost = Array.from({ length: 50 }, (_, n) => exampleRun(`l${n}`, { state: "lost_race", claimed_at_ms: 1e6 }));
    const store = history(...runs, ...lost, exampleRun("open", { ...kept, state: "finished", claimed_at_ms: 1 }));
    expect(store.get("r1")).toEqual({ ...runs[1], result: null, script: null });
    expect(store.get("r2")).toEqual(runs[2]);
    expect(store.get("open")?.result).toBe("{}");
    expect(store.page({}, NEWEST_FIRST, { offset: 0, limit: 1 }).total).toBe(5_003);
  });
});
