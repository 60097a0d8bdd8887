import { success, type Outcome } from "../../../shared/contract/fault.ts";
import { ask, type AskOptions } from "./engine-answer.ts";
import { record, type Engine } from "./engine.ts";

/** What a container has used and uses, as its control group counts it. */
export interface ContainerStats {
  /** CPU time of all its processes since its start, ns. */
  readonly cpuNs: number;
  /** Memory that the kernel could not have back at once. */
  readonly memoryBytes: number;
}

/** Reads the counters of a container once, without the engine's own second look a second later. */
export async function readStats(
  engine: Engine,
  id: string,
  options: AskOptions = {},
): Promise<Outcome<ContainerStats>> {
  const stats = await ask(
    "read the container's use",
    (abortSignal) => {
      // A variable, because the declared type forgets that the request can be aborted.
      const once = { stream: false, "one-shot": true, abortSignal } as const;
      return engine.container(id).stats(once);
    },
    options,
  );
  return stats.ok ? success(statsOf(stats.value)) : stats;
}

/** The counters in an engine's answer, with control groups of version 1 or 2. */
export function statsOf(answer: unknown): ContainerStats {
  const { memory_stats: memoryStats, cpu_stats: cpuStats } = record(answer);
  const memory = record(memoryStats);
  const details = record(memory.stats);
  // Pages of files that the kernel can drop at once: named differently in cgroup v1 and v2.
  const droppable = count(details.total_inactive_file ?? details.inactive_file);
  return {
    cpuNs: count(record(record(cpuStats).cpu_usage).total_usage),
    memoryBytes: Math.max(0, count(memory.usage) - droppable),
  };
}

/** A container that has just ended has no counters any more: nothing is what it uses. */
function count(value: unknown): number {
  return typeof value === "number" ? value : 0;
}
