/** What limits mean together, and limits for one click. Pure; the engine decides, this only foresees it. */
import type { MachineView } from "../../../shared/contract/views.ts";
import type { Limits } from "../../../shared/domain/limits.ts";
import type { ChosenLimits } from "../../../shared/settings/settings.ts";

export const MEBIBYTE = 1024 ** 2;
export const GIBIBYTE = 1024 ** 3;

/** What a container needs beside its /tmp: 16 MiB of shared memory and 64 MiB to work (domain/limits.ts). */
const BESIDE_TMP_BYTES = 80 * MEBIBYTE;
/** The least memory the settings take, all tasks together. */
export const MEMORY_LEAST_BYTES = 144 * MEBIBYTE;

export type Capacity = Pick<MachineView, "cpuCount" | "memoryBytes">;

export const PRESETS = ["light", "balanced", "generous"] as const;
export type Preset = (typeof PRESETS)[number];

/** The least memory that all tasks side by side need, so that each of them can start. */
export function leastMemoryBytes(tmpBytes: number, tasks: number): number {
  return Math.max(MEMORY_LEAST_BYTES, (tmpBytes + BESIDE_TMP_BYTES) * tasks);
}

/** How many tasks the memory is enough for; at least one is always asked for. */
export function tasksThatFit({ memoryBytes, tmpBytes }: Pick<Limits, "memoryBytes" | "tmpBytes">): number {
  return Math.max(1, Math.floor(memoryBytes / (tmpBytes + BESIDE_TMP_BYTES)));
}

/** A preset's limits on this machine. The size of a single task (processes, /tmp) stays as it is. */
export function presetLimits(preset: Preset, machine: Capacity, defaults: Limits, tmpBytes: number): Limits {
  if (preset === "balanced") return defaults;
  const share = preset === "light" ? { cpus: 0.25, memory: 0.125 } : { cpus: 0.9, memory: 0.6 };
  const cpus = Math.max(preset === "light" ? 0.5 : 1, roundedTo(machine.cpuCount * share.cpus, 0.5));
  const memoryBytes = roundedTo(machine.memoryBytes * share.memory, 64 * MEBIBYTE);
  const wanted = preset === "light" ? 1 : Math.max(1, Math.floor(cpus));
  const most = Math.max(MEMORY_LEAST_BYTES, memoryBytes);
  const parallel = Math.min(wanted, tasksThatFit({ memoryBytes: most, tmpBytes }), 16);
  return { ...defaults, cpus, memoryBytes: Math.max(most, leastMemoryBytes(tmpBytes, parallel)), parallel };
}

/** The limits as settings hold them after a preset; the default one follows the machine from then on. */
export function chosenBy(preset: Preset, limits: Limits, chosen: ChosenLimits): ChosenLimits {
  const { cpus: _cpus, memoryBytes: _memoryBytes, parallel: _parallel, ...perTask } = chosen;
  if (preset === "balanced") return perTask;
  return { ...perTask, cpus: limits.cpus, memoryBytes: limits.memoryBytes, parallel: limits.parallel };
}

/** The preset whose limits these are, if any. */
export function presetOf(inForce: Limits, machine: Capacity, defaults: Limits): Preset | undefined {
  return PRESETS.find((preset) => {
    const limits = presetLimits(preset, machine, defaults, inForce.tmpBytes);
    return (
      limits.cpus === inForce.cpus && limits.memoryBytes === inForce.memoryBytes && limits.parallel === inForce.parallel
    );
  });
}

function roundedTo(value: number, step: number): number {
  return Math.round(value / step) * step;
}
