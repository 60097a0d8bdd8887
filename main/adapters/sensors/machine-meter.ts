import { statfsSync } from "node:fs";
import { cpus, totalmem } from "node:os";
import type { MachineMeter } from "../../engine/ports.ts";

/** What this machine does now; the disk is the one that holds `directory`. */
export function machineMeter(directory: string): MachineMeter {
  let before = ticks();
  return {
    use: () => {
      const now = ticks();
      const total = now.total - before.total;
      const share = total <= 0 ? 0 : (now.busy - before.busy) / total;
      before = now;
      return { cpus: share * now.cores, memoryBytes: totalmem() - process.availableMemory() };
    },
    freeDiskBytes: () => {
      try {
        const disk = statfsSync(directory, { bigint: false });
        return disk.bavail * disk.bsize;
      } catch (error) {
        // A disk that was unplugged tells nothing; what needs it says so itself.
        if (error instanceof Error && "code" in error) return undefined;
        throw error;
      }
    },
  };
}

/** Time of all cores since the start of the system, in ms. */
function ticks(): { readonly busy: number; readonly total: number; readonly cores: number } {
  let busy = 0;
  let total = 0;
  const cores = cpus();
  for (const { times } of cores) {
    const all = times.user + times.nice + times.sys + times.idle + times.irq;
    total += all;
    busy += all - times.idle;
  }
  return { busy, total, cores: cores.length };
}
