import { failure, success, type Outcome } from "../../../shared/contract/fault.ts";
import { ask } from "./engine-answer.ts";
import { record, type Engine } from "./engine.ts";

/** A limit has to leave this much above what is in use, which grows while it is looked at. */
const ROOM = 1.05;

/**
 * Whether a container's use leaves room under a lower limit. Asked first, because cgroup v2
 * accepts a limit below the use and then ends the container for it.
 */
export async function fitsMemory(engine: Engine, id: string, memoryBytes: number): Promise<Outcome<void>> {
  const stats = await ask(
    "read the container's memory use",
    () => engine.container(id).stats({ stream: false, "one-shot": true }) as Promise<unknown>,
  );
  if (!stats.ok) return stats;
  const memory = record(record(stats.value).memory_stats);
  const details = record(memory.stats);
  // Pages of files that the kernel can drop at once: named differently in cgroup v1 and v2.
  const droppable = bytes(details.total_inactive_file ?? details.inactive_file);
  const usedBytes = bytes(memory.usage) - droppable;
  if (usedBytes * ROOM <= memoryBytes) return success(undefined);
  return failure("container_failed", `it uses ${usedBytes} bytes of memory, too much for a limit of ${memoryBytes}`);
}

function bytes(value: unknown): number {
  return typeof value === "number" ? value : 0;
}
