import type { Socket } from "node:net";
import type { GitRequest } from "./server-failure.ts";

export interface TrafficCount {
  readonly requests: number;
  /** Requests that asked for a pack or for a list of references over protocol 2. */
  readonly fetches: number;
  /** Packs that were sent to be applied. */
  readonly pushes: number;
  /** Pushes begun: also those that the client gave up when it saw the server's references. */
  readonly pushAttempts: number;
  /** Bytes from and to the clients, HTTP's headers included. */
  readonly bytesIn: number;
  readonly bytesOut: number;
}

/** Counts at the socket, so that what a request costs on the wire is what is counted. */
export class ServerTraffic {
  readonly log: GitRequest[] = [];
  readonly #open = new Set<Socket>();
  #bytesIn = 0;
  #bytesOut = 0;

  watch(socket: Socket): void {
    this.#open.add(socket);
    // Destroyed by intent or by the client: either way "close" follows and counts it.
    socket.on("error", () => socket.destroy());
    socket.once("close", () => {
      this.#open.delete(socket);
      this.#bytesIn += socket.bytesRead;
      this.#bytesOut += socket.bytesWritten;
    });
  }

  add(request: GitRequest): void {
    this.log.push(request);
  }

  count(): TrafficCount {
    let bytesIn = this.#bytesIn;
    let bytesOut = this.#bytesOut;
    for (const socket of this.#open) {
      bytesIn += socket.bytesRead;
      bytesOut += socket.bytesWritten;
    }
    const of = (service: GitRequest["service"], phase: GitRequest["phase"]): number =>
      this.log.filter((each) => each.authorized && each.service === service && each.phase === phase).length;
    return {
      requests: this.log.length,
      fetches: of("fetch", "pack"),
      pushes: of("push", "pack"),
      pushAttempts: of("push", "refs"),
      bytesIn,
      bytesOut,
    };
  }
}
