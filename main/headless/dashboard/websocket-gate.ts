/** Lets WebSockets in, as many as there may be, and ends those that nobody answers on any more. */
import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { WebSocketServer, type WebSocket } from "ws";
import { rawAnswer, text, type Answer } from "./answer.ts";

export interface GateOptions {
  /** What is to be said instead of letting this one in; undefined lets it in. */
  readonly refusal: (request: IncomingMessage) => Answer | undefined;
  readonly onOpen: (socket: WebSocket) => void;
  /** How long a peer has to answer a ping, ms. */
  readonly heartbeatMs: number;
  readonly onFailure: (error: unknown) => void;
}

/** Tabs of one donor's browsers. */
const SOCKETS_MAX = 20;
/** Room for a request that is too large to be told so; what is larger still is not read at all. */
const PAYLOAD_MAX_BYTES = 4 * 1024 * 1024;
/** How long a peer may take to say goodbye, ms. */
const GOODBYE_MS = 500;

export class WebSocketGate {
  readonly #options: GateOptions;
  readonly #sockets = new Set<WebSocket>();
  /** Those that have not answered the last ping. */
  readonly #silent = new Set<WebSocket>();
  readonly #server = new WebSocketServer({
    noServer: true,
    maxPayload: PAYLOAD_MAX_BYTES,
    // A snapshot of ten thousand tasks is 2 MB of text and travels as 0.3 MB at the cheapest level, which
    // costs 5 ms (higher ones cost 13 ms for the same size). Small events are not worth it.
    perMessageDeflate: {
      threshold: 16 * 1024,
      zlibDeflateOptions: { level: 1 },
      serverNoContextTakeover: true,
      clientNoContextTakeover: true,
    },
  });
  readonly #heartbeat: NodeJS.Timeout;

  constructor(options: GateOptions) {
    this.#options = options;
    // With a listener the library leaves the answer to us, and every answer carries the same headers.
    this.#server.on("wsClientError", (_error, socket) => refuse(socket, text(400, "This is no WebSocket request.")));
    this.#heartbeat = setInterval(() => this.#beat(), options.heartbeatMs).unref();
  }

  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    // Node leaves the socket to us, and an unheard error would end the worker. It closes by itself.
    socket.on("error", this.#options.onFailure);
    const refusal = this.#options.refusal(request);
    if (refusal !== undefined) return refuse(socket, refusal);
    this.#server.handleUpgrade(request, socket, head, (opened) => this.#take(opened));
  }

  /** Says goodbye to everyone; resolves when all are gone. */
  async close(): Promise<void> {
    clearInterval(this.#heartbeat);
    const gone = [...this.#server.clients].map((socket) => {
      const closed = new Promise((resolve) => socket.once("close", resolve));
      socket.close(1001);
      return closed;
    });
    const impatience = setTimeout(() => {
      for (const socket of this.#server.clients) socket.terminate();
    }, GOODBYE_MS);
    await Promise.all(gone);
    clearTimeout(impatience);
  }

  #take(socket: WebSocket): void {
    // The library closes the socket itself, with the code of what was wrong.
    socket.on("error", this.#options.onFailure);
    if (this.#sockets.size >= SOCKETS_MAX) return socket.close(1013);
    this.#sockets.add(socket);
    socket.on("pong", () => this.#silent.delete(socket));
    socket.on("close", () => {
      this.#sockets.delete(socket);
      this.#silent.delete(socket);
    });
    this.#options.onOpen(socket);
  }

  #beat(): void {
    for (const socket of this.#sockets) {
      if (this.#silent.has(socket)) {
        socket.terminate();
        continue;
      }
      this.#silent.add(socket);
      socket.ping();
    }
  }
}

function refuse(socket: Duplex, answer: Answer): void {
  // A peer may keep its half open for ever; ours is over with the answer.
  socket.once("finish", () => socket.destroy());
  socket.end(rawAnswer(answer));
}
