/**
 * How busy the machine is with everything but our own containers: a share of all its cores, averaged
 * over ten seconds (donor policy, "the machine is busy").
 */
import type { Clock, MachineMeter } from "../engine/ports.ts";

const OVER_MS = 10_000;
/** Asking the engine for a container's use costs a request each; the machine's own is free. */
const ASK_EVERY_MS = 2_000;

interface Stretch {
  readonly ms: number;
  /** Cores used by others, on average. */
  readonly cpus: number;
}

export interface BusyMeterOptions {
  readonly meter: Pick<MachineMeter, "use">;
  readonly clock: Pick<Clock, "monotonic">;
  readonly cpuCount: number;
  /** Cores that our containers use on average since the last call. */
  readonly ours: () => Promise<number>;
}

export class BusyMeter {
  readonly #options: BusyMeterOptions;
  readonly #stretches: Stretch[] = [];
  #sinceMs: number;
  #asking = false;

  constructor(options: BusyMeterOptions) {
    this.#options = options;
    this.#sinceMs = options.clock.monotonic();
    options.meter.use();
  }

  /** The share, 0..1; undefined until ten seconds were seen. */
  async read(): Promise<number | undefined> {
    const { clock, meter, ours, cpuCount } = this.#options;
    const ms = clock.monotonic() - this.#sinceMs;
    if (ms >= ASK_EVERY_MS && !this.#asking) {
      this.#asking = true;
      try {
        const ownCpus = await ours();
        this.#stretches.push({ ms, cpus: Math.max(0, meter.use().cpus - ownCpus) });
        this.#sinceMs = clock.monotonic();
      } finally {
        this.#asking = false;
      }
    }
    let seenMs = 0;
    let used = 0;
    for (const stretch of this.#stretches.toReversed()) {
      seenMs += stretch.ms;
      used += stretch.cpus * stretch.ms;
      if (seenMs >= OVER_MS) break;
    }
    while (this.#stretches.length > Math.ceil(OVER_MS / ASK_EVERY_MS)) this.#stretches.shift();
    return seenMs < OVER_MS ? undefined : used / seenMs / cpuCount;
  }
}
