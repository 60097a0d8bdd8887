import type { Sample, UsageView } from "../../shared/contract/views.ts";
import type { Engine } from "../engine/engine.ts";
import type { Clock, Log, MachineMeter } from "../engine/ports.ts";

const EVERY_MS = 1_000;
/** Samples kept of a run: its timeout is five minutes at most, frozen time comes on top. */
const KEPT = 900;

interface SamplerOptions {
  readonly engine: Engine;
  readonly meter: MachineMeter;
  readonly clock: Clock;
  readonly log: Log;
  readonly onSample: (usage: UsageView) => void;
}

/** Measures machine and containers once a second, while somebody looks. */
export class UsageSampler {
  readonly #options: SamplerOptions;
  readonly #samples = new Map<string, Sample[]>();
  #stop: AbortController | undefined;
  last: UsageView | null = null;

  constructor(options: SamplerOptions) {
    this.#options = options;
  }

  /** Starts measuring; a second start changes nothing. */
  start(): void {
    if (this.#stop !== undefined) return;
    const stop = new AbortController();
    this.#stop = stop;
    this.#options.meter.use();
    this.#run(stop.signal).catch((error: unknown) => {
      this.#options.log.error({ error: String(error) }, "a bug in measuring use; it has ended");
    });
  }

  stop(): void {
    this.#stop?.abort();
    this.#stop = undefined;
    this.last = null;
  }

  samplesOf(claimId: string): readonly Sample[] {
    return this.#samples.get(claimId) ?? [];
  }

  async #run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const usage = await this.#measure(signal);
      if (signal.aborted) return;
      this.last = usage;
      this.#options.onSample(usage);
      await this.#options.clock.sleep(EVERY_MS, signal);
    }
  }

  async #measure(signal: AbortSignal): Promise<UsageView> {
    const { engine, meter, clock } = this.#options;
    const runs: UsageView["runs"] = {};
    await Promise.all(
      engine.held().map(async ({ claimId, container, frozenSinceMs }) => {
        if (container === undefined) return;
        const ranMs = container.ranMs();
        // Frozen, it uses no processor; asking would wake nobody but tells nothing either.
        const used = await container.usage(signal);
        if (!used.ok) return;
        const use = frozenSinceMs === undefined ? used.value : { ...used.value, cpus: 0 };
        runs[claimId] = { ...use, ranMs };
        this.#remember(claimId, [Math.round(ranMs / 100) / 10, use.cpus, use.memoryBytes]);
      }),
    );
    const live = new Set(engine.held().map(({ claimId }) => claimId));
    for (const claimId of this.#samples.keys()) if (!live.has(claimId)) this.#samples.delete(claimId);
    return { atMs: clock.now(), machine: meter.use(), diskFreeBytes: meter.freeDiskBytes() ?? null, runs };
  }

  #remember(claimId: string, sample: Sample): void {
    const samples = this.#samples.get(claimId) ?? [];
    samples.push(sample);
    if (samples.length > KEPT) samples.shift();
    this.#samples.set(claimId, samples);
  }
}
