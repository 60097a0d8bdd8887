import { failure, success, type Outcome } from "../../../shared/contract/fault.ts";
import { readStats } from "./container-stats.ts";
import type { Engine } from "./engine.ts";

/** A limit has to leave this much above what is in use, which grows while it is looked at. */
const ROOM = 1.05;

/**
 * Whether a container's use leaves room under a lower limit. Asked first, because cgroup v2
 * accepts a limit below the use and then ends the container for it.
 */
export async function fitsMemory(engine: Engine, id: string, memoryBytes: number): Promise<Outcome<void>> {
  const stats = await readStats(engine, id);
  if (!stats.ok) return stats;
  const usedBytes = stats.value.memoryBytes;
  if (usedBytes * ROOM <= memoryBytes) return success(undefined);
  return failure("container_failed", `it uses ${usedBytes} bytes of memory, too much for a limit of ${memoryBytes}`);
}
