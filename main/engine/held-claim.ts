import type { TaskResult } from "../../shared/domain/result.ts";
import type { Run, RunState } from "../../shared/domain/run.ts";
import type { Task } from "../../shared/domain/task.ts";
import type { RunningContainer } from "./ports.ts";

/**
 * A claim of ours, from the push that made it ours to the push that ends it.
 * waiting: not started. starting, running: in a container. finished: its result is to be
 * reported. returning: it is to be given back.
 */
export type HeldState = "waiting" | "starting" | "running" | "finished" | "returning";

export interface Held {
  readonly claimId: string;
  readonly taskId: string;
  readonly grid: string;
  readonly path: string;
  readonly task: Task;
  readonly attempt: number;
  readonly leaseMs: number;
  readonly claimedAtMs: number;
  state: HeldState;
  /** Monotonic ms of the last commit that showed us alive to the others. */
  renewedAtMs: number;
  /** When preparing its container began. */
  startingAtMs: number | undefined;
  startedAtMs: number | undefined;
  finishedAtMs: number | undefined;
  /** When its result was pushed. */
  reportedAtMs: number | undefined;
  /** Time it ran, frozen time left out. */
  durationMs: number | undefined;
  /** The donor ended it by hand. */
  stopped: boolean;
  result: TaskResult | undefined;
  /** Whether history knows the result; a full disk may keep it in memory alone for a while. */
  saved: boolean;
  container: RunningContainer | undefined;
  failedStarts: number;
  /** Times the engine went away under it. */
  interruptions: number;
  /** Monotonic ms before which it is not started again. */
  notBeforeMs: number;
  /** Monotonic ms since which the container is frozen. */
  frozenSinceMs: number | undefined;
}

/** Stands where only a result is left of a run; no task has it. */
export const UNKNOWN_SCRIPT = "";

/** A claim as one row of the history. */
export function runOf(held: Held, state: RunState): Run {
  return {
    claim_id: held.claimId,
    grid: held.grid,
    task_id: held.taskId,
    path: held.path,
    state,
    attempt: held.attempt,
    claimed_at_ms: held.claimedAtMs,
    started_at_ms: held.startedAtMs ?? null,
    finished_at_ms: held.finishedAtMs ?? null,
    reported_at_ms: held.reportedAtMs ?? null,
    starting_at_ms: held.startingAtMs ?? null,
    duration_ms: held.durationMs ?? null,
    exit_code: held.result?.exit_code ?? null,
    reason: held.result?.reason ?? null,
    result: held.result === undefined ? null : JSON.stringify(held.result),
    script: held.task.script === UNKNOWN_SCRIPT ? null : held.task.script,
    stopped: held.stopped,
  };
}

/** What history says of a claim that is still open. */
export function openState(held: Held): RunState {
  switch (held.state) {
    case "waiting":
    case "returning":
      return "claimed";
    case "starting":
    case "running":
      return "running";
    case "finished":
      return "finished";
  }
}
