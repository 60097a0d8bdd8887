import { describe, expect, it } from "vitest";
import { fault } from "../../shared/contract/fault.ts";
import type { HistoryRow, OutcomeKind } from "../../shared/contract/views.ts";
import { Notices, type Moment } from "./notices.ts";

function row(claimId: string, outcome: OutcomeKind): HistoryRow {
  return {
    claimId,
    grid: "g",
    taskId: `task-${claimId}`,
    state: "reported",
    outcome,
    reason: null,
    exitCode: null,
    attempt: 1,
    claimedAtMs: 0,
    startedAtMs: null,
    finishedAtMs: null,
    reportedAtMs: null,
    durationMs: null,
  };
}

function moment(changes: Partial<Moment> = {}): Moment {
  return { nowMs: 0, grids: [], live: [], idle: false, row: () => undefined, ...changes };
}

describe("a run that is over", () => {
  it.each([
    ["failed", 1],
    ["timed_out", 1],
    ["out_of_memory", 1],
    ["success", 0],
    ["stopped", 0],
    ["given_back", 0],
  ] as const)("%s is told %d times", (outcome, times) => {
    const notices = new Notices();
    notices.at(moment({ live: ["a", "b"] }));
    const told = notices.at(moment({ live: ["b"], row: (claimId) => row(claimId, outcome) }));
    expect(told).toHaveLength(times);
    expect(notices.at(moment({ live: ["b"], row: (claimId) => row(claimId, outcome) }))).toEqual([]);
  });
});

describe("a grid", () => {
  const away = [{ id: "1", name: "grid", fault: fault("grid_unreachable") }];
  const MINUTE_MS = 60_000;

  it("that stays away is told once, after five minutes, and again after it was back", () => {
    const notices = new Notices();
    expect(notices.at(moment({ grids: away }))).toEqual([]);
    expect(notices.at(moment({ grids: away, nowMs: 4 * MINUTE_MS }))).toEqual([]);
    expect(notices.at(moment({ grids: away, nowMs: 5 * MINUTE_MS }))).toMatchObject([{ kind: "gridUnreachable" }]);
    expect(notices.at(moment({ grids: away, nowMs: 60 * MINUTE_MS }))).toEqual([]);
    notices.at(moment({ grids: [{ id: "1", name: "grid", fault: undefined }], nowMs: 61 * MINUTE_MS }));
    notices.at(moment({ grids: away, nowMs: 62 * MINUTE_MS }));
    expect(notices.at(moment({ grids: away, nowMs: 67 * MINUTE_MS }))).toHaveLength(1);
  });

  it("that is away for a moment is not told", () => {
    const notices = new Notices();
    notices.at(moment({ grids: away }));
    notices.at(moment({ grids: [{ id: "1", name: "grid", fault: undefined }], nowMs: MINUTE_MS }));
    expect(notices.at(moment({ grids: away, nowMs: 6 * MINUTE_MS }))).toEqual([]);
  });
});

it("tasks that fail one after the other are told once in ten minutes", () => {
  const notices = new Notices();
  const told = [0, 1, 2, 11].map((minute) => {
    notices.at(moment({ live: [`run-${minute}`], nowMs: minute * 60_000 }));
    return notices.at(moment({ nowMs: minute * 60_000, row: (claimId) => row(claimId, "failed") })).length;
  });
  expect(told).toEqual([1, 0, 0, 1]);
});

it("everything done is told once, and only after work", () => {
  const notices = new Notices();
  expect(notices.at(moment({ idle: true }))).toEqual([]);
  notices.at(moment({ live: ["a"] }));
  expect(notices.at(moment({ idle: true }))).toEqual([{ kind: "allDone" }]);
  expect(notices.at(moment({ idle: true }))).toEqual([]);
});
