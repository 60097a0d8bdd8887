/**
 * What can be made to go wrong between a node and its grid's server, and for which requests.
 * A failure is spent by the requests it hits, or lasts until it is cleared.
 */

/** One request as the server saw it arrive. */
export interface GitRequest {
  readonly method: string;
  /** The repository's path below the server's root, with a leading slash. */
  readonly repository: string;
  readonly service: "fetch" | "push" | "other";
  /** `refs` announces, `pack` transfers, `probe` is Git asking whether a large POST may come. */
  readonly phase: "refs" | "pack" | "probe";
  readonly authorized: boolean;
}

export type Matching = "all" | "fetches" | "pushes" | ((request: GitRequest) => boolean);

export type ServerFailure =
  | { readonly kind: "status"; readonly status: 401 | 403 | 404 | 500 | 503 }
  /** Accepts the request and never answers. */
  | { readonly kind: "hang" }
  /**
   * Destroys the connection before Git sees the request. On a connection already used, libcurl
   * sends the request once more by itself: a single drop may go unnoticed.
   */
  | { readonly kind: "drop" }
  /** Lets this much of a pack through (default 20 bytes, less than any whole pack), then cuts. */
  | { readonly kind: "cut-mid-pack"; readonly bytes?: number }
  /**
   * Lets the push be applied to the end, then cuts. Without any answer libcurl sends the push
   * once more, and the client hears that the reference is not where it expected; with the
   * header of an answer it does not, and the client hears nothing definite. Both happen.
   */
  | { readonly kind: "cut-after-apply"; readonly answer: "nothing" | "header" }
  /** Sends the client to this origin, path and query kept. */
  | { readonly kind: "redirect"; readonly to: string };

export interface FailureScope {
  /** Which requests; all of those that the failure can concern by default. */
  readonly match?: Matching;
  /** How many requests are hit before it is spent; without it, until cleared. */
  readonly times?: number;
}

interface Armed {
  readonly failure: ServerFailure;
  readonly match: Matching;
  left: number;
}

export function matches(matching: Matching, request: GitRequest): boolean {
  if (typeof matching === "function") return matching(request);
  if (matching === "all") return true;
  return request.service === (matching === "fetches" ? "fetch" : "push");
}

/** The armed failures, oldest first; the first that matches hits. */
export class FailureQueue {
  #armed: Armed[] = [];

  /** Arms a failure; returns what disarms it. */
  inject(failure: ServerFailure, scope: FailureScope = {}): () => void {
    const armed: Armed = { failure, match: scope.match ?? "all", left: scope.times ?? Number.POSITIVE_INFINITY };
    this.#armed.push(armed);
    return () => {
      this.#armed = this.#armed.filter((other) => other !== armed);
    };
  }

  clear(): void {
    this.#armed = [];
  }

  /** The failure that hits this request. `cut-mid-pack` is spent only by `spend`: few answers hold a pack. */
  take(request: GitRequest): { readonly failure: ServerFailure; readonly spend: () => void } | undefined {
    const armed = this.#armed.find((each) => concerns(each.failure, request) && matches(each.match, request));
    if (armed === undefined) return undefined;
    const spend = (): void => {
      armed.left -= 1;
      if (armed.left <= 0) this.#armed = this.#armed.filter((other) => other !== armed);
    };
    if (armed.failure.kind !== "cut-mid-pack") spend();
    return { failure: armed.failure, spend };
  }
}

function concerns(failure: ServerFailure, request: GitRequest): boolean {
  if (failure.kind === "cut-mid-pack") return request.service === "fetch" && request.phase === "pack";
  if (failure.kind === "cut-after-apply") return request.service === "push" && request.phase === "pack";
  return true;
}
