import { z } from "zod";
import { ClaimId } from "./claim.ts";
import { GridNodeId } from "./node.ts";
import { TaskId } from "./task.ts";
import { Timestamp } from "./timestamp.ts";

/** Bytes of each stream that a result keeps. */
export const OUTPUT_KEPT_BYTES = 10_240;

export const ResultReason = z.enum([
  "exited",
  "timed_out",
  "out_of_memory",
  "cancelled",
  "rejected",
  "output_refused",
  "engine_error",
]);
export type ResultReason = z.infer<typeof ResultReason>;

/** What a task was allowed to use, in absolute numbers. */
export const AppliedLimits = z.looseObject({
  cpus: z.number(),
  memory_bytes: z.int(),
  pids: z.int(),
  tmp_bytes: z.int(),
  timeout_seconds: z.int(),
});
export type AppliedLimits = z.infer<typeof AppliedLimits>;

/** `<task file>.log`: the first seven fields are the seed's, the others ours. */
export const TaskResult = z
  .looseObject({
    task_id: TaskId,
    node_id: GridNodeId,
    exit_code: z.int().meta({ description: "-1 where no process ended by itself" }),
    stdout: z.string(),
    stderr: z.string(),
    timestamp: Timestamp,
    status: z.enum(["success", "failed"]),
    claim_id: ClaimId.optional(),
    started_at: Timestamp.optional(),
    finished_at: Timestamp.optional(),
    duration_ms: z.int().min(0).optional(),
    reason: ResultReason.optional(),
    message: z.string().max(500).optional().meta({ description: "why, where the reason needs one" }),
    stdout_bytes: z.int().min(0).optional(),
    stderr_bytes: z.int().min(0).optional(),
    stdout_truncated: z.boolean().optional(),
    stderr_truncated: z.boolean().optional(),
    image: z.string().optional(),
    image_id: z.string().optional(),
    limits: AppliedLimits.optional(),
    attempts: z.int().min(1).optional(),
  })
  .meta({ title: "D-GRID result" });
export type TaskResult = z.infer<typeof TaskResult>;
