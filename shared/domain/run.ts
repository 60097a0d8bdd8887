import { z } from "zod";
import { ResultReason } from "./result.ts";

/**
 * Where a run on this machine stands.
 * `claiming` was written before the push that may have made it ours;
 * `finished` has a result that no grid has yet.
 */
export const RunState = z.enum([
  "claiming",
  "claimed",
  "running",
  "finished",
  "reported",
  "given_back",
  "superseded",
  "lost_race",
]);
export type RunState = z.infer<typeof RunState>;

export const Run = z.object({
  claim_id: z.string(),
  grid: z.string(),
  task_id: z.string(),
  /** The task file's path while in progress. */
  path: z.string(),
  state: RunState,
  attempt: z.int(),
  claimed_at_ms: z.number(),
  started_at_ms: z.number().nullable(),
  finished_at_ms: z.number().nullable(),
  /** When its result was pushed. */
  reported_at_ms: z.number().nullable(),
  /** When preparing its container began. */
  starting_at_ms: z.number().nullable(),
  /** Time running, frozen time left out, ms. */
  duration_ms: z.number().nullable(),
  exit_code: z.int().nullable(),
  reason: ResultReason.nullable(),
  /** The result as it is to be committed: JSON text, or null before the run ended. */
  result: z.string().nullable(),
  /** What ran: the task's script, or null where it is no longer kept. */
  script: z.string().nullable(),
  /** Whether the donor ended it by hand; its task is not taken here again. */
  stopped: z.boolean(),
});
export type Run = z.infer<typeof Run>;
