/**
 * The DevTools protocol over Chromium's debugging pipe.
 *
 * Invariant: messages are handed on in the order in which Chromium sent them, answers among events.
 * A pipe and not a socket, because Chromium ends as soon as the pipe does, however the host ended.
 */
import { EventEmitter } from "node:events";
import type { Readable, Writable } from "node:stream";
// By its path: the package's own exports leave the protocol's types out.
import type { Protocol } from "../../node_modules/playwright-core/types/protocol.d.ts";

export type { Protocol };

interface Message {
  readonly id?: number;
  readonly sessionId?: string;
  readonly method?: string;
  readonly params?: unknown;
  readonly result?: unknown;
  readonly error?: { readonly message: string };
}

interface Pending {
  readonly method: string;
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: Error) => void;
}

/** One target of Chromium's, or the browser itself. */
export class CdpSession {
  readonly #events = new EventEmitter();
  readonly #send: (method: string, params: unknown) => Promise<unknown>;

  constructor(send: (method: string, params: unknown) => Promise<unknown>) {
    this.#send = send;
  }

  async send<T extends keyof Protocol.CommandParameters>(
    method: T,
    params?: Protocol.CommandParameters[T],
  ): Promise<Protocol.CommandReturnValues[T]> {
    // The protocol's own declaration says what Chromium answers.
    return (await this.#send(method, params ?? {})) as Protocol.CommandReturnValues[T];
  }

  on<T extends keyof Protocol.Events>(event: T, listener: (payload: Protocol.Events[T]) => void): this {
    this.#events.on(event, listener);
    return this;
  }

  /** Hands an event of Chromium's on. */
  receive(event: string, params: unknown): void {
    this.#events.emit(event, params);
  }
}

/** All sessions over one pipe. */
export class CdpConnection {
  readonly root: CdpSession;
  readonly #sessions = new Map<string, CdpSession>();
  readonly #pending = new Map<number, Pending>();
  readonly #output: Writable;
  #lastId = 0;
  #closed = false;
  #rest = Buffer.alloc(0);

  constructor(output: Writable, input: Readable) {
    this.#output = output;
    this.root = new CdpSession((method, params) => this.#send(undefined, method, params));
    input.on("data", (chunk: Buffer) => this.#read(chunk));
    input.on("close", () => this.#end());
    // A pipe that breaks is one that ended: every command under way is refused.
    output.on("error", () => this.#end());
    input.on("error", () => this.#end());
  }

  /** The session that Chromium announced by this id. */
  session(id: string): CdpSession {
    const known = this.#sessions.get(id);
    if (known !== undefined) return known;
    const session = new CdpSession((method, params) => this.#send(id, method, params));
    this.#sessions.set(id, session);
    return session;
  }

  #send(sessionId: string | undefined, method: string, params: unknown): Promise<unknown> {
    if (this.#closed) return Promise.reject(new Error(`${method}: Chromium has ended`));
    this.#lastId += 1;
    const id = this.#lastId;
    return new Promise((resolve, reject) => {
      this.#pending.set(id, { method, resolve, reject });
      this.#output.write(`${JSON.stringify({ id, sessionId, method, params })}\0`);
    });
  }

  #read(chunk: Buffer): void {
    this.#rest = Buffer.concat([this.#rest, chunk]);
    for (let end = this.#rest.indexOf(0); end >= 0; end = this.#rest.indexOf(0)) {
      const text = this.#rest.subarray(0, end).toString("utf8");
      this.#rest = this.#rest.subarray(end + 1);
      // Chromium's protocol has no other messages; a listener that throws ends its own task only.
      queueMicrotask(() => this.#receive(JSON.parse(text) as Message));
    }
  }

  #receive({ id, sessionId, method, params, result, error }: Message): void {
    if (id === undefined) {
      if (method !== undefined) (sessionId === undefined ? this.root : this.session(sessionId)).receive(method, params);
      return;
    }
    const pending = this.#pending.get(id);
    this.#pending.delete(id);
    if (error === undefined) pending?.resolve(result);
    else pending?.reject(new Error(`${pending.method}: ${error.message}`));
  }

  #end(): void {
    if (this.#closed) return;
    this.#closed = true;
    for (const { method, reject } of this.#pending.values()) reject(new Error(`${method}: Chromium has ended`));
    this.#pending.clear();
  }
}
