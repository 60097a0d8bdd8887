import { z } from "zod";

/** Minutes of a day, 0..1440; an end before its start crosses midnight. */
const MinuteOfDay = z.int().min(0).max(1440);

/** A weekly window in local time. `days` are those on which it starts, 0 is Sunday. */
export const Window = z.strictObject({
  days: z.array(z.int().min(0).max(6)).min(1),
  startMinute: MinuteOfDay,
  endMinute: MinuteOfDay,
});
export type Window = z.infer<typeof Window>;

/** The donor's rules (donor policy, "Rules"). Every field has the default of that table. */
export const Policy = z.strictObject({
  onBattery: z.enum(["suspend", "keep"]).default("suspend"),
  freeMemoryFloorBytes: z
    .int()
    .min(0)
    .default(512 * 1024 * 1024),
  windows: z.array(Window).max(100).default([]).meta({ description: "empty: always on" }),
  whenActive: z.enum(["keep", "suspend"]).default("keep"),
  idleMinutes: z.number().min(0.5).max(240).default(3),
  exclusivePrograms: z.array(z.string().min(1).max(200)).max(100).default([]),
  busyAbove: z.number().min(0.01).max(1).default(0.25).meta({ description: "share of the CPU, 0..1" }),
  tasksPerHour: z.int().min(1).optional().meta({ description: "absent: unlimited" }),
  freeDiskFloorBytes: z
    .int()
    .min(0)
    .default(5 * 1024 ** 3),
});
export type Policy = z.infer<typeof Policy>;

/** What the donor switched on; persisted, so that a timed pause survives a restart. */
export const Mode = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("off") }),
  z.strictObject({ kind: z.literal("donate") }),
  z.strictObject({ kind: z.literal("always") }),
  z.strictObject({
    kind: z.literal("paused"),
    untilMs: z.number().optional().meta({ description: "ms since the epoch; absent: until resumed" }),
    resumeAs: z.enum(["donate", "always"]),
  }),
  z.strictObject({ kind: z.literal("finishing"), resumeAs: z.enum(["donate", "always"]) }),
]);
export type Mode = z.infer<typeof Mode>;
