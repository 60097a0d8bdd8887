import { leastMemoryBytes, MEBIBYTE, type Limits } from "../domain/limits.ts";
import type { Images, Settings } from "./settings.ts";
import type { Policy } from "./policy.ts";

/** What the environment or a flag decides; it wins over what the donor chose in the interface. */
export interface Given {
  readonly cpus?: number;
  readonly memoryBytes?: number;
  readonly parallel?: number;
  readonly tasksPerHour?: number;
  readonly image?: string;
  readonly images?: readonly string[];
}

/** What is in force: everything the engine has to keep to. */
export interface Rules {
  readonly limits: Limits;
  readonly policy: Policy;
  readonly images: Images;
}

interface Capacity {
  readonly cpuCount: number;
  readonly memoryBytes: number;
}

const PARALLEL_BY_DEFAULT = 4;
const PIDS = 64;
const TMP_BYTES = 64 * MEBIBYTE;

/**
 * Limits in force: the environment's, else the donor's, else the machine's default (half the cores,
 * a quarter of the memory, one task a core up to four). As many tasks side by side as the memory
 * has room for; what the donor chose on a larger machine is cut to this one.
 */
export function effectiveLimits(chosen: Settings["limits"], given: Given, machine: Capacity): Limits {
  const cpus = given.cpus ?? Math.min(chosen.cpus ?? Math.max(1, machine.cpuCount / 2), machine.cpuCount);
  const wanted = chosen.memoryBytes ?? Math.floor(machine.memoryBytes / 4);
  const memoryBytes = given.memoryBytes ?? Math.max(leastMemoryBytes(MEBIBYTE), Math.min(wanted, machine.memoryBytes));
  // /tmp is held in memory: it never raises the limit, it is cut to what the limit has room for.
  const tmpBytes = Math.max(MEBIBYTE, Math.min(chosen.tmpBytes ?? TMP_BYTES, memoryBytes - leastMemoryBytes(0)));
  const least = leastMemoryBytes(tmpBytes);
  const parallel = given.parallel ?? chosen.parallel ?? Math.min(PARALLEL_BY_DEFAULT, Math.max(1, Math.floor(cpus)));
  return {
    cpus,
    memoryBytes,
    parallel: Math.max(1, Math.min(parallel, Math.floor(memoryBytes / least))),
    pids: chosen.pids ?? PIDS,
    tmpBytes,
  };
}

export function effectiveRules(settings: Settings, given: Given, machine: Capacity): Rules {
  const { policy, images } = settings;
  return {
    limits: effectiveLimits(settings.limits, given, machine),
    policy: given.tasksPerHour === undefined ? policy : { ...policy, tasksPerHour: given.tasksPerHour },
    images: {
      default: given.image ?? images.default,
      allowed: given.images === undefined ? images.allowed : [...given.images],
      pull: images.pull,
    },
  };
}
