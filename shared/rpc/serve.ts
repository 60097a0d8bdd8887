/**
 * The worker's end of a connection: validates what comes, runs the handler, answers with a value.
 *
 * Invariant: every call gets exactly one answer, and so does every message that is neither a call nor
 * a cancellation: whatever was wrong with it, the answer is a fault and not silence. Events are
 * numbered without a gap; one that a slow reader has no room for is left out, its number is not, so
 * that the reader sees what it missed.
 */
import { z } from "zod";
import type { EventName, EventPayload } from "../contract/events.ts";
import { fault, type Fault, type Outcome } from "../contract/fault.ts";
import type { MethodInput, MethodName, MethodOutput, MethodProgress } from "../contract/methods.ts";
import { answer, problemOf } from "./answer.ts";
import type { ServerMessage } from "./messages.ts";
import { REQUEST_MAX_CHARACTERS, type Port } from "./port.ts";

export interface CallContext<M extends MethodName> {
  /** Aborts when the caller cancels or goes away. */
  readonly signal: AbortSignal;
  /** Does nothing once the call was answered. */
  readonly progress: (value: MethodProgress<M>) => void;
  /** The number of the last event of this connection. */
  readonly seq: () => number;
}

export type Handlers = {
  readonly [M in MethodName]: (
    input: MethodInput<M>,
    context: CallContext<M>,
  ) => Promise<Outcome<MethodOutput<M>>> | Outcome<MethodOutput<M>>;
};

export type Emit = <E extends EventName>(name: E, payload: EventPayload<E>) => void;

export interface Server {
  readonly handlers: Handlers;
  /** Takes a connection's way to tell; returns what ends it. */
  readonly attach: (emit: Emit) => () => void;
  /** Told of a handler that threw, or whose answer cannot be sent, which is a bug. Must not throw. */
  readonly onBug: (method: string, error: unknown) => void;
}

/** A reader that is further behind than this misses events and asks for a snapshot later. */
const BACKLOG_MAX_BYTES = 8 * 1024 * 1024;
/** Calls under way at the same time; more are refused. */
const CALLS_MAX = 64;

const Message = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("call"), id: z.int().min(0), method: z.string(), input: z.unknown() }),
  z.strictObject({ kind: z.literal("cancel"), id: z.int().min(0) }),
]);
type Call = Extract<z.infer<typeof Message>, { kind: "call" }>;

/** Answers a port until it closes. */
export function serve(port: Port, server: Server): void {
  const calls = new Map<number, AbortController>();
  let seq = 0;
  const send = (message: ServerMessage): void => port.send(JSON.stringify(message));
  const refuse = (id: number | null, what: Fault): void => send({ kind: "reply", id, ok: false, fault: what });
  const detach = server.attach((name, payload) => {
    seq++;
    if ((port.backlogBytes ?? 0) > BACKLOG_MAX_BYTES) return;
    try {
      send({ kind: "event", seq, name, payload });
    } catch (error) {
      // Too large to be a text, say: it is left out like one without room, and its number tells.
      server.onBug(name, error);
    }
  });

  const run = async (call: Call): Promise<void> => {
    const { id } = call;
    if (calls.has(id)) return refuse(id, fault("request_invalid", `call ${id} is under way`));
    if (calls.size >= CALLS_MAX) return refuse(id, fault("request_too_large", `${CALLS_MAX} calls are under way`));
    const abort = new AbortController();
    calls.set(id, abort);
    const outcome = await answer(server, call, {
      signal: abort.signal,
      progress: (value: unknown) => {
        if (calls.get(id) === abort) send({ kind: "progress", id, value });
      },
      seq: () => seq,
    });
    calls.delete(id);
    if (!outcome.ok) return refuse(id, outcome.fault);
    try {
      send({ kind: "reply", id, ok: true, value: outcome.value });
    } catch (error) {
      server.onBug(call.method, error);
      refuse(id, fault("internal_error", call.method));
    }
  };

  port.onMessage((text) => {
    if (text.length > REQUEST_MAX_CHARACTERS) {
      return refuse(null, fault("request_too_large", `${text.length} characters`));
    }
    const json = parse(text);
    const message = Message.safeParse(json);
    if (!message.success) return refuse(idOf(json), fault("request_invalid", problemOf(message.error)));
    if (message.data.kind === "cancel") calls.get(message.data.id)?.abort();
    else void run(message.data);
  });
  port.onClose(() => {
    detach();
    for (const abort of calls.values()) abort.abort();
  });
}

/** undefined where the text is no JSON: no message is undefined either. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** The id of a message that is wrong otherwise, so that its caller hears of it. */
function idOf(json: unknown): number | null {
  const message = z.looseObject({ id: z.int().min(0) }).safeParse(json);
  return message.success ? message.data.id : null;
}
