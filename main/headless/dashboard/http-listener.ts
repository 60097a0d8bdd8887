import { createServer, type Server as HttpServer } from "node:http";
import type { AddressInfo } from "node:net";
import { failure, success, type Outcome } from "../../../shared/contract/fault.ts";
import { rawAnswer, text } from "./answer.ts";

/** Connections at once; a page needs six, and a process that opens more than it uses gets no further. */
const CONNECTIONS_MAX = 200;

/** Opens a port for requests that are short and come at once: whoever is slow with one is dropped. */
export async function listen(host: string, port: number): Promise<Outcome<HttpServer>> {
  const http = createServer({
    headersTimeout: 10_000,
    requestTimeout: 15_000,
    keepAliveTimeout: 5_000,
    connectionsCheckingInterval: 5_000,
  });
  http.maxConnections = CONNECTIONS_MAX;
  // Node's own answer to what is no HTTP lacks the headers that every answer has.
  http.on("clientError", (error: NodeJS.ErrnoException, socket) => {
    if (error.code === "ECONNRESET" || !socket.writable) return socket.destroy();
    socket.once("finish", () => socket.destroy());
    socket.end(rawAnswer(text(statusOf(error.code), "This is no request for this server.")));
  });
  return new Promise((resolve) => {
    http.once("error", (error: NodeJS.ErrnoException) => {
      resolve(failure("dashboard_port_taken", error.message.slice(0, 200)));
    });
    http.listen(port, host, () => resolve(success(http)));
  });
}

export function portOf(http: HttpServer): number {
  return (http.address() as AddressInfo).port; // It listens on TCP, so this is no pipe's name.
}

function statusOf(code: string | undefined): number {
  if (code === "HPE_HEADER_OVERFLOW") return 431;
  return code === "ERR_HTTP_REQUEST_TIMEOUT" ? 408 : 400;
}
