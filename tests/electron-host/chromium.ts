/**
 * The one Chromium of a host, started when the first window is made.
 *
 * It keeps its profile below the application's user data, so that what a page stored is there after
 * a restart. It can reach no network, and it ends with the host because its debugging pipe does.
 */
import { spawn } from "node:child_process";
import { mkdirSync, readFileSync, readlinkSync } from "node:fs";
import { join } from "node:path";
import type { Readable, Writable } from "node:stream";
import { BROWSER, BROWSER_ARGUMENTS } from "./browser-arguments.ts";
import { CdpConnection, type CdpSession, type Protocol } from "./cdp.ts";

/** A page of Chromium's that shows one window. */
export interface ChromiumPage {
  readonly session: CdpSession;
  readonly targetId: string;
}

export interface Chromium {
  readonly root: CdpSession;
  /** Where another process may attach itself to the same browser. */
  readonly endpoint: string;
  /** Opens an empty page in a window of its own. */
  newPage(width: number, height: number): Promise<ChromiumPage>;
  /** Resolves when the process has ended. */
  close(): Promise<void>;
}

export interface ChromiumOptions {
  readonly profile: string;
  readonly locale: string;
  readonly args: readonly string[];
}

const ARGUMENTS = [
  "--headless",
  "--remote-debugging-pipe",
  "--remote-debugging-port=0",
  "--no-startup-window",
  "--no-default-browser-check",
  "--disable-back-forward-cache",
  "--disable-default-apps",
  "--disable-extensions",
  "--disable-breakpad",
  "--disable-dev-shm-usage",
  "--disable-features=Translate,OptimizationHints,MediaRouter,DialMediaRouteProvider,HttpsUpgrades",
  // A hidden window's page goes on: the application sets how much, as in Electron.
  "--disable-background-timer-throttling",
  "--disable-backgrounding-occluded-windows",
  "--disable-renderer-backgrounding",
  "--disable-popup-blocking",
  "--password-store=basic",
  "--use-mock-keychain",
  "--force-color-profile=srgb",
  "--mute-audio",
  // No name and no address leads anywhere, not for WebSockets either, which no interception sees.
  "--host-resolver-rules=MAP * ~NOTFOUND",
];

/** Starts Chromium; resolves when it can be told what to do. */
export async function startChromium({ profile, locale, args }: ChromiumOptions): Promise<Chromium> {
  mkdirSync(profile, { recursive: true });
  await previousEnd(profile);
  const child = spawn(
    BROWSER,
    [
      ...BROWSER_ARGUMENTS,
      ...ARGUMENTS,
      `--user-data-dir=${profile}`,
      `--lang=${locale}`,
      `--accept-lang=${locale}`,
      ...args,
    ],
    { stdio: ["ignore", "ignore", "pipe", "pipe", "pipe"] },
  );
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  // The list above has pipes from its third on.
  const [, , stderr, output, input] = child.stdio as unknown as [null, null, Readable, Writable, Readable];
  const endpoint = announced(stderr, ended);
  const connection = new CdpConnection(output, input);
  const pages = attachPages(connection);
  await connection.root.send("Target.setDiscoverTargets", { discover: true });
  await connection.root.send("Target.setAutoAttach", { autoAttach: true, waitForDebuggerOnStart: true, flatten: true });
  return {
    root: connection.root,
    endpoint: await endpoint,
    async newPage(width, height) {
      pages.expected += 1;
      const { targetId } = await connection.root.send("Target.createTarget", {
        url: "about:blank",
        newWindow: true,
        width,
        height,
      });
      return { targetId, session: await pages.attached(targetId) };
    },
    async close() {
      // It may be gone already, which is what is wanted.
      await connection.root.send("Browser.close").catch(() => undefined);
      const patience = setTimeout(() => child.kill("SIGKILL"), 5_000);
      await ended;
      clearTimeout(patience);
    },
  };
}

/** Waits for the process that still holds the profile, whose host was killed. */
async function previousEnd(profile: string): Promise<void> {
  for (let waitedMs = 0; waitedMs < 10_000; waitedMs += 20) {
    const pid = holder(join(profile, "SingletonLock"));
    if (pid === undefined || !isRunning(pid)) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** Whether the process runs; one that has ended may stay in the list until somebody asks for its exit code. */
function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return process.platform !== "linux" || !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
  } catch {
    // It has gone between two looks, or belongs to nobody.
    return false;
  }
}

/** Chromium's lock is a link to "host-pid". */
function holder(lock: string): number | undefined {
  try {
    return Number(/-(\d+)$/.exec(readlinkSync(lock))?.[1]);
  } catch {
    // No link is no holder.
    return undefined;
  }
}

/** The address that Chromium prints for debuggers. */
function announced(stderr: Readable, ended: Promise<void>): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = "";
    stderr.setEncoding("utf8");
    stderr.on("data", (chunk: string) => {
      if (text.length < 100_000) text += chunk;
      const [, endpoint] = /DevTools listening on (ws:\S+)/.exec(text) ?? [];
      if (endpoint !== undefined) resolve(endpoint);
    });
    void ended.then(() => reject(new Error(`Chromium ended before it could be used:\n${text}`)));
  });
}

interface Pages {
  /** How many pages the host has asked for and not yet got; any further one was opened by a page. */
  expected: number;
  attached(targetId: string): Promise<CdpSession>;
}

/** Every target starts halted: a window's page is handed over as it is, a page that a page opened is closed unseen. */
function attachPages(connection: CdpConnection): Pages {
  const sessions = new Map<string, CdpSession>();
  const waiting = new Map<string, (session: CdpSession) => void>();
  const pages: Pages = {
    expected: 0,
    attached: (targetId) =>
      new Promise((resolve) => {
        const session = sessions.get(targetId);
        if (session === undefined) waiting.set(targetId, resolve);
        else resolve(session);
      }),
  };
  connection.root.on(
    "Target.attachedToTarget",
    ({ sessionId, targetInfo }: Protocol.Target.attachedToTargetPayload) => {
      const { targetId, type, openerId } = targetInfo;
      if (type === "page" && openerId === undefined && pages.expected > 0) {
        pages.expected -= 1;
        const session = connection.session(sessionId);
        sessions.set(targetId, session);
        waiting.get(targetId)?.(session);
        return;
      }
      // A page may be gone before it is told to go.
      const gone = (): void => undefined;
      if (type === "page") void connection.root.send("Target.closeTarget", { targetId }).catch(gone);
      else void connection.session(sessionId).send("Runtime.runIfWaitingForDebugger").catch(gone);
    },
  );
  return pages;
}
