import { leastMemoryBytes, MEBIBYTE, type Limits, type Share } from "../../../shared/domain/limits.ts";
import type { Resources } from "../../../shared/domain/task.ts";

/** The least CPU a container can be given a quota for. */
const LEAST_CPUS = 0.05;

/**
 * The share a task gets, or undefined where it can never fit. Without wishes of its own it is an
 * even part of the limits; with more than that it runs with fewer beside it.
 */
export function shareFor(limits: Limits, resources: Resources | undefined): Share | undefined {
  const least = leastMemoryBytes(limits.tmpBytes);
  const even = { cpus: limits.cpus / limits.parallel, memoryBytes: Math.floor(limits.memoryBytes / limits.parallel) };
  const cpus = Math.max(LEAST_CPUS, resources?.cpus ?? even.cpus);
  const memoryBytes =
    resources?.memory_mb === undefined ? even.memoryBytes : Math.max(resources.memory_mb * MEBIBYTE, least);
  if (cpus > limits.cpus || memoryBytes > limits.memoryBytes || memoryBytes < least) return undefined;
  return { cpus, memoryBytes, pids: limits.pids, tmpBytes: limits.tmpBytes };
}

/** Whether one more share fits beside those that run: together they never exceed the limits. */
export function fits(limits: Limits, running: readonly Share[], share: Share): boolean {
  if (running.length >= limits.parallel) return false;
  const cpus = running.reduce((sum, one) => sum + one.cpus, share.cpus);
  const memoryBytes = running.reduce((sum, one) => sum + one.memoryBytes, share.memoryBytes);
  return cpus <= limits.cpus + 1e-9 && memoryBytes <= limits.memoryBytes;
}
