import { connect, createServer, type Server, type Socket } from "node:net";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { temporaryDirectory } from "./temporary-directory.ts";

interface Connection {
  readonly client: Socket;
  readonly request: string;
}

/** Stands between a runtime and its engine, and cuts connections as a test wants it. */
export class EngineProxy {
  readonly host: string;
  readonly #server: Server;
  readonly #connections = new Set<Connection>();
  readonly #engine: string;
  #swallowed: RegExp | undefined;

  private constructor(path: string, engine: string) {
    this.#engine = engine.replace("unix://", "");
    this.host = `unix://${path}`;
    this.#server = createServer((client) => this.#serve(client));
  }

  /** For the provided engine where no other is named. */
  static async open(engine = process.env["DOCKER_HOST"] ?? ""): Promise<EngineProxy> {
    const path = join(temporaryDirectory(), "engine.sock");
    const proxy = new EngineProxy(path, engine);
    await new Promise<void>((resolve) => proxy.#server.listen(path, resolve));
    onTestFinished(() => {
      proxy.#server.close();
      proxy.cut(/./);
    });
    return proxy;
  }

  /** The requests that are open now. */
  open(request: RegExp): readonly string[] {
    return this.#matching(request).map((connection) => connection.request);
  }

  cut(request: RegExp): void {
    for (const { client } of this.#matching(request)) client.destroy();
  }

  #matching(request: RegExp): readonly Connection[] {
    return [...this.#connections].filter((connection) => request.test(connection.request));
  }

  /** From now on the engine carries out these requests, and its answers are lost. */
  swallow(request: RegExp | undefined): void {
    this.#swallowed = request;
  }

  #serve(client: Socket): void {
    client.once("data", (head: Buffer) => {
      client.pause();
      const connection = { client, request: head.toString("latin1").split("\r\n")[0] ?? "" };
      this.#connections.add(connection);
      client.once("close", () => this.#connections.delete(connection));
      this.#connect(connection, head);
    });
    client.on("error", () => client.destroy());
  }

  /** Like a service manager that holds an engine's socket, it lets a request wait for the engine's start. */
  #connect(connection: Connection, head: Buffer): void {
    const { client, request } = connection;
    const upstream = connect(this.#engine);
    upstream.once("connect", () => {
      if (this.#swallowed?.test(request) === true) upstream.once("data", () => client.destroy());
      else upstream.pipe(client);
      upstream.write(head);
      client.pipe(upstream);
      client.once("close", () => upstream.destroy());
      upstream.once("close", () => client.destroy());
    });
    upstream.on("error", () => {
      upstream.destroy();
      if (upstream.bytesWritten === 0 && !client.destroyed) setTimeout(() => this.#connect(connection, head), 50);
    });
  }
}
