/** Full-jitter exponential back-off: a wait drawn evenly from [0, min(cap, base * 2^attempt)]. */
export interface Backoff {
  readonly baseMs: number;
  readonly capMs: number;
}

/** Between the attempts of one transaction; at most this many. */
// Measured with 16 workers on one repository: from 0.5 s 1.28 pushes a task, from 2 s 0.51.
export const CONTENTION: Backoff = { baseMs: 2_000, capMs: 4_000 };
export const CONTENTION_ATTEMPTS = 5;
/** Between polls of a grid that fails. */
export const UNREACHABLE: Backoff = { baseMs: 1_000, capMs: 60_000 };

/** Milliseconds to wait before attempt `attempt` (1 is the first repetition). */
export function backoffMs({ baseMs, capMs }: Backoff, attempt: number, random: number): number {
  return Math.round(random * Math.min(capMs, baseMs * 2 ** Math.min(attempt - 1, 20)));
}

/** An interval with a fifth of jitter either way, so that nodes started together drift apart. */
export function jitterMs(intervalMs: number, random: number): number {
  return Math.round(intervalMs * (0.8 + 0.4 * random));
}

/** The wait after the n-th lost race, or undefined when it is time to give up. */
export function retryAfterMs(attempt: number, random: number): number | undefined {
  return attempt >= CONTENTION_ATTEMPTS ? undefined : backoffMs(CONTENTION, attempt, random);
}
