/** The interface's end of a connection: calls as promises of outcomes, events in order, gaps named. */
import type { AnyEvent, EventName } from "../contract/events.ts";
import type { Fault, Outcome } from "../contract/fault.ts";
import type { MethodInput, MethodName, MethodOutput, MethodProgress } from "../contract/methods.ts";
import type { ClientMessage, ServerMessage } from "./messages.ts";
import { REQUEST_MAX_CHARACTERS, type Port } from "./port.ts";

export interface CallOptions<M extends MethodName> {
  /** Aborting tells the worker to stop, and settles the call at once. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (value: MethodProgress<M>) => void;
}

export interface Client {
  /** Never rejects: what goes wrong is a fault. */
  call<M extends MethodName>(
    method: M,
    input: MethodInput<M>,
    options?: CallOptions<M>,
  ): Promise<Outcome<MethodOutput<M>>>;
  /** The one listener of this connection's events, with their numbers. */
  onEvent(listener: (event: AnyEvent, seq: number) => void): void;
  onClose(listener: () => void): void;
  close(): void;
}

interface Pending {
  settle(outcome: Outcome<unknown>): void;
  progress(value: unknown): void;
}

/** Counts over all connections of a page: a bridge that never ends may carry several, one after the other. */
let nextId = 0;

/** Wraps a port. Messages are trusted: they come from the worker this page was served by. */
export function connect(port: Port): Client {
  const pending = new Map<number, Pending>();
  let closed = false;
  let listener: ((event: AnyEvent, seq: number) => void) | undefined;

  port.onMessage((text) => {
    const message = JSON.parse(text) as ServerMessage;
    switch (message.kind) {
      case "event":
        listener?.({ name: message.name as EventName, payload: message.payload } as AnyEvent, message.seq);
        return;
      case "progress":
        pending.get(message.id)?.progress(message.value);
        return;
      case "reply":
        if (message.id !== null) return pending.get(message.id)?.settle(outcomeOf(message));
        // The worker could not read a message of ours, so nobody knows whose it was: no call may wait for ever.
        for (const one of pending.values()) one.settle(outcomeOf(message));
    }
  });
  port.onClose(() => {
    closed = true;
    for (const one of pending.values()) one.settle({ ok: false, fault: disconnected() });
  });

  return {
    call: (method, input, { signal, onProgress } = {}) =>
      new Promise((resolve) => {
        if (closed) return resolve({ ok: false, fault: disconnected() });
        if (signal?.aborted === true) return resolve({ ok: false, fault: cancelled() });
        const id = nextId++;
        const text = encode({ kind: "call", id, method, input });
        if (text.length > REQUEST_MAX_CHARACTERS) return resolve({ ok: false, fault: tooLarge(text.length) });
        const onAbort = (): void => {
          if (closed) return;
          port.send(encode({ kind: "cancel", id }));
          pending.get(id)?.settle({ ok: false, fault: cancelled() });
        };
        signal?.addEventListener("abort", onAbort, { once: true });
        pending.set(id, {
          settle: (outcome) => {
            pending.delete(id);
            signal?.removeEventListener("abort", onAbort);
            // The worker answers a method with that method's output.
            resolve(outcome as Outcome<MethodOutput<typeof method>>);
          },
          progress: (value) => onProgress?.(value as MethodProgress<typeof method>),
        });
        port.send(text);
      }),
    onEvent: (next) => {
      listener = next;
    },
    onClose: (done) => port.onClose(done),
    close: () => port.close(),
  };
}

function encode(message: ClientMessage): string {
  return JSON.stringify(message);
}

function outcomeOf(reply: Extract<ServerMessage, { kind: "reply" }>): Outcome<unknown> {
  return reply.ok ? { ok: true, value: reply.value } : { ok: false, fault: reply.fault };
}

// Spelled out here, because the renderer must not carry the schemas that stand beside the others.
function disconnected(): Fault {
  return {
    code: "worker_disconnected",
    meaning: "The worker does not answer.",
    next: "Start it again: this page reconnects by itself.",
    detail: "",
  };
}

function cancelled(): Fault {
  return {
    code: "request_cancelled",
    meaning: "The request was cancelled.",
    next: "Nothing to do, or start it again.",
    detail: "",
  };
}

function tooLarge(characters: number): Fault {
  return {
    code: "request_too_large",
    meaning: "The request is larger than the worker accepts.",
    next: "Send less at once.",
    detail: `${characters} characters`,
  };
}
