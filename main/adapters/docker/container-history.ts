import { ask, type Answer } from "./engine-answer.ts";
import { record, type Engine } from "./engine.ts";

/** One thing that happened to a container, as the engine remembers it. */
export interface ContainerEvent {
  readonly action: string;
  /** ms since the epoch, on the engine's clock. */
  readonly atMs: number;
  readonly signal?: string;
}

/** What the engine's memory of a container tells of its life. */
export interface ContainerHistory {
  /** Its start is remembered: the engine has not been restarted since. */
  readonly started: boolean;
  readonly died: boolean;
  /** Something outside the container sent it a signal that ends it. */
  readonly signalled: boolean;
  readonly outOfMemory: boolean;
  /** Time frozen until it died, or until now. */
  readonly frozenMs: number;
}

/** How long the engine may take to tell of a death that it has reported already. */
const DIE_TIMEOUT_MS = 2_000;
const EVENT_LINE_MAX_CHARACTERS = 64 * 1024;

/**
 * Reads a container's events from its start to its death, or to `untilMs`.
 *
 * Why events: the engine's own stop ends containers by a signal that a script may answer with
 * any exit code, zero too. The exit code can't tell; the `kill` event can. The engine writes it
 * while it holds the container's lock, so it always stands before `die` (moby, killWithSignal).
 */
export async function readHistory(
  engine: Engine,
  id: string,
  sinceMs: number,
  untilMs?: number,
): Promise<Answer<ContainerHistory>> {
  const events: ContainerEvent[] = [];
  const opened = await ask("read the container's events", (abortSignal) =>
    engine.docker.getEvents({
      since: sinceMs / 1000,
      ...(untilMs === undefined ? {} : { until: untilMs / 1000 }),
      filters: { type: ["container"], container: [id] },
      abortSignal,
    }),
  );
  if (!opened.ok) return opened;
  // dockerode hands out the HTTP response, which can be destroyed.
  const stream = opened.value as NodeJS.ReadableStream & { destroy(): void };
  const timer = setTimeout(() => stream.destroy(), DIE_TIMEOUT_MS);
  try {
    for await (const event of parseEvents(stream)) {
      events.push(event);
      if (event.action === "die" && untilMs === undefined) break;
    }
  } catch (error) {
    // The stream was cut, by the timer or by the engine: what was read is what is known.
    if (!(error instanceof Error)) throw error;
  } finally {
    clearTimeout(timer);
    stream.destroy();
  }
  return { ok: true, value: summarize(events, untilMs ?? Date.now()) };
}

/** Reads the engine's stream of JSON objects, one a line. */
export async function* parseEvents(stream: AsyncIterable<unknown>): AsyncGenerator<ContainerEvent> {
  let rest = "";
  for await (const chunk of stream) {
    const lines = (rest + String(chunk)).split("\n");
    rest = (lines.pop() ?? "").slice(0, EVENT_LINE_MAX_CHARACTERS);
    for (const line of lines) {
      const event = parseEvent(line);
      if (event !== undefined) yield event;
    }
  }
  const last = parseEvent(rest);
  if (last !== undefined) yield last;
}

function parseEvent(line: string): ContainerEvent | undefined {
  if (line.trim() === "") return undefined;
  let json: unknown;
  try {
    json = JSON.parse(line);
  } catch (error) {
    // A line cut off by the engine's end.
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
  const { Action, timeNano, Actor } = record(json);
  const { signal } = record(record(Actor).Attributes);
  if (typeof Action !== "string" || typeof timeNano !== "number") return undefined;
  return { action: Action, atMs: timeNano / 1e6, ...(typeof signal === "string" ? { signal } : {}) };
}

/** Signals that end nothing by themselves: window size, continue, and the probe for existence. */
const HARMLESS = new Set(["0", "18", "28", "SIGCONT", "SIGWINCH"]);

/** What the events of one container say together. */
export function summarize(events: readonly ContainerEvent[], untilMs: number): ContainerHistory {
  const has = (action: string): boolean => events.some((event) => event.action === action);
  let frozenMs = 0;
  let frozenSinceMs: number | undefined;
  for (const { action, atMs } of [...events, { action: "end", atMs: untilMs }]) {
    if (action === "pause") frozenSinceMs ??= atMs;
    if (frozenSinceMs === undefined || !["unpause", "die", "end"].includes(action)) continue;
    frozenMs += Math.max(0, atMs - frozenSinceMs);
    frozenSinceMs = undefined;
  }
  return {
    started: has("start"),
    died: has("die"),
    signalled: events.some(({ action, signal }) => action === "kill" && !HARMLESS.has(signal ?? "")),
    outOfMemory: has("oom"),
    frozenMs,
  };
}
