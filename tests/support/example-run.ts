import type { Run } from "../../shared/domain/run.ts";
import type { HistoryStore, Log } from "../../main/engine/ports.ts";

/** A run that succeeded, but for what is said otherwise. */
export function exampleRun(claimId: string, fields: Partial<Run> = {}): Run {
  return {
    claim_id: claimId,
    grid: "https://git.example.org/grid.git",
    task_id: `task-${claimId}`,
    path: `tasks/in_progress/node-1-task-${claimId}.json`,
    state: "reported",
    attempt: 1,
    claimed_at_ms: 1_000,
    starting_at_ms: 1_100,
    started_at_ms: 1_200,
    finished_at_ms: 3_200,
    reported_at_ms: 3_300,
    duration_ms: 1_500,
    exit_code: 0,
    reason: "exited",
    result: null,
    script: null,
    stopped: false,
    ...fields,
  };
}

/** Saves, or fails the test. */
export function mustSave(history: HistoryStore, ...runs: readonly Run[]): void {
  const saved = history.save(runs);
  if (!saved.ok) throw new Error(saved.fault.detail);
}

/** A log whose messages are kept. */
export function keptLog(): Log & { readonly messages: string[] } {
  const messages: string[] = [];
  const say = (_: unknown, message: string): void => void messages.push(message);
  return { messages, debug: say, info: say, warn: say, error: say };
}
