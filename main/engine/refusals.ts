/**
 * What to do when a server refuses a commit for what is in it (protocol, step 7).
 *
 * Results go in halves until one alone is refused. Whether that is about the result is then found
 * out by a commit without any: if the server takes that one, the result is sent with its output
 * withheld; if not, the refusal is about us, and nothing is withheld. A result that is refused even
 * so is put aside, as is a task whose claim alone is refused; all others go on.
 */
import type { TaskResult } from "../../shared/domain/result.ts";
import { withheld } from "./core/task-result.ts";
import type { PendingResult, Plan } from "./core/transaction.ts";
import type { Held } from "./held-claim.ts";

/** How long what a server refuses is left alone. */
const ASIDE_MS = 60 * 60_000;

export class Refusals {
  /** At most this many results go into one commit; undefined is no limit. */
  #batch: number | undefined;
  /** The result that was refused alone, while it is found out whether the refusal is about it. */
  #suspect: string | undefined;
  readonly #withheld = new Set<string>();
  readonly #resultsAside = new Map<string, number>();
  #oneClaim = false;
  readonly #tasksAside = new Map<string, number>();

  /** Whether commits are kept to the least, so that a refusal can be told apart. */
  get narrowed(): boolean {
    return this.#batch !== undefined || this.#suspect !== undefined;
  }

  /** Whether a commit without results is wanted, to see if the server takes any. */
  get checking(): boolean {
    return this.#suspect !== undefined;
  }

  /** The results to send now, as they are to be sent. */
  results(finished: readonly Held[], nowMs: number): PendingResult[] {
    if (this.#suspect !== undefined) return [];
    const ready = finished.flatMap((held): PendingResult[] =>
      held.result === undefined || this.#isAside(this.#resultsAside, held.claimId, nowMs)
        ? []
        : [
            {
              claimId: held.claimId,
              taskId: held.taskId,
              path: held.path,
              result: this.#asSent(held.claimId, held.result),
            },
          ],
    );
    return this.#batch === undefined ? ready : ready.slice(0, this.#batch);
  }

  /** Whether a result was put aside: others may have its task when the lease ends. */
  isResultAside(claimId: string, nowMs: number): boolean {
    return this.#isAside(this.#resultsAside, claimId, nowMs);
  }

  isTaskAside(taskId: string, nowMs: number): boolean {
    return this.#isAside(this.#tasksAside, taskId, nowMs);
  }

  claimIds(ids: readonly string[]): readonly string[] {
    if (this.narrowed) return [];
    return this.#oneClaim ? ids.slice(0, 1) : ids;
  }

  /** A result as the server is to have it. */
  asSent(held: Held): TaskResult | undefined {
    return held.result === undefined ? undefined : this.#asSent(held.claimId, held.result);
  }

  /** The server took a commit. Returns whether there is something to try at once. */
  taken(plan: Plan): boolean {
    if (this.#suspect !== undefined) {
      this.#withheld.add(this.#suspect);
      this.#suspect = undefined;
      this.#batch = 1;
      return true;
    }
    for (const claimId of plan.reporting) this.#withheld.delete(claimId);
    if (plan.claimed.length > 0) this.#oneClaim = false;
    if (this.#batch === undefined) return false;
    this.#batch = plan.reporting.length < this.#batch ? undefined : this.#batch * 2;
    return true;
  }

  /** There was nothing to send. */
  nothing(): void {
    if (this.#suspect === undefined) this.#batch = undefined;
  }

  /** The server refused a commit. Returns whether trying again at once makes sense. */
  refused(plan: Plan, nowMs: number): boolean {
    const [result] = plan.reporting;
    if (this.#suspect !== undefined) {
      // Refused without any result in it: the refusal is about us, or about the moment.
      this.#suspect = undefined;
      this.#batch = undefined;
      return false;
    }
    if (result !== undefined) return this.#resultsRefused(plan, result, nowMs);
    const [claim] = plan.claimed;
    if (claim === undefined) return false;
    if (plan.claimed.length > 1) {
      this.#oneClaim = true;
      return true;
    }
    this.#tasksAside.set(claim.taskId, nowMs + ASIDE_MS);
    return true;
  }

  #resultsRefused(plan: Plan, first: string, nowMs: number): boolean {
    if (plan.reporting.length > 1 || plan.claimed.length > 0) {
      this.#batch = Math.max(1, Math.ceil(plan.reporting.length / 2));
      return true;
    }
    this.#batch = 1;
    if (this.#withheld.delete(first)) this.#resultsAside.set(first, nowMs + ASIDE_MS);
    else this.#suspect = first;
    return true;
  }

  #asSent(claimId: string, result: TaskResult): TaskResult {
    return this.#withheld.has(claimId) ? withheld(result) : result;
  }

  #isAside(aside: ReadonlyMap<string, number>, key: string, nowMs: number): boolean {
    return (aside.get(key) ?? Number.NEGATIVE_INFINITY) > nowMs;
  }
}
