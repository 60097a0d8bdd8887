import { z } from "zod";
import { LEASE_DEFAULT_SECONDS, LEASE_MAX_SECONDS } from "./claim.ts";
import { ImageRef } from "./task.ts";

/**
 * `grid.json`: optional settings of a grid. It may only narrow what a donor allows.
 * An unknown field is ignored, so that older workers survive newer grids.
 */
export const GridSettings = z
  .looseObject({
    protocol: z.literal(1).default(1),
    images: z.array(ImageRef).max(100).optional().meta({ description: "absent: any the donor allows" }),
    require_signatures: z.boolean().default(false),
    heartbeat_seconds: z.int().min(5).max(3600).default(60),
    lease_seconds: z.int().min(60).max(LEASE_MAX_SECONDS).default(LEASE_DEFAULT_SECONDS),
    push_budget_per_minute: z.number().min(0.1).max(100_000).default(6),
  })
  .meta({ title: "D-GRID grid settings" });
export type GridSettings = z.infer<typeof GridSettings>;

export const GRID_DEFAULTS: GridSettings = GridSettings.parse({});
