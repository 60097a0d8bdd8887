import type { RunView } from "../../shared/contract/views.ts";
import type { Engine } from "../engine/engine.ts";

/** Every claim of ours that is not over, as the interface shows it. */
export function runViews(engine: Engine): RunView[] {
  return engine.grids.flatMap(({ id, loop }) =>
    loop.held.live().map(
      (held): RunView => ({
        claimId: held.claimId,
        gridId: id,
        taskId: held.taskId,
        state: held.state,
        frozen: held.frozenSinceMs !== undefined,
        image: engine.imageOf(held.task),
        attempt: held.attempt,
        timeoutMs: held.task.timeout_seconds * 1000,
        share: engine.shareOf(held) ?? null,
        claimedAtMs: held.claimedAtMs,
        startingAtMs: held.startingAtMs ?? null,
        startedAtMs: held.startedAtMs ?? null,
        finishedAtMs: held.finishedAtMs ?? null,
      }),
    ),
  );
}
