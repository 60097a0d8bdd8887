import type { ContainerOutcome } from "../../engine/ports.ts";
import { readHistory } from "./container-history.ts";
import { ask } from "./engine-answer.ts";
import type { EngineSession } from "./engine-session.ts";
import { record, type Engine } from "./engine.ts";
import { waitRequest } from "./wait-request.ts";

/** How a container's run came to its end, before it is known who wanted it. */
export type End =
  | {
      readonly kind: "exited";
      readonly exitCode: number;
      readonly outOfMemory: boolean;
      /** Somebody else sent it a signal that ends it: the engine as it stops, or a person. */
      readonly signalled: boolean;
    }
  /** The engine went away, or the container was removed, before its end was known. */
  | { readonly kind: "lost"; readonly message: string }
  /** The engine itself reports an error. */
  | { readonly kind: "failed"; readonly message: string };

export interface EndOptions {
  readonly session: Pick<EngineSession, "engine" | "clock" | "unbroken">;
  readonly id: string;
  readonly startedAtMs: number;
}

/** Between two attempts to wait again, where the connection was cut and the container still runs. */
const WAIT_AGAIN_MS = 200;
/** How far this machine's clock and the engine's may differ without an event being missed. */
const CLOCK_SLACK_MS = 60_000;

/** Waits until the container has ended, and finds out how. Never takes a lost engine for an end. */
export async function waitForEnd(options: EndOptions, giveUp: AbortSignal): Promise<End> {
  const { session, id } = options;
  for (;;) {
    const waited = await ask("wait for the container", (abortSignal) => waitRequest(session.engine, id, abortSignal), {
      signal: giveUp,
      timeoutMs: Number.POSITIVE_INFINITY,
    });
    if (giveUp.aborted) return { kind: "lost", message: "the container could not be ended" };
    if (waited.ok) {
      const problem = record(record(waited.value).Error).Message;
      if (typeof problem === "string" && problem !== "") return { kind: "failed", message: problem };
    }
    const state = await inspectEnd(options);
    if (state !== "running") return state;
    await session.clock.sleep(WAIT_AGAIN_MS, giveUp);
  }
}

/**
 * Looks at a container that is said to have ended, over a new connection: an engine that stops
 * takes no new ones before it ends its containers, so an answer shows that it was not stopping.
 */
async function inspectEnd({ session, id, startedAtMs }: EndOptions): Promise<End | "running"> {
  const { engine } = session;
  const seen = await ask("look at the container", (abortSignal) => engine.container(id).inspect({ abortSignal }));
  if (!seen.ok) {
    if (seen.status === 404) return { kind: "lost", message: "the container was removed by somebody else" };
    if (seen.status === undefined) return { kind: "lost", message: "the container engine went away" };
    return { kind: "failed", message: seen.fault.detail };
  }
  const { Running, ExitCode, OOMKilled, Error: problem } = seen.value.State;
  if (Running) return "running";
  const engineStartedMs = Date.parse(seen.value.State.StartedAt);
  const sinceMs = Number.isNaN(engineStartedMs) ? startedAtMs - CLOCK_SLACK_MS : engineStartedMs - 1;
  const history = await readHistory(engine, id, sinceMs);
  // Read again after the history, so that a connection cut meanwhile counts.
  if (!history.ok) return { kind: "lost", message: "the container engine went away" };
  if (!session.unbroken() && !history.value.started) {
    return { kind: "lost", message: "the container engine was restarted" };
  }
  if (problem !== "" && ExitCode === 0) return { kind: "failed", message: problem };
  return {
    kind: "exited",
    exitCode: ExitCode,
    outOfMemory: OOMKilled || history.value.outOfMemory || (ExitCode !== 0 && (await isMarkedByNow(engine, id))),
    signalled: history.value.signalled,
  };
}

/**
 * Looks for the mark of a kill for memory once more, now that the death was told: the word of the kill and
 * that of the end reach the engine on two ways, and the mark may follow the end.
 */
async function isMarkedByNow(engine: Engine, id: string): Promise<boolean> {
  const seen = await ask("look for the mark", (abortSignal) => engine.container(id).inspect({ abortSignal }));
  return seen.ok && seen.value.State.OOMKilled;
}

export type Judged = Pick<ContainerOutcome, "reason" | "exitCode" | "message">;

/**
 * The reason of a run's end.
 *
 * @param stopping why we ended it, if we did.
 * @param overtime it ran for its whole time: whoever ended it then was right to.
 */
export function judgeEnd(end: End, stopping: "timed_out" | "cancelled" | undefined, overtime: boolean): Judged {
  if (stopping !== undefined) return { reason: stopping, exitCode: -1 };
  switch (end.kind) {
    case "lost":
      return { reason: "interrupted", exitCode: -1, message: end.message };
    case "failed":
      return { reason: "engine_error", exitCode: -1, message: end.message };
    case "exited":
      if (end.signalled && overtime) return { reason: "timed_out", exitCode: -1 };
      if (end.signalled)
        return { reason: "interrupted", exitCode: -1, message: "the container was ended from outside" };
      // A child that was killed for memory leaves the mark although the task went on to succeed.
      if (end.outOfMemory && end.exitCode !== 0) return { reason: "out_of_memory", exitCode: end.exitCode };
      return { reason: "exited", exitCode: end.exitCode };
  }
}
