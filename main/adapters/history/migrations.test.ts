import { DatabaseSync } from "node:sqlite";
import { readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import type { Run } from "../../../shared/domain/run.ts";
import type { HistoryStore } from "../../engine/ports.ts";
import { exampleRun, keptLog } from "../../../tests/support/example-run.ts";
import { temporaryDirectory } from "../../../tests/support/temporary-directory.ts";
import { openHistory } from "./sqlite-history.ts";

/** As the first release wrote it: a copy, so that changing a released step fails here. */
const VERSION_1 = `
  PRAGMA journal_mode = WAL;
  CREATE TABLE runs (
    claim_id TEXT PRIMARY KEY, grid TEXT NOT NULL, task_id TEXT NOT NULL, path TEXT NOT NULL, state TEXT NOT NULL,
    attempt INTEGER NOT NULL, claimed_at_ms REAL NOT NULL, started_at_ms REAL, finished_at_ms REAL,
    exit_code INTEGER, reason TEXT, result TEXT
  ) STRICT;
  CREATE INDEX runs_open ON runs (grid) WHERE state IN ('claiming', 'claimed', 'running', 'finished');
  CREATE INDEX runs_by_start ON runs (started_at_ms);
  PRAGMA user_version = 1;`;

/** What the first release did not know of a run. */
const UNKNOWN = { starting_at_ms: null, reported_at_ms: null, script: null, stopped: false } as const;
const NOT_RUN = {
  started_at_ms: null,
  finished_at_ms: null,
  duration_ms: null,
  exit_code: null,
  reason: null,
} as const;
const RUNS: readonly Run[] = [
  exampleRun("ok", { ...UNKNOWN, duration_ms: 2_000, result: '{"stdout":"x"}' }),
  exampleRun("bad", { ...UNKNOWN, duration_ms: 2_000, exit_code: 3 }),
  exampleRun("clock-went-back", { ...UNKNOWN, finished_at_ms: 700, duration_ms: 0 }),
  exampleRun("late", { ...UNKNOWN, duration_ms: 2_000, exit_code: -1, reason: "timed_out" }),
  exampleRun("gone", { ...UNKNOWN, ...NOT_RUN, state: "superseded" }),
  exampleRun("back", { ...UNKNOWN, ...NOT_RUN, state: "given_back" }),
  exampleRun("lost", { ...UNKNOWN, ...NOT_RUN, state: "lost_race" }),
  exampleRun("asking", { ...UNKNOWN, ...NOT_RUN, state: "claiming" }),
  exampleRun("mine", { ...UNKNOWN, ...NOT_RUN, state: "claimed" }),
  exampleRun("runs", { ...UNKNOWN, ...NOT_RUN, state: "running", started_at_ms: 5 }),
  exampleRun("done", { ...UNKNOWN, state: "finished", duration_ms: 2_000, result: "{}" }),
];

function version1File(also = ""): string {
  const file = join(temporaryDirectory(), "history.db");
  const db = new DatabaseSync(file);
  db.exec(VERSION_1 + also);
  const insert = db.prepare(`INSERT INTO runs VALUES (${Array(12).fill("?").join(", ")})`);
  for (const run of RUNS) {
    const { claim_id, grid, task_id, path, state, attempt, claimed_at_ms, started_at_ms, finished_at_ms } = run;
    const times = [claimed_at_ms, started_at_ms, finished_at_ms];
    insert.run(claim_id, grid, task_id, path, state, attempt, ...times, run.exit_code, run.reason, run.result);
  }
  db.close();
  return file;
}

/** Closed before the directory goes: Windows deletes no open file. */
function opened(file: string): HistoryStore {
  const history = openHistory(file, keptLog());
  onTestFinished(() => history.close());
  return history;
}

describe("a history of the first release", () => {
  it("keeps every run with all it knew, and its duration by the clock", () => {
    const history = opened(version1File());
    for (const run of RUNS) expect(history.get(run.claim_id)).toEqual(run);
    expect(history.recent(100)).toHaveLength(RUNS.length);
  });

  it("has its open claims, and its rows with how they ended", () => {
    const history = opened(version1File());
    expect(
      history
        .open(exampleRun("").grid)
        .map((run) => run.claim_id)
        .toSorted(),
    ).toEqual(["asking", "done", "mine", "runs"]);
    const { total, rows } = history.page({}, { by: "outcome", descending: false }, { offset: 0, limit: 100 });
    expect(total).toBe(9);
    expect(rows.map((row) => `${row.claimId} ${row.outcome}`)).toEqual([
      "bad failed",
      "back given_back",
      "done open",
      "mine open",
      "runs open",
      "clock-went-back success",
      "ok success",
      "gone superseded",
      "late timed_out",
    ]);
  });

  it("is migrated once, and opens like any other after that", () => {
    const file = version1File();
    openHistory(file, keptLog()).close();
    expect(opened(file).recent(100)).toHaveLength(RUNS.length);
  });

  it("stays as it was where it cannot be migrated", () => {
    // The name of the step's last index is taken: all before it is done by then.
    const file = version1File("CREATE TABLE other (a); CREATE INDEX runs_by_duration ON other (a);");
    expect(() => openHistory(file, keptLog())).toThrow("runs_by_duration");
    const db = new DatabaseSync(file);
    expect(db.prepare("PRAGMA user_version").get()).toEqual({ user_version: 1 });
    expect(db.prepare("SELECT count(*) AS n FROM runs WHERE result = '{}'").get()).toEqual({ n: 1 });
    db.close();
  });
});

describe("a history's file", () => {
  it("that is damaged is put aside, and a new one is begun", () => {
    const file = join(temporaryDirectory(), "history.db");
    writeFileSync(file, "this is no database, but it is long enough to be taken for one ".repeat(20));
    const log = keptLog();
    const history = openHistory(file, log);
    onTestFinished(() => history.close());
    expect(history.recent(1)).toEqual([]);
    expect(log.messages).toHaveLength(1);
    expect(readdirSync(dirname(file)).filter((name) => name.startsWith("history.db.damaged-"))).toHaveLength(1);
  });

  it("of a newer program is refused and left alone", () => {
    const file = version1File("PRAGMA user_version = 99;");
    expect(() => openHistory(file, keptLog())).toThrow("newer");
    expect(readdirSync(dirname(file)).some((name) => name.includes("damaged"))).toBe(false);
  });
});
