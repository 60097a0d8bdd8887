import { randomUUID } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import type { Clock, Random } from "../../engine/ports.ts";

/** The longest wait a Node timer can be set for. */
const LONGEST_MS = 2 ** 31 - 1;

export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  sleep: (ms, signal) =>
    wait(Math.min(Math.max(0, ms), LONGEST_MS), undefined, { signal }).catch((error: unknown) => {
      // Ending a wait early is what the signal is for.
      if (!signal.aborted) throw error;
    }),
};

export const systemRandom: Random = { next: () => Math.random(), id: () => randomUUID() };
