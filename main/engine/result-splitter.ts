import type { Held } from "./held-claim.ts";

/**
 * Finds the result that a server refuses (a hook, push protection): after a refusal the results
 * go in halves, until one alone is refused; that one is then sent without its output.
 */
export class ResultSplitter {
  /** At most this many results go into one commit; undefined is no limit. */
  #batch: number | undefined;

  get active(): boolean {
    return this.#batch !== undefined;
  }

  select(results: readonly Held[]): readonly (Held & { result: NonNullable<Held["result"]> })[] {
    const ready = results.filter(
      (held): held is Held & { result: NonNullable<Held["result"]> } => held.result !== undefined,
    );
    return this.#batch === undefined ? ready : ready.slice(0, this.#batch);
  }

  /** The last commit went through: the next may be larger again. Says whether there is more to send. */
  succeeded(): boolean {
    if (this.#batch === undefined) return false;
    this.#batch = this.#batch >= 32 ? undefined : this.#batch * 2;
    return true;
  }

  /**
   * The last commit was refused. `withhold` takes the output out of a result and says whether
   * there was any. Returns whether trying again makes sense.
   */
  refused(reporting: readonly string[], withhold: (claimId: string) => boolean): boolean {
    const [first] = reporting;
    if (first === undefined) {
      // Nothing that a task wrote was in it: the refusal is about us.
      const wasActive = this.#batch !== undefined;
      this.#batch = undefined;
      return wasActive;
    }
    if (reporting.length > 1) {
      this.#batch = Math.ceil(reporting.length / 2);
      return true;
    }
    this.#batch = 1;
    return withhold(first);
  }
}
