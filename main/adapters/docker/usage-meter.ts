import type { Use } from "../../../shared/contract/views.ts";
import type { ContainerStats } from "./container-stats.ts";

/** Turns a container's growing count of CPU time into cores in use. */
export class UsageMeter {
  #last: { readonly cpuNs: number; readonly atMs: number } | undefined;

  /**
   * The use since the call before; no cores at the first, which has nothing to compare with.
   *
   * @param nowMs monotonic.
   */
  read({ cpuNs, memoryBytes }: ContainerStats, nowMs: number): Use {
    const last = this.#last;
    // Of two questions under way at once the later answer may be the earlier reading: it says nothing new.
    if (last !== undefined && (nowMs <= last.atMs || cpuNs < last.cpuNs)) return { cpus: 0, memoryBytes };
    this.#last = { cpuNs, atMs: nowMs };
    return { cpus: last === undefined ? 0 : (cpuNs - last.cpuNs) / 1e6 / (nowMs - last.atMs), memoryBytes };
  }
}
