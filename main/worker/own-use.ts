/** What our containers make of the machine's load, so that the rest is what others need. */
import type { Engine } from "../engine/engine.ts";
import type { Held } from "../engine/held-claim.ts";

/** What starting or ending a container makes engine and Git use, spread over a reading; cores. */
const CHANGE_CPUS = 0.25;
const CHANGES_CPUS_MOST = 1;
/** Readings of ours do not disturb those that the interface shows. */
const READER = "busy";

/** What is asked of the engine. */
export type OwnUseEngine = Pick<Engine, "held" | "subscribe" | "shareOf" | "rules">;

export class OwnUse {
  readonly #engine: OwnUseEngine;
  readonly #end: () => void;
  /** Runs that were there at any moment since the last reading, with the cores they may use. */
  readonly #seen = new Map<string, number>();
  #measured: ReadonlySet<string> = new Set();

  constructor(engine: OwnUseEngine) {
    this.#engine = engine;
    this.#end = engine.subscribe(() => this.#remember());
  }

  /**
   * Cores that our tasks used on average since the last call: measured for containers that ran all the
   * time; for those that came or went, the most that they may use, so that our own work is never
   * taken for somebody else's.
   */
  async cpus(): Promise<number> {
    const { signal } = new AbortController();
    this.#remember();
    const running = this.#running();
    const uses = new Map(
      await Promise.all(
        running.map(async ({ claimId, container }) => [claimId, await container?.usage(signal, READER)] as const),
      ),
    );
    let cpus = 0;
    let changes = 0;
    for (const [claimId, most] of this.#seen) {
      const use = uses.get(claimId);
      if (use?.ok === true && this.#measured.has(claimId)) cpus += Math.min(use.value.cpus, most);
      else {
        cpus += most;
        changes++;
      }
    }
    this.#measured = new Set(uses.keys());
    this.#seen.clear();
    this.#remember();
    return cpus + Math.min(CHANGES_CPUS_MOST, changes * CHANGE_CPUS);
  }

  close(): void {
    this.#end();
  }

  #running(): readonly Held[] {
    return this.#engine.held().filter(({ container }) => container !== undefined);
  }

  #remember(): void {
    for (const held of this.#running())
      this.#seen.set(held.claimId, this.#engine.shareOf(held)?.cpus ?? this.#engine.rules.limits.cpus);
  }
}
