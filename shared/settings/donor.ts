import { z } from "zod";
import { OwnNodeId } from "../domain/node.ts";
import { Mode } from "./policy.ts";

/** What of the donor survives a restart, beside the limits and rules: who we are and the switch. */
export const DonorState = z.strictObject({
  version: z.literal(1),
  nodeId: OwnNodeId,
  /** Random, of this data directory: tells two machines with one node id apart. */
  instanceId: z.uuid(),
  mode: Mode,
});
export type DonorState = z.infer<typeof DonorState>;
