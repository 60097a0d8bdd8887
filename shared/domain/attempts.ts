import { z } from "zod";
import { GridNodeId } from "./node.ts";
import { TaskId } from "./task.ts";
import { Timestamp } from "./timestamp.ts";

/** Lost claims after which a task is failed rather than queued again. */
export const ATTEMPTS_MAX = 3;

export const Attempt = z.looseObject({
  claim_id: z.string().max(64).nullable().meta({ description: "null for a worker of the seed" }),
  node_id: GridNodeId,
  reason: z.enum(["expired", "given_back"]),
  returned_by: GridNodeId,
  returned_at: Timestamp,
});
export type Attempt = z.infer<typeof Attempt>;

/** `tasks/attempts/<task_id>.json`: only for tasks that lost a claim. */
export const Attempts = z
  .looseObject({ task_id: TaskId, attempts: z.array(Attempt).max(1000) })
  .meta({ title: "D-GRID attempts" });
export type Attempts = z.infer<typeof Attempts>;
