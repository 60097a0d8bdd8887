import { type ChildProcess, spawn } from "node:child_process";
import type { IncomingMessage } from "node:http";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { git, isolatedGitEnvironment } from "./isolated-git.ts";

export interface BackendOptions {
  /** The directory whose bare repositories are served. */
  readonly root: string;
  /** Partial clones, as GitHub allows them. */
  readonly allowFilter: boolean;
  /** Fetching any object by its id, as GitHub allows it. */
  readonly allowAnySha1InWant: boolean;
}

export interface BackendAnswer {
  readonly status: number;
  readonly headers: readonly (readonly [string, string])[];
  /** The bytes after the header that came along with it; the rest follows on `rest`. */
  readonly first: Buffer;
  readonly rest: Readable;
}

/** `git http-backend` as CGI: one child process for each request, streaming both ways. */
export class HttpBackend {
  readonly #options: BackendOptions;
  readonly #program: string;
  readonly #children = new Set<ChildProcess>();

  private constructor(options: BackendOptions, program: string) {
    this.#options = options;
    this.#program = program;
  }

  static async find(options: BackendOptions): Promise<HttpBackend> {
    const suffix = process.platform === "win32" ? ".exe" : "";
    return new HttpBackend(options, join(await git(["--exec-path"]), `git-http-backend${suffix}`));
  }

  /** Resolves once the CGI header was read; rejects where the backend ends before. */
  async answer(request: IncomingMessage, path: string, query: string): Promise<BackendAnswer> {
    const child = spawn(this.#program, [], {
      env: { ...isolatedGitEnvironment(), ...this.#configuration(), ...cgi(request, path, query, this.#options.root) },
      stdio: ["pipe", "pipe", "pipe"],
      // A group of its own, so that close() also ends what a hook started.
      detached: process.platform !== "win32",
    });
    this.#children.add(child);
    child.once("close", () => this.#children.delete(child));
    const failed = new Promise<never>((_, reject) => child.once("error", reject));
    let complaint = "";
    child.stderr.on("data", (chunk: Buffer) => {
      complaint += chunk.toString("utf8");
    });
    // The client may go away, or Git may answer without reading to the end: both end this copy only.
    const copied = pipeline(request, child.stdin).then(() => "", String);
    const explain = async (): Promise<string> => `${this.#program} answered nothing: ${complaint} ${await copied}`;
    return Promise.race([failed, readHeader(child.stdout, explain)]);
  }

  /** Ends every child and waits for them. */
  async close(): Promise<void> {
    await Promise.all(
      Array.from(this.#children, (child) => {
        const closed = new Promise((resolve) => child.once("close", resolve));
        killGroup(child);
        return closed;
      }),
    );
  }

  #configuration(): Record<string, string> {
    const entries = [
      ["http.receivepack", "true"],
      ["uploadpack.allowFilter", String(this.#options.allowFilter)],
      ["uploadpack.allowAnySHA1InWant", String(this.#options.allowAnySha1InWant)],
      // A background gc would outlive the test that caused it.
      ["receive.autogc", "false"],
      ["safe.directory", "*"],
    ] as const;
    const env: Record<string, string> = { GIT_CONFIG_COUNT: String(entries.length) };
    for (const [index, [key, value]] of entries.entries()) {
      env[`GIT_CONFIG_KEY_${index}`] = key;
      env[`GIT_CONFIG_VALUE_${index}`] = value;
    }
    return env;
  }
}

function killGroup(child: ChildProcess): void {
  if (child.pid === undefined || process.platform === "win32") return void child.kill("SIGKILL");
  try {
    process.kill(-child.pid, "SIGKILL");
  } catch (error) {
    // The whole group may have ended while its "close" is still on its way.
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}

function cgi(request: IncomingMessage, path: string, query: string, root: string): Record<string, string> {
  const { headers } = request;
  const env: Record<string, string> = {
    GATEWAY_INTERFACE: "CGI/1.1",
    SERVER_PROTOCOL: "HTTP/1.1",
    REQUEST_METHOD: request.method ?? "GET",
    GIT_PROJECT_ROOT: root,
    GIT_HTTP_EXPORT_ALL: "1",
    PATH_INFO: path,
    QUERY_STRING: query,
    REMOTE_ADDR: "127.0.0.1",
    REMOTE_USER: "node",
    CONTENT_TYPE: headers["content-type"] ?? "",
  };
  // Without a length (chunked), Git reads to the end of its input.
  if (headers["content-length"] !== undefined) env["CONTENT_LENGTH"] = headers["content-length"];
  if (headers["content-encoding"] !== undefined) env["HTTP_CONTENT_ENCODING"] = headers["content-encoding"];
  const protocol = headers["git-protocol"];
  if (typeof protocol === "string") env["GIT_PROTOCOL"] = protocol;
  return env;
}

function readHeader(stdout: Readable, explain: () => Promise<string>): Promise<BackendAnswer> {
  return new Promise((resolve, reject) => {
    let seen = Buffer.alloc(0);
    const onEnd = (): void => {
      void explain().then((why) => reject(new Error(why)));
    };
    const onData = (chunk: Buffer): void => {
      seen = Buffer.concat([seen, chunk]);
      const end = seen.indexOf("\r\n\r\n");
      if (end < 0) return;
      stdout.pause();
      stdout.off("data", onData).off("end", onEnd);
      const headers = seen.toString("latin1", 0, end).split("\r\n").map(splitHeader);
      const status = Number.parseInt(headers.find(([name]) => name === "status")?.[1] ?? "200", 10);
      const first = seen.subarray(end + 4);
      resolve({ status, headers: headers.filter(([name]) => name !== "status"), first, rest: stdout });
    };
    stdout.on("data", onData).on("end", onEnd);
  });
}

function splitHeader(line: string): readonly [string, string] {
  const colon = line.indexOf(":");
  return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
}
