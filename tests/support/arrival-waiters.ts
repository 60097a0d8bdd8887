import { type GitRequest, type Matching, matches } from "./server-failure.ts";

/** Lets a test wait for a request instead of sleeping. */
export class ArrivalWaiters {
  readonly #waiting = new Set<{ readonly match: Matching; readonly resolve: (request: GitRequest) => void }>();

  next(match: Matching): Promise<GitRequest> {
    return new Promise((resolve) => this.#waiting.add({ match, resolve }));
  }

  announce(request: GitRequest): void {
    for (const waiter of this.#waiting) {
      if (!matches(waiter.match, request)) continue;
      this.#waiting.delete(waiter);
      waiter.resolve(request);
    }
  }
}
