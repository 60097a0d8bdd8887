/** One clock for the whole page, so that a hundred relative times cost one timer. */
import { useSyncExternalStore } from "react";

const listeners = new Set<() => void>();
let nowMs = Date.now();
let timer: ReturnType<typeof setInterval> | undefined;

function tick(): void {
  nowMs = Date.now();
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  if (listeners.size === 0) timer = setInterval(tick, 1_000);
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) clearInterval(timer);
  };
}

/** The time, rounded down to a step, so that a component is drawn anew only when it would change. */
export function useNow(stepMs = 1_000): number {
  return useSyncExternalStore(
    subscribe,
    () => Math.floor((listeners.size === 0 ? Date.now() : nowMs) / stepMs) * stepMs,
  );
}
