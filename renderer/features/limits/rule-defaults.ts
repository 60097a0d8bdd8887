/** What holds where the donor has chosen nothing, so that each rule can show it (settings/policy.ts has the schema). */
import type { Policy } from "../../../shared/settings/policy.ts";
import { GIBIBYTE, MEBIBYTE } from "./limit-rules.ts";

export const RULE_DEFAULTS = {
  onBattery: "suspend",
  whenActive: "keep",
  idleMinutes: 3,
  busyAbove: 0.25,
  exclusivePrograms: [],
  freeMemoryFloorBytes: 512 * MEBIBYTE,
  freeDiskFloorBytes: 5 * GIBIBYTE,
} satisfies Partial<Policy>;

/** As many programs, and characters of a name, as the settings take. */
export const PROGRAMS_MOST = 100;
export const PROGRAM_MOST_CHARACTERS = 200;

/** A list of programs as the settings take it: no blank names, none twice, none too long, not too many. */
export function programNames(typed: readonly string[]): string[] {
  const names = typed.map((name) => name.trim().slice(0, PROGRAM_MOST_CHARACTERS).toWellFormed());
  return [...new Set(names)].filter((name) => name !== "").slice(0, PROGRAMS_MOST);
}
