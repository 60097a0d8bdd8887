import { z } from "zod";
import { Timestamp } from "./timestamp.ts";

/** The ids we give ourselves. */
export const OwnNodeId = z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/, "1-40 of a-z 0-9 -, not starting with -");
export type OwnNodeId = z.infer<typeof OwnNodeId>;

/** Any id the seed's workers could have written: one path segment, nothing that moves in a path. */
export const GridNodeId = z
  .string()
  .min(1)
  .max(128)
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused.
  .refine((id) => !/[/\\\u0000-\u001f\u007f]/.test(id) && id !== "." && id !== "..", "not one safe path segment");
export type GridNodeId = z.infer<typeof GridNodeId>;

export const NodeStatus = z.enum(["active", "paused", "offline"]);
export type NodeStatus = z.infer<typeof NodeStatus>;

/** `nodes/<node_id>.json`: who gives, what machine, when last heard of. */
export const Node = z
  .looseObject({
    node_id: GridNodeId,
    node_name: z.string().max(200).optional(),
    cpu_count: z.number().min(0).optional(),
    memory_gb: z.number().min(0).optional(),
    disk_gb: z.number().min(0).optional(),
    last_heartbeat: Timestamp,
    status: NodeStatus.catch("active"),
    instance_id: z.string().max(64).optional(),
    version: z.string().max(40).optional(),
    limits: z.looseObject({ cpus: z.number(), memory_mb: z.number(), parallel: z.number() }).optional(),
    running: z.int().min(0).optional(),
  })
  .meta({ title: "D-GRID node" });
export type Node = z.infer<typeof Node>;
