import { success, type Outcome } from "../../../shared/contract/fault.ts";
import { FETCH_MAX_BYTES, limited, type Clone } from "./clone.ts";
import { remoteFault } from "./git-faults.ts";

/** How much further the history is to reach back, in commits. */
const DEEPEN_BY = 1000;
const DEADLINE_MS = 30_000;

/**
 * Fetches older commits and their trees. Moves no reference, so that the next fetch still sees for
 * itself what is new on the branch and whether its history was rewritten.
 */
export async function deepenClone(clone: Clone, signal: AbortSignal): Promise<Outcome<void>> {
  const args = [
    "fetch",
    "--no-tags",
    "--no-write-fetch-head",
    "--no-auto-maintenance",
    "--filter=blob:none",
    `--deepen=${DEEPEN_BY}`,
    "origin",
    `refs/heads/${clone.branch}`,
  ];
  const result = await limited(clone, clone.remote, args, {
    deadlineMs: DEADLINE_MS,
    signal,
    maxBytes: FETCH_MAX_BYTES,
  });
  return result.exitCode === 0 ? success(undefined) : { ok: false, fault: remoteFault(result) };
}
