import { success, type Outcome } from "../../shared/contract/fault.ts";
import type { HistoryFilter } from "../../shared/contract/methods.ts";
import type { HistoryStore } from "../engine/ports.ts";

/** Rows at a time: a few milliseconds, in which nothing is frozen, renewed or answered. */
const SLICE_ROWS = 500;

/** Deletes every row that matches, in slices with a turn for the rest of the program between them. */
export async function deleteRuns(
  history: HistoryStore,
  filter: HistoryFilter,
  signal: AbortSignal,
): Promise<Outcome<number>> {
  let deleted = 0;
  while (!signal.aborted) {
    const slice = history.delete(filter, SLICE_ROWS);
    if (!slice.ok) return slice;
    deleted += slice.value;
    if (slice.value < SLICE_ROWS) break;
    await new Promise((resolve) => setImmediate(resolve));
  }
  return success(deleted);
}
