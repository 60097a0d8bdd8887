import { setTimeout as wait } from "node:timers/promises";
import type { Clock } from "../../engine/ports.ts";

/** The longest wait a Node timer can be set for. */
const LONGEST_MS = 2 ** 31 - 1;

/** For hosts that give no clock of their own: an adapter imports none of another's. */
export const machineClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  sleep: (ms, signal) =>
    wait(Math.min(Math.max(0, ms), LONGEST_MS), undefined, { signal }).catch((error: unknown) => {
      if (!signal.aborted) throw error;
    }),
};
