/**
 * Smart HTTP on loopback, as a Git host speaks it, with failures on demand.
 *
 * Invariant: whatever was not made to fail is real Git; nothing of its protocol is imitated here.
 */
import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { ArrivalWaiters } from "./arrival-waiters.ts";
import { BackendOutput } from "./backend-output.ts";
import { HttpBackend } from "./http-backend.ts";
import {
  FailureQueue,
  type FailureScope,
  type GitRequest,
  type Matching,
  type ServerFailure,
} from "./server-failure.ts";
import { ServerTraffic, type TrafficCount } from "./server-traffic.ts";

export interface GitServerOptions {
  /** The directory whose bare repositories are served. */
  readonly root: string;
  /** What Basic authentication must carry as its password; absent: everyone may read and push. */
  readonly token?: string;
  readonly allowFilter?: boolean;
  readonly allowAnySha1InWant?: boolean;
  /** Added to every request before it is looked at. */
  readonly delayMs?: number;
  /** A free one by default. */
  readonly port?: number;
}

export async function startGitServer(options: GitServerOptions): Promise<GitServer> {
  const backend = await HttpBackend.find({
    root: options.root,
    allowFilter: options.allowFilter ?? true,
    allowAnySha1InWant: options.allowAnySha1InWant ?? true,
  });
  const server = new GitServer(backend, options);
  await server.listenAgain();
  return server;
}

export class GitServer {
  /** Added to every request; may be changed at any time. */
  delayMs: number;
  /** The one password accepted; changing it revokes the old one. */
  token: string | undefined;
  readonly #backend: HttpBackend;
  readonly #failures = new FailureQueue();
  readonly #arrived = new ArrivalWaiters();
  readonly #answered = new ArrivalWaiters();
  readonly #traffic = new ServerTraffic();
  readonly #delays = new Set<NodeJS.Timeout>();
  #http: Server | undefined;
  #port: number;

  constructor(backend: HttpBackend, options: GitServerOptions) {
    this.#backend = backend;
    this.delayMs = options.delayMs ?? 0;
    this.token = options.token;
    this.#port = options.port ?? 0;
  }

  /** `http://127.0.0.1:port`, without a slash at the end. */
  get origin(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  /** The address of a repository given by its path below the root. */
  url(repository: string): string {
    return `${this.origin}/${repository}`;
  }

  /** Everything counted since the start: requests, pushes, bytes on the wire with HTTP's headers. */
  get traffic(): TrafficCount {
    return this.#traffic.count();
  }

  /** Every request that arrived, oldest first. */
  get log(): readonly GitRequest[] {
    return this.#traffic.log;
  }

  /** Makes matching requests fail from now on; returns what ends it. */
  inject(failure: ServerFailure, scope: FailureScope = {}): () => void {
    return this.#failures.inject(failure, scope);
  }

  /** Ends all failures that were injected. Requests that already hang go on hanging. */
  clearFailures(): void {
    this.#failures.clear();
  }

  /** Resolves when the next matching request has arrived, before anything is done with it. */
  nextArrival(match: Matching): Promise<GitRequest> {
    return this.#arrived.next(match);
  }

  /** Resolves when the next matching request was answered, or cut, and Git is done with it. */
  nextAnswer(match: Matching): Promise<GitRequest> {
    return this.#answered.next(match);
  }

  /** The server is away: the port is closed and every connection destroyed. */
  async refuseConnections(): Promise<void> {
    const http = this.#http;
    this.#http = undefined;
    for (const delay of this.#delays) clearTimeout(delay);
    this.#delays.clear();
    if (http === undefined) return;
    const closed = new Promise((resolve) => http.close(resolve));
    http.closeAllConnections();
    await closed;
  }

  /** The server is back, on the same port. */
  async listenAgain(): Promise<void> {
    if (this.#http !== undefined) return;
    const http = createServer((request, response) => this.#accept(request, response));
    http.requestTimeout = 0;
    http.on("connection", (socket) => this.#traffic.watch(socket));
    this.#http = http;
    await new Promise<void>((resolve, reject) => {
      http.once("error", reject);
      http.listen(this.#port, "127.0.0.1", resolve);
    });
    this.#port = (http.address() as AddressInfo).port; // It listens on TCP, so this is no pipe's name.
  }

  async close(): Promise<void> {
    await this.refuseConnections();
    await this.#backend.close();
  }

  #accept(message: IncomingMessage, response: ServerResponse): void {
    const request = this.#describe(message);
    this.#traffic.add(request);
    this.#arrived.announce(request);
    const handle = (): void => {
      this.#handle(request, message, response).then(
        () => this.#answered.announce(request),
        (error: unknown) => {
          // The backend ended without an answer: to the client that is what it looks like on a real host.
          if (!response.headersSent) response.writeHead(500).end(String(error));
          else response.destroy();
          this.#answered.announce(request);
        },
      );
    };
    if (this.delayMs === 0) return handle();
    const delay = setTimeout(() => {
      this.#delays.delete(delay);
      handle();
    }, this.delayMs);
    this.#delays.add(delay);
  }

  async #handle(request: GitRequest, message: IncomingMessage, response: ServerResponse): Promise<void> {
    const hit = this.#failures.take(request);
    const failure = hit?.failure;
    if (failure?.kind === "hang") return void (await once(response, "close"));
    if (failure?.kind === "drop") return void message.socket.destroy();
    if (failure?.kind === "status") return refuse(message, response, failure.status);
    if (failure?.kind === "redirect") return refuse(message, response, 302, { location: failure.to + message.url });
    if (!request.authorized) return refuse(message, response, 401);
    const url = new URL(message.url ?? "/", this.origin);
    const answer = await this.#backend.answer(message, decodeURIComponent(url.pathname), url.search.slice(1));
    const output = new BackendOutput(answer, response);
    if (failure?.kind === "cut-after-apply") return output.discard(failure.answer);
    if (failure?.kind === "cut-mid-pack") return output.sendUntilPack(failure.bytes ?? 20, hit?.spend);
    return output.send();
  }

  #describe(message: IncomingMessage): GitRequest {
    const url = new URL(message.url ?? "/", this.origin);
    const refs = url.pathname.endsWith("/info/refs");
    const program = refs ? url.searchParams.get("service") : url.pathname.slice(url.pathname.lastIndexOf("/") + 1);
    const service = program === "git-upload-pack" ? "fetch" : program === "git-receive-pack" ? "push" : "other";
    const probe = message.method === "POST" && service === "push" && message.headers["content-length"] === "4";
    return {
      method: message.method ?? "GET",
      repository: decodeURIComponent(url.pathname.replace(/\/(info\/refs|git-[a-z]+-pack)$/, "")),
      service,
      phase: refs ? "refs" : probe ? "probe" : "pack",
      authorized: this.token === undefined || passwordOf(message) === this.token,
    };
  }
}

function passwordOf(message: IncomingMessage): string | undefined {
  const [scheme, credentials] = (message.headers.authorization ?? "").split(" ");
  if (scheme?.toLowerCase() !== "basic" || credentials === undefined) return undefined;
  const text = Buffer.from(credentials, "base64").toString("utf8");
  return text.slice(text.indexOf(":") + 1);
}

function refuse(message: IncomingMessage, response: ServerResponse, status: number, headers = {}): void {
  message.resume();
  const challenge = status === 401 ? { "www-authenticate": 'Basic realm="grid"' } : {};
  response.writeHead(status, { "content-type": "text/plain", ...challenge, ...headers });
  response.end(`${status}\n`);
}
