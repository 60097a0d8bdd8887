/** A dashboard on a free port, and requests to it as they are, with nothing a client library would mend. */
import { mkdirSync, writeFileSync } from "node:fs";
import { request as httpRequest, type IncomingHttpHeaders } from "node:http";
import { connect as connectTcp } from "node:net";
import { join } from "node:path";
import { text as readText } from "node:stream/consumers";
import { expect, onTestFinished } from "vitest";
import type { Log } from "../../main/engine/ports.ts";
import {
  startDashboard,
  type Dashboard,
  type DashboardOptions,
} from "../../main/headless/dashboard/dashboard-server.ts";
import type { Server } from "../../shared/rpc/serve.ts";
import { fakeHandlers } from "./rpc-samples.ts";
import { temporaryDirectory } from "./temporary-directory.ts";

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface TestDashboard extends Dashboard {
  readonly port: number;
  readonly token: string;
  readonly staticDir: string;
  readonly secretFile: string;
  /** Everything that was logged, as text. */
  readonly logged: readonly string[];
  /** A request with a right Host; `path` goes over the wire as it is. */
  ask(path: string, options?: { method?: string; headers?: Record<string, string> }): Promise<Answer>;
  /** Goes in with the token; returns the Cookie header. */
  enter(): Promise<string>;
}

export const idleServer: Server = {
  handlers: fakeHandlers({}),
  attach: () => () => undefined,
  onBug: (method, error) => {
    throw new Error(`a bug in ${method}`, { cause: error });
  },
};

/** Starts one with an interface of four files; it is closed when the test is over. */
export async function testDashboard(options: Partial<DashboardOptions> = {}): Promise<TestDashboard> {
  const directory = temporaryDirectory();
  const staticDir = options.staticDir ?? builtInterface(directory);
  const secretFile = options.secretFile ?? join(directory, "dashboard.key");
  const logged: string[] = [];
  const log = options.log ?? recordingLog(logged);
  const started = await startDashboard({
    server: idleServer,
    port: 0,
    status: () => ({ state: "off" }),
    ...options,
    staticDir,
    secretFile,
    log,
  });
  if (!started.ok) throw new Error(started.fault.detail);
  const dashboard = started.value;
  onTestFinished(() => dashboard.close());
  const port = Number(new URL(dashboard.url).port);
  const token = new URL(dashboard.link).searchParams.get("token") ?? "";
  const ask: TestDashboard["ask"] = (path, asked = {}) => ask1(dashboard.url, path, asked);
  const enter = async (): Promise<string> => cookieOf(await ask(`/?token=${encodeURIComponent(token)}`));
  return { ...dashboard, port, token, staticDir, secretFile, logged, ask, enter };
}

/** The Cookie header that a browser would send after this answer. */
export function cookieOf(answer: Answer): string {
  return answer.headers["set-cookie"]?.[0]?.split(";")[0] ?? "";
}

function ask1(
  base: string,
  path: string,
  { method = "GET", headers = {} }: { method?: string; headers?: Record<string, string> },
): Promise<Answer> {
  const { hostname, port } = new URL(base);
  return new Promise((resolve, reject) => {
    const host = hostname.replace(/^\[|\]$/g, "");
    const request = httpRequest({ host, port, path, method, headers, agent: false }, (response) => {
      readText(response).then(
        (body) => resolve({ status: response.statusCode ?? 0, headers: response.headers, body }),
        reject,
      );
    });
    request.on("upgrade", (response, socket) => {
      socket.destroy();
      resolve({ status: response.statusCode ?? 0, headers: response.headers, body: "" });
    });
    request.on("error", reject);
    request.end();
  });
}

function builtInterface(directory: string): string {
  const dir = join(directory, "renderer");
  mkdirSync(join(dir, "assets"), { recursive: true });
  writeFileSync(join(dir, "index.html"), "<!doctype html><title>D-GRID</title>");
  writeFileSync(join(dir, "assets", "app-1a2B3c4D.js"), "console.log(1);");
  writeFileSync(join(dir, "favicon.svg"), "<svg/>");
  writeFileSync(join(dir, ".hidden"), "hidden");
  writeFileSync(join(directory, "outside.txt"), "outside");
  writeFileSync(join(directory, "renderer-beside.txt"), "outside");
  return dir;
}

function recordingLog(lines: string[]): Log {
  const record = (fields: unknown, message: string): void => {
    const plain = JSON.stringify(fields, (_key, value: unknown) =>
      value instanceof Error ? String(value.stack) : value,
    );
    lines.push(`${plain} ${message}`);
  };
  return { debug: record, info: record, warn: record, error: record };
}

const UPGRADE = {
  Connection: "Upgrade",
  Upgrade: "websocket",
  "Sec-WebSocket-Version": "13",
  "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
};

/** What every answer must carry, and what none may. */
export function expectSafe({ headers }: Answer): void {
  expect(headers).toMatchObject({
    "content-security-policy":
      "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; " +
      "font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "x-frame-options": "DENY",
  });
  expect(headers["permissions-policy"]).toContain("camera=()");
  expect(headers["cache-control"]).toMatch(/^no-store$|^private, max-age=31536000, immutable$/);
  const names = Object.keys(headers);
  expect(names.filter((name) => name.startsWith("access-control-"))).toEqual([]);
  expect(names).not.toContain("server");
  expect(names).not.toContain("x-powered-by");
}

/** A WebSocket handshake as it would be sent; the answer's status is 101 where it is let in. */
export function upgrade(dashboard: TestDashboard, headers: Record<string, string>, path = "/ws"): Promise<Answer> {
  return dashboard.ask(path, { headers: { ...UPGRADE, ...headers } });
}

/** Bytes over TCP; resolves with all that came back. */
export async function sendBytes(dashboard: TestDashboard, bytes: string): Promise<string> {
  const socket = connectTcp(dashboard.port, "127.0.0.1");
  socket.write(bytes);
  return readText(socket);
}
