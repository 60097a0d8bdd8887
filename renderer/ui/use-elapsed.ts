import type { RunView } from "../../shared/contract/views.ts";
import { usePicture } from "../state/use-picture.ts";
import { useNow } from "./now.ts";

/** How long a run has run in whole seconds, as ms, frozen time left out; 0 before it started. */
export function useElapsed(run: RunView): number {
  const ranMs = usePicture((picture) => picture.usage?.runs[run.claimId]?.ranMs);
  const nowMs = useNow();
  if (run.startedAtMs === null) return 0;
  const elapsedMs = ranMs ?? (run.finishedAtMs ?? nowMs) - run.startedAtMs;
  return Math.max(0, Math.floor(elapsedMs / 1_000) * 1_000);
}
