import type { Clock } from "../../engine/ports.ts";
import { ask, type Answer } from "./engine-answer.ts";
import type { Engine } from "./engine.ts";

/** A removal that the engine is busy with, or that met a busy mount, is asked for again. */
const RETRY_MS = 100;
const ATTEMPTS = 50;

/**
 * Removes a container, running or not, and makes sure that it is gone: the engine's word for a
 * removal is no proof, and a removal of somebody else's may be under way.
 */
export async function removeContainer(engine: Engine, id: string, clock: Clock): Promise<Answer<void>> {
  const container = engine.container(id);
  let last: Answer<void> = { ok: true, value: undefined };
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    if (attempt > 0) await clock.sleep(RETRY_MS, new AbortController().signal);
    const removed = await ask(
      "remove the container",
      () => container.remove({ force: true, v: true }) as Promise<unknown>,
    );
    if (!removed.ok && removed.status === undefined) return removed;
    const left = await ask("look whether the container is gone", (abortSignal) => container.inspect({ abortSignal }));
    if (!left.ok && left.status === 404) return { ok: true, value: undefined };
    if (!left.ok && left.status === undefined) return left;
    if (!removed.ok) last = removed;
    // An engine that can't end a frozen container by itself can once it is thawed.
    if (left.ok && left.value.State.Paused) {
      const thawed = await ask("thaw the container", () => container.unpause() as Promise<unknown>);
      if (!thawed.ok) last = thawed;
    }
  }
  return last;
}
