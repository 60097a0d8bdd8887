import { systemClock } from "../../main/adapters/sensors/clock.ts";
import type { Clock } from "../../main/engine/ports.ts";

/**
 * A clock that runs `factor` times as fast, its wall time off by `skewMs`: leases of minutes are
 * seen to pass in seconds, and machines disagree about the time as they do in the field.
 */
export function acceleratedClock(factor: number, skewMs = 0): Clock {
  const startedAt = Date.now();
  return {
    now: () => startedAt + (Date.now() - startedAt) * factor + skewMs,
    monotonic: () => performance.now() * factor,
    sleep: (ms, signal) => systemClock.sleep(ms / factor, signal),
  };
}
