import { z } from "zod";
import { GridNodeId } from "./node.ts";
import { TaskId } from "./task.ts";
import { Timestamp } from "./timestamp.ts";

export const LEASE_DEFAULT_SECONDS = 600;
export const LEASE_MAX_SECONDS = 3600;

export const ClaimId = z.string().regex(/^[A-Za-z0-9-]{8,64}$/, "8-64 of A-Z a-z 0-9 -");
export type ClaimId = z.infer<typeof ClaimId>;

/** Who works on a task, and for how long: the `.claim` file beside a task in progress. */
export const Claim = z
  .looseObject({
    claim_id: ClaimId,
    node_id: GridNodeId,
    instance_id: z.string().min(1).max(64),
    task_id: TaskId,
    claimed_at: Timestamp,
    lease_seconds: z.int().min(1).max(LEASE_MAX_SECONDS).default(LEASE_DEFAULT_SECONDS),
    renewal: z.int().min(0).default(0).meta({ description: "counts renewals; any change renews" }),
    attempt: z.int().min(1).default(1),
  })
  .meta({ title: "D-GRID claim" });
export type Claim = z.infer<typeof Claim>;
