/**
 * The grids this machine gives to, coming and going while it works.
 *
 * Invariant: a grid that goes is left orderly: nothing new is claimed, what it held is given back
 * or reported, the node says it is offline there; only then its repository is closed.
 */
import { capacityOf } from "./core/fair-share.ts";
import type { GridLoop } from "./grid-loop.ts";
import type { Held } from "./held-claim.ts";
import type { TaskRepo } from "./ports.ts";

export interface GridSource {
  /** Tells the grids of one donor apart. */
  readonly id: string;
  /** Its share of the compute seconds beside the others'. */
  readonly weight: number;
  readonly repo: TaskRepo;
}

export interface GridEntry {
  readonly id: string;
  readonly repo: TaskRepo;
  readonly loop: GridLoop;
  readonly stop: AbortController;
  weight: number;
  usedMs: number;
  leaving: boolean;
  /** Settles when the loop has ended. */
  work: Promise<void>;
  /** Settles when a grid that goes is gone. */
  gone: Promise<void> | undefined;
}

interface GridSetOptions {
  readonly makeLoop: (repo: TaskRepo) => GridLoop;
  /** Ends what runs for a grid that goes, and waits for it. */
  readonly release: (held: readonly Held[]) => Promise<void>;
  readonly onChange: () => void;
}

const LEAVE_DEADLINE_MS = 30_000;

export class GridSet {
  readonly #options: GridSetOptions;
  readonly #entries = new Map<string, GridEntry>();
  #working = false;

  constructor(options: GridSetOptions) {
    this.#options = options;
  }

  list(): readonly GridEntry[] {
    return [...this.#entries.values()];
  }

  get(id: string): GridEntry | undefined {
    return this.#entries.get(id);
  }

  of(loop: GridLoop): GridEntry | undefined {
    return this.list().find((entry) => entry.loop === loop);
  }

  holding(claimId: string): GridEntry | undefined {
    return this.list().find(({ loop }) => loop.held.has(claimId));
  }

  held(): Held[] {
    return this.list().flatMap(({ loop }) => loop.held.live());
  }

  /** Grids that are not being left. */
  staying(): readonly GridEntry[] {
    return this.list().filter(({ leaving }) => !leaving);
  }

  /** @throws where the id is here already. */
  add({ id, weight, repo }: GridSource): void {
    if (this.#entries.has(id)) throw new Error(`grid ${id} is there already`);
    const loop = this.#options.makeLoop(repo);
    const stop = new AbortController();
    const work = Promise.resolve();
    // Beside grids that have been at work for long a new one begins as their equal.
    const others = this.list().map((other) => (other.usedMs / other.weight) * weight);
    const usedMs = others.length === 0 ? 0 : Math.min(...others);
    const entry: GridEntry = { id, repo, loop, stop, weight, usedMs, leaving: false, work, gone: undefined };
    this.#entries.set(id, entry);
    if (this.#working) this.#run(entry);
    this.#options.onChange();
  }

  /** Starts every loop, and from now on each that is added. */
  start(): void {
    this.#working = true;
    for (const entry of this.list()) this.#run(entry);
  }

  /** Ends every loop where it stands. */
  abort(): void {
    this.#working = false;
    for (const { stop } of this.list()) stop.abort();
  }

  /** Says goodbye to one grid; resolves when it is gone. */
  remove(id: string): Promise<void> {
    const entry = this.#entries.get(id);
    if (entry === undefined) return Promise.resolve();
    entry.gone ??= this.#remove(entry);
    return entry.gone;
  }

  /** Says goodbye everywhere, after the loops were aborted and nothing runs any more. */
  async leaveAll(): Promise<void> {
    const deadline = AbortSignal.timeout(LEAVE_DEADLINE_MS);
    await Promise.all(this.list().map((entry) => entry.gone ?? this.#leave(entry, deadline)));
  }

  /** How many more claims this loop may make of the places that are free. */
  capacityFor(loop: GridLoop, places: number): number {
    const shares = this.staying().map((one) => ({
      key: one.loop,
      weight: one.weight,
      usedMs: one.usedMs,
      waiting: one.loop.fault === undefined ? (one.loop.choice?.eligible.length ?? 0) : 0,
    }));
    return capacityOf(loop, places, shares);
  }

  #run(entry: GridEntry): void {
    entry.work = entry.loop.run(entry.stop.signal);
    // A rejection here is a bug; it must end the process with its stack, not vanish.
    entry.work.catch((error: unknown) => {
      queueMicrotask(() => {
        throw error;
      });
    });
  }

  async #remove(entry: GridEntry): Promise<void> {
    entry.leaving = true;
    this.#options.onChange();
    await this.#options.release(entry.loop.held.live());
    entry.stop.abort();
    // A push that was under way may have made one more claim ours.
    await entry.work;
    await this.#options.release(entry.loop.held.live());
    await this.#leave(entry, AbortSignal.timeout(LEAVE_DEADLINE_MS));
    // Where the server was away, what was taken over meanwhile is left to its lease, but nothing runs on.
    for (const { container } of entry.loop.held.live()) container?.cancel();
    this.#entries.delete(entry.id);
    this.#options.onChange();
  }

  async #leave({ work, loop, repo }: GridEntry, deadline: AbortSignal): Promise<void> {
    await work;
    await loop.leave(deadline);
    await repo.close();
  }
}
