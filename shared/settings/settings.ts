import { z } from "zod";
import { parseGridAddress } from "../domain/grid-address.ts";
import { Limits } from "../domain/limits.ts";
import { ImageRef } from "../domain/task.ts";
import { Policy } from "./policy.ts";

/** Names a grid among the donor's own: derived from its address, so that one address is one grid. */
export const GridId = z.string().regex(/^[0-9a-f]{16}$/);
export type GridId = z.infer<typeof GridId>;

/** A grid the donor gives to. `weight` is its share of the compute seconds beside the others'. */
export const GridSetting = z.strictObject({
  id: GridId,
  url: z
    .string()
    .max(2000)
    .refine((url) => !("problem" in parseGridAddress(url)), "not an address that is safe to use"),
  enabled: z.boolean().default(true),
  weight: z.int().min(1).max(100).default(1),
});
export type GridSetting = z.infer<typeof GridSetting>;

export const Images = z.strictObject({
  default: ImageRef.default("python:3.11-alpine").meta({ description: "for tasks that name none" }),
  allowed: z.array(ImageRef).max(100).default([]).meta({ description: "allowed beside the default" }),
  pull: z.boolean().default(true).meta({ description: "whether a missing image may be pulled" }),
});
export type Images = z.infer<typeof Images>;

export const Theme = z.enum(["system", "light", "dark"]);
export type Theme = z.infer<typeof Theme>;

/** Languages that have a catalogue; "system" is what the browser or the system asks for. */
export const Language = z.enum(["system", "en", "de"]);
export type Language = z.infer<typeof Language>;

const { cpus, memoryBytes, parallel, pids, tmpBytes } = Limits.shape;

/** What only the desktop application does; the headless worker keeps it and leaves it alone. */
export const Desktop = z.strictObject({
  openAtLogin: z.boolean().default(false),
  startHidden: z.boolean().default(true).meta({ description: "whether a start at login shows no window" }),
  notify: z
    .strictObject({
      taskFailed: z.boolean().default(true),
      gridUnreachable: z.boolean().default(true),
      allDone: z.boolean().default(true),
    })
    .prefault({}),
  updates: z.boolean().default(true).meta({ description: "whether new versions are looked for and fetched" }),
  onQuit: z
    .enum(["ask", "finish", "give_back"])
    .default("ask")
    .meta({ description: "what becomes of running tasks when the application is quit" }),
});
export type Desktop = z.infer<typeof Desktop>;

/** Limits as the donor chose them; what is absent follows the machine, so nothing is filled in here. */
export const ChosenLimits = z.strictObject({
  cpus: cpus.optional(),
  memoryBytes: memoryBytes.optional(),
  parallel: parallel.optional(),
  pids: pids.unwrap().optional(),
  tmpBytes: tmpBytes.unwrap().optional(),
});
export type ChosenLimits = z.infer<typeof ChosenLimits>;

/**
 * Everything the donor decides, as it is stored, exported and imported: one file. What identifies
 * this machine and the switch are not in it (`DonorState`), nor is any secret.
 */
export const Settings = z.strictObject({
  version: z.literal(1).default(1),
  grids: z.array(GridSetting).max(100).default([]),
  limits: ChosenLimits.default({}),
  policy: Policy.prefault({}),
  images: Images.prefault({}),
  history: z
    .strictObject({
      keepDays: z.int().min(1).max(36_500).nullable().default(null).meta({ description: "null: kept until deleted" }),
    })
    .prefault({}),
  appearance: z.strictObject({ theme: Theme.default("system"), language: Language.default("system") }).prefault({}),
  desktop: Desktop.prefault({}),
  setUp: z.boolean().default(false).meta({ description: "whether the first run was completed or skipped" }),
});
export type Settings = z.infer<typeof Settings>;

/** A change of settings: whole sections, so that two pages cannot mix halves of one. Grids have methods of their own. */
export const SettingsPatch = z.strictObject({
  limits: ChosenLimits.optional(),
  policy: Policy.optional(),
  images: Images.optional(),
  history: z.strictObject({ keepDays: z.int().min(1).max(36_500).nullable() }).optional(),
  appearance: z.strictObject({ theme: Theme, language: Language }).optional(),
  desktop: Desktop.optional(),
  setUp: z.boolean().optional(),
});
export type SettingsPatch = z.infer<typeof SettingsPatch>;
