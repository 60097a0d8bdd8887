/**
 * The local dashboard: the same interface as the desktop application's, served to a browser on this
 * machine, and the worker's contract over a WebSocket.
 *
 * Invariant: whoever cannot show the token, or a cookie made for it, learns that a worker is here and
 * nothing else; and no page but the dashboard's own can use what the donor's browser holds.
 */
import type { IncomingMessage, ServerResponse } from "node:http";
import { failure, success, type Outcome } from "../../../shared/contract/fault.ts";
import { serve, type Server } from "../../../shared/rpc/serve.ts";
import type { Clock, Log } from "../../engine/ports.ts";
import { Access } from "./access.ts";
import { headersOf, text, type Answer } from "./answer.ts";
import { httpGate, type HttpGate } from "./http-gate.ts";
import { listen, portOf } from "./http-listener.ts";
import { authority, isLoopback } from "./origin.ts";
import { readOrMakeSecret } from "./secret-file.ts";
import { SECURITY_HEADERS } from "../../worker/security-headers.ts";
import { staticFiles, type StaticFiles } from "./static-files.ts";
import { WebSocketGate } from "./websocket-gate.ts";
import { webSocketPort } from "./websocket-port.ts";

export interface DashboardOptions {
  /** What a connection is answered by. */
  readonly server: Server;
  /** The built interface: the folder of its index.html. */
  readonly staticDir: string;
  /** Default 127.0.0.1. Another machine's reach needs `token`. */
  readonly host?: string;
  /** 0: any that is free. */
  readonly port: number;
  /** The donor's own token, at least 16 characters; absent: a new one each start. */
  readonly token?: string;
  /** Names under which the dashboard is reached beside its addresses, where it is not bound to loopback. */
  readonly allowedHosts?: readonly string[];
  /** Holds the key that signs cookies; in the data directory, made when missing. */
  readonly secretFile: string;
  /** What /api/status says. */
  readonly status: () => unknown;
  readonly log: Log;
  readonly clock?: Pick<Clock, "now">;
  /** How long a page has to answer a ping, ms. */
  readonly heartbeatMs?: number;
}

export interface Dashboard {
  /** Without the token, and without a slash at the end. */
  readonly url: string;
  /** With the token: whoever has it is let in. */
  readonly link: string;
  /** Ends every connection; resolves when the port is free. */
  close(): Promise<void>;
}

const TOKEN_MIN_CHARACTERS = 16;
const HEARTBEAT_MS = 30_000;

/** Serves the dashboard. Fails where the port is taken, or others could reach it without a token of the donor's. */
export async function startDashboard(options: DashboardOptions): Promise<Outcome<Dashboard>> {
  const { token, log, host = "127.0.0.1" } = options;
  if (token === undefined && !isLoopback(host)) return failure("dashboard_token_needed", `the address is ${host}`);
  if (token !== undefined && token.length < TOKEN_MIN_CHARACTERS) {
    return failure("dashboard_token_needed", `this one has ${token.length}`);
  }
  const secret = readOrMakeSecret(options.secretFile);
  if (!secret.ok) return secret;
  const listening = await listen(host, options.port);
  if (!listening.ok) return listening;

  const http = listening.value;
  const port = portOf(http);
  const now = options.clock?.now ?? Date.now;
  const access = new Access({ secret: secret.value, port, now, ...(token === undefined ? {} : { token }) });
  const allowedHosts = (options.allowedHosts ?? []).map((name) => name.toLowerCase());
  const gate = httpGate({ host: host.toLowerCase(), port, allowedHosts }, access, options.status);
  const onFailure = (error: unknown): void => log.debug({ err: error }, "a connection of the dashboard failed");
  const files = staticFiles(options.staticDir, onFailure);
  const sockets = new WebSocketGate({
    refusal: gate.refusalOfUpgrade,
    onOpen: (socket) => serve(webSocketPort(socket), options.server),
    heartbeatMs: options.heartbeatMs ?? HEARTBEAT_MS,
    onFailure,
  });
  // Nothing was awaited since the port was opened, so no request has come before these.
  http.on("request", (request, response) => respond(request, response, { judge: gate.judge, files, log }));
  http.on("upgrade", (request, socket, head) => sockets.upgrade(request, socket, head));
  http.on("error", onFailure);
  const url = `http://${authority(reachable(host), port)}`;
  log.info({ url }, "the dashboard is served");
  return success({
    url,
    link: `${url}/?token=${encodeURIComponent(access.token)}`,
    close: async () => {
      const closed = new Promise((resolve) => http.close(resolve));
      // WebSockets are not among these: they are told first.
      http.closeAllConnections();
      await sockets.close();
      await closed;
    },
  });
}

interface Responder {
  readonly judge: HttpGate["judge"];
  readonly files: StaticFiles;
  readonly log: Log;
}

/** Answers one request. The request's address is never logged: it may hold the token. */
function respond(request: IncomingMessage, response: ServerResponse, { judge, files, log }: Responder): void {
  try {
    const verdict = judge(request);
    if (!("file" in verdict)) return write(response, verdict);
    for (const [name, value] of Object.entries(SECURITY_HEADERS)) response.setHeader(name, value);
    const unserved = files(request, response, verdict.file);
    if (unserved !== undefined) write(response, unserved);
  } catch (error) {
    log.error({ err: error }, "the dashboard could not answer a request, which is a bug");
    if (response.headersSent) response.destroy();
    else write(response, text(500, "The worker failed in a way that is a bug. See its log, and report it."));
  }
}

function write(response: ServerResponse, answer: Answer): void {
  response.writeHead(answer.status, headersOf(answer)).end(answer.body);
}

/** Where this machine reaches what is bound to every address. */
function reachable(host: string): string {
  if (host === "::") return "::1";
  return host === "0.0.0.0" ? "127.0.0.1" : host;
}
