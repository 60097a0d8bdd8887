/** The desktop application on the host of tests/electron-host: its main process is Node, its windows are Chromium's. */
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { createServer, type Server, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { type Browser, chromium, type Page } from "playwright-core";
import type { DesktopApp, Start } from "./launch.ts";

const WINDOW_TIMEOUT_MS = 60_000;
const PATIENCE_MS = 10_000;

interface Reply {
  readonly id: number;
  readonly ok: boolean;
  readonly value?: unknown;
  readonly error?: string;
}

/** Where the host's first window is. */
interface HostPage {
  readonly endpoint: string;
  readonly targetId: string;
}

export async function launchHost(executable: string, { args, env }: Start): Promise<DesktopApp> {
  const folder = mkdtempSync(join(realpathSync(tmpdir()), "dgrid-host-"));
  const path = process.platform === "win32" ? `\\\\.\\pipe\\${folder.replaceAll(/\W/g, "_")}` : join(folder, "control");
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(path, resolve));
  const connected = new Promise<Socket>((resolve) => server.once("connection", resolve));
  const child = spawn(executable, args, {
    env: { ...env, ELECTRON_HOST_CONTROL: path },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding("utf8").on("data", (chunk: string) => (output += chunk));
  const exited = new Promise<number | null>((resolve, reject) => {
    child.once("error", reject).once("exit", (code) => resolve(code));
  });
  const failed = exited.then((code) => {
    tidy(server, folder);
    throw new Error(`the host ended with ${code} before it could be asked:\n${output}`);
  });
  const host = new Host(await Promise.race([connected, failed]));
  failed.catch(() => undefined);
  return {
    kind: "host",
    // What a function returns is what the host sends back of it.
    evaluate: async <R>(fn: (...all: never[]) => unknown, argument?: unknown) =>
      (await host.ask({ kind: "evaluate", source: fn.toString(), argument })) as R,
    window: () => host.window(),
    output: () => output,
    exited,
    pid: child.pid ?? 0,
    async kill() {
      child.kill("SIGKILL");
      await exited;
    },
    async close() {
      await end(child, exited, host);
      await host.disconnect();
      tidy(server, folder);
    },
  };
}

function tidy(server: Server, folder: string): void {
  server.close();
  rmSync(folder, { recursive: true, force: true });
}

async function end(child: ChildProcess, exited: Promise<number | null>, host: Host): Promise<void> {
  const patience = setTimeout(() => child.kill("SIGKILL"), PATIENCE_MS);
  // The answer is lost where the process is faster, and there is none where it has ended.
  host.ask({ kind: "evaluate", source: "({ app }) => app.exit(0)" }).catch(() => undefined);
  await exited;
  clearTimeout(patience);
}

/** Chromium's name for a page; undefined where it is about to go. */
async function targetOf(page: Page): Promise<string | undefined> {
  try {
    const session = await page.context().newCDPSession(page);
    const { targetInfo } = await session.send("Target.getTargetInfo");
    await session.detach();
    return targetInfo.targetId;
  } catch {
    // Closed in Chromium, and Playwright has yet to hear of it.
    return undefined;
  }
}

/** The line into the host, and the connection to its Chromium. */
class Host {
  readonly #socket: Socket;
  readonly #asked = new Map<number, PromiseWithResolvers<unknown>>();
  readonly #crashed = new WeakSet<Page>();
  #lastId = 0;
  #browser: Browser | undefined;

  constructor(socket: Socket) {
    this.#socket = socket;
    createInterface(socket)
      .on("line", (line) => this.#answered(JSON.parse(line) as Reply))
      // A killed host resets its end.
      .on("error", () => socket.destroy());
    socket.on("error", () => socket.destroy());
    socket.on("close", () => {
      for (const { reject } of this.#asked.values()) reject(new Error("the host has ended"));
      this.#asked.clear();
    });
  }

  ask(question: object): Promise<unknown> {
    if (this.#socket.destroyed) return Promise.reject(new Error("the host has ended"));
    this.#lastId += 1;
    const asked = Promise.withResolvers<unknown>();
    this.#asked.set(this.#lastId, asked);
    this.#socket.write(`${JSON.stringify({ ...question, id: this.#lastId })}\n`);
    return asked.promise;
  }

  async window(): Promise<Page> {
    const late = new Error(`no window within ${WINDOW_TIMEOUT_MS} ms`);
    const timeout = Promise.withResolvers<never>();
    const timer = setTimeout(() => timeout.reject(late), WINDOW_TIMEOUT_MS);
    try {
      // The host's own answer.
      const { endpoint, targetId } = (await Promise.race([this.ask({ kind: "window" }), timeout.promise])) as HostPage;
      return await this.#page(endpoint, targetId);
    } finally {
      clearTimeout(timer);
    }
  }

  async disconnect(): Promise<void> {
    await this.#browser?.close();
    this.#browser = undefined;
  }

  async #page(endpoint: string, targetId: string): Promise<Page> {
    if (this.#browser?.isConnected() !== true) this.#browser = await chromium.connectOverCDP(endpoint);
    const [context] = this.#browser.contexts();
    if (context === undefined) throw new Error("Chromium has no context");
    for (;;) {
      const more = context.waitForEvent("page", { timeout: WINDOW_TIMEOUT_MS });
      more.catch(() => undefined);
      for (const page of context.pages()) {
        if (this.#crashed.has(page)) return this.#pageAfterCrash(endpoint, targetId);
        if ((await targetOf(page)) !== targetId) continue;
        page.once("crash", () => this.#crashed.add(page));
        page.setDefaultTimeout(WINDOW_TIMEOUT_MS);
        return page;
      }
      await more;
    }
  }

  /** Playwright gives a page up for good when it crashes; a new connection finds it alive again. */
  async #pageAfterCrash(endpoint: string, targetId: string): Promise<Page> {
    await this.disconnect();
    return this.#page(endpoint, targetId);
  }

  #answered({ id, ok, value, error = "" }: Reply): void {
    const asked = this.#asked.get(id);
    this.#asked.delete(id);
    if (ok) asked?.resolve(value);
    else asked?.reject(new Error(error));
  }
}
