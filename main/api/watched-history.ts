import type { HistoryStore } from "../engine/ports.ts";

/** A history that tells when rows changed. */
export interface WatchedHistory extends HistoryStore {
  subscribe(listener: () => void): () => void;
}

export function watchedHistory(store: HistoryStore): WatchedHistory {
  const listeners = new Set<() => void>();
  const told = <T>(result: T): T => {
    for (const listener of listeners) listener();
    return result;
  };
  return {
    save: (runs) => told(store.save(runs)),
    delete: (filter, limit) => told(store.delete(filter, limit)),
    row: (claimId) => store.row(claimId),
    get: (claimId) => store.get(claimId),
    open: (grid) => store.open(grid),
    startedSince: (epochMs) => store.startedSince(epochMs),
    recent: (limit) => store.recent(limit),
    page: (filter, sort, range) => store.page(filter, sort, range),
    grids: () => store.grids(),
    totals: (sinceMs) => store.totals(sinceMs),
    days: (sinceMs) => store.days(sinceMs),
    declined: (grid) => store.declined(grid),
    close: () => store.close(),
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
