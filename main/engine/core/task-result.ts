import type { TaskResult } from "../../../shared/domain/result.ts";
import type { Share } from "../../../shared/domain/limits.ts";
import { formatTimestamp } from "../../../shared/domain/timestamp.ts";
import type { ContainerOutcome } from "./container-outcome.ts";

export interface RunFacts {
  readonly taskId: string;
  readonly nodeId: string;
  readonly claimId: string;
  readonly attempt: number;
  readonly image: string;
  readonly share: Share;
  readonly timeoutSeconds: number;
}

/** The result of a run as it is committed. Success is a process that ended by itself with 0. */
export function taskResult(facts: RunFacts, outcome: ContainerOutcome, nowEpochMs: number): TaskResult {
  const succeeded = outcome.reason === "exited" && outcome.exitCode === 0;
  return {
    task_id: facts.taskId,
    node_id: facts.nodeId,
    exit_code: outcome.exitCode,
    stdout: outcome.stdout.text,
    stderr: outcome.stderr.text,
    timestamp: formatTimestamp(nowEpochMs),
    status: succeeded ? "success" : "failed",
    claim_id: facts.claimId,
    started_at: formatTimestamp(outcome.startedAtMs),
    finished_at: formatTimestamp(outcome.finishedAtMs),
    duration_ms: Math.max(0, Math.round(outcome.durationMs)),
    reason: outcome.reason === "interrupted" ? "engine_error" : outcome.reason,
    ...(outcome.message === undefined ? {} : { message: outcome.message.slice(0, 500) }),
    stdout_bytes: outcome.stdout.bytes,
    stderr_bytes: outcome.stderr.bytes,
    stdout_truncated: outcome.stdout.truncated,
    stderr_truncated: outcome.stderr.truncated,
    image: facts.image,
    image_id: outcome.imageId,
    limits: {
      cpus: facts.share.cpus,
      memory_bytes: facts.share.memoryBytes,
      pids: facts.share.pids,
      tmp_bytes: facts.share.tmpBytes,
      timeout_seconds: facts.timeoutSeconds,
    },
    attempts: facts.attempt,
  };
}

/** The same result without what the task wrote: a server refused the commit because of it. */
export function withheld(result: TaskResult): TaskResult {
  return {
    ...result,
    stdout: "",
    stderr: "",
    reason: "output_refused",
    message: "the grid's server refused the output, so it was withheld",
  };
}
