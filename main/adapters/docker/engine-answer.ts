import { fault, type Fault } from "../../../shared/contract/fault.ts";

/**
 * What the engine answered. An Outcome that also tells whether the engine answered at all:
 * `status` is its HTTP status, undefined where the connection failed.
 */
export type Answer<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly fault: Fault; readonly status: number | undefined };

export interface AskOptions {
  readonly signal?: AbortSignal;
  /** How long the engine may take; Infinity for a request that lasts as long as a container. */
  readonly timeoutMs?: number;
}

/** An engine under load takes seconds for a start or a removal; a minute means that it hangs. */
const ANSWER_TIMEOUT_MS = 60_000;
const DETAIL_MAX_CHARACTERS = 300;

/**
 * Asks the engine and turns whatever can be expected to go wrong into a value.
 *
 * @param what names the request in the fault's detail, as in "create the container".
 */
export async function ask<T>(
  what: string,
  request: (signal: AbortSignal) => Promise<T>,
  { signal, timeoutMs = ANSWER_TIMEOUT_MS }: AskOptions = {},
): Promise<Answer<T>> {
  const stop = new AbortController();
  // dockerode does not pass the signal on for every request, so waiting for the answer ends by itself too.
  const aborted = Promise.withResolvers<never>();
  const abort = (): void => {
    stop.abort();
    aborted.reject(stop.signal.reason);
  };
  signal?.addEventListener("abort", abort, { once: true });
  if (signal?.aborted === true) abort();
  const timer = Number.isFinite(timeoutMs) ? setTimeout(abort, timeoutMs) : undefined;
  try {
    return { ok: true, value: await Promise.race([request(stop.signal), aborted.promise]) };
  } catch (error) {
    const failed = engineFailure(error, what);
    if (stop.signal.aborted && signal?.aborted !== true && failed.status === undefined) {
      return noAnswer(`${what}: no answer within ${timeoutMs} ms`);
    }
    return failed;
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", abort);
  }
}

/** The failure for an engine that did not answer. */
export function noAnswer(detail: string): Extract<Answer<never>, { ok: false }> {
  return { ok: false, status: undefined, fault: fault("docker_unreachable", detail) };
}

/** Turns what dockerode threw into a failure; throws again what is a bug of ours. */
export function engineFailure(error: unknown, what: string): Extract<Answer<never>, { ok: false }> {
  if (!(error instanceof Error)) throw error;
  const { statusCode: status, code } = error as Error & { readonly statusCode?: unknown; readonly code?: unknown };
  if (typeof status === "number") {
    // Below 500 it is what was asked for; from there on it is the engine itself.
    return {
      ok: false,
      status,
      fault: fault(status < 500 ? "container_failed" : "docker_failed", detailOf(what, error)),
    };
  }
  if (typeof code !== "string" && error.name !== "AbortError") throw error;
  return { ok: false, status: undefined, fault: fault(connectionCode(code), detailOf(what, error)) };
}

function connectionCode(code: unknown): "docker_missing" | "docker_forbidden" | "docker_unreachable" {
  if (code === "ENOENT") return "docker_missing";
  if (code === "EACCES" || code === "EPERM") return "docker_forbidden";
  return "docker_unreachable";
}

function detailOf(what: string, error: Error): string {
  const said = error.message.replace(/\s+/g, " ").trim();
  return `${what}: ${said}`.slice(0, DETAIL_MAX_CHARACTERS);
}
