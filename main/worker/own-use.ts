/** What our containers make of the machine's load, so that the rest is what others need. */
import type { Engine } from "../engine/engine.ts";

/** Starting and ending containers makes the engine and Git work as well: about a core, for as long as it lasts. */
const OVERHEAD_CPUS = 1;

export class OwnUse {
  readonly #engine: Engine;
  readonly #end: () => void;
  /** Runs that were there at any moment since the last reading. */
  #seen = new Set<string>();
  #measured: ReadonlySet<string> = new Set();

  constructor(engine: Engine) {
    this.#engine = engine;
    this.#end = engine.subscribe(() => {
      for (const { claimId, container } of engine.held()) if (container !== undefined) this.#seen.add(claimId);
    });
  }

  /**
   * Cores that our tasks used on average since the last call. Measured where the same containers ran all
   * the time; where some came or went, the most that they can have used, so that our own work is
   * never taken for somebody else's.
   */
  async cpus(): Promise<number> {
    const { signal } = new AbortController();
    const running = this.#engine.held().filter(({ container }) => container !== undefined);
    const now = new Set(running.map(({ claimId }) => claimId));
    const seen = [...this.#seen, ...now];
    const steady = seen.every((claimId) => now.has(claimId) && this.#measured.has(claimId));
    this.#seen = new Set(now);
    this.#measured = now;
    const uses = await Promise.all(
      running.flatMap(({ container }) => (container === undefined ? [] : [container.usage(signal)])),
    );
    if (!steady || !uses.every((use) => use.ok)) return this.#engine.rules.limits.cpus + OVERHEAD_CPUS;
    return uses.reduce((sum, use) => sum + (use.ok ? use.value.cpus : 0), 0);
  }

  close(): void {
    this.#end();
  }
}
