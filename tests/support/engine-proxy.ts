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
  #swallowed: RegExp | undefined;

  private constructor(path: string) {
    this.host = `unix://${path}`;
    this.#server = createServer((client) => this.#serve(client));
  }

  static async open(): Promise<EngineProxy> {
    const path = join(temporaryDirectory(), "engine.sock");
    const proxy = new EngineProxy(path);
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
    const upstream = connect((process.env["DOCKER_HOST"] ?? "").replace("unix://", ""));
    client.once("data", (head: Buffer) => {
      const connection = { client, request: head.toString("latin1").split("\r\n")[0] ?? "" };
      this.#connections.add(connection);
      client.once("close", () => this.#connections.delete(connection));
      if (this.#swallowed?.test(connection.request) === true) upstream.once("data", () => client.destroy());
      else upstream.pipe(client);
      upstream.write(head);
      client.pipe(upstream);
    });
    // Either side's end is the other's, whatever ended it.
    for (const [one, other] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      one.on("error", () => other.destroy()).on("close", () => other.destroy());
    }
  }
}
