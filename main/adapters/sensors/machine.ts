import { statfsSync } from "node:fs";
import { availableParallelism, hostname, totalmem } from "node:os";
import type { Machine } from "../../engine/ports.ts";

/** What this machine has; the disk is the one that holds `directory`. */
export function thisMachine(directory: string): Machine {
  const disk = statfsSync(directory);
  return {
    name: hostname(),
    cpuCount: availableParallelism(),
    memoryBytes: totalmem(),
    diskBytes: disk.bsize * disk.blocks,
  };
}
