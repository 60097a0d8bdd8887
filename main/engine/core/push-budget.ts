/**
 * A node's share of the grid's pushes, as a token bucket: what is said within the budget goes
 * out at once, what is over it waits and travels together (protocol, "A transition is a
 * transaction").
 */
export interface PushBudget {
  readonly tokens: number;
  readonly atMs: number;
}

/** Pushes that may go out in a row after a quiet time. */
const BURST = 4;
export const HEARTBEAT_STRETCH_MAX_MS = 4 * 60_000;

export const FULL_PUSH_BUDGET: PushBudget = { tokens: BURST, atMs: 0 };

export function pushesPerMinute(gridBudget: number, activeNodes: number): number {
  return gridBudget / Math.max(1, activeNodes);
}

export function refill(budget: PushBudget, perMinute: number, nowMs: number): PushBudget {
  const cap = Math.max(BURST, perMinute / 6);
  const gained = ((nowMs - budget.atMs) * perMinute) / 60_000;
  return { tokens: Math.min(cap, budget.tokens + gained), atMs: nowMs };
}

/** Takes one push; the bucket may go below nothing for what cannot wait. */
export function spend(budget: PushBudget): PushBudget {
  return { ...budget, tokens: Math.max(-BURST, budget.tokens - 1) };
}

/** How long an idle node's heartbeat may wait: stretched when its share is under one a minute. */
export function heartbeatMs(intervalMs: number, perMinute: number): number {
  return Math.max(intervalMs, Math.min(HEARTBEAT_STRETCH_MAX_MS, 60_000 / Math.max(perMinute, 0.001)));
}
