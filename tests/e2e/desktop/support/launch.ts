/**
 * Starts the desktop application: on real Electron where its binary is, else on the host of
 * tests/electron-host over real Chromium. The application and the specs are the same on both.
 */
import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type * as Electron from "electron";
import type { Page } from "playwright-core";
import { launchElectron } from "./launch-electron.ts";
import { launchHost } from "./launch-host.ts";

export interface DesktopApp {
  readonly kind: "electron" | "host";
  /** Runs in the main process with Electron's module. The function is sent as its source. */
  evaluate<R, A = undefined>(fn: (electron: typeof Electron, arg: A) => R | Promise<R>, arg?: A): Promise<R>;
  /** The page of the main window; waits up to 60 s until there is one. */
  window(): Promise<Page>;
  /** Standard output and standard error so far. */
  output(): string;
  /** The exit code, or null where a signal ended the main process. */
  readonly exited: Promise<number | null>;
  readonly pid: number;
  /** Kills the main process; resolves when it is gone. */
  kill(): Promise<void>;
  /** Ends the application without asking it, and everything that was opened for it. */
  close(): Promise<void>;
}

export interface LaunchOptions {
  /** A fresh folder: the application's home, and where its user data goes. */
  readonly home: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly args?: readonly string[];
  /** Where the main process writes what of its code ran. */
  readonly coverageDir?: string;
  /** The application's folder; the project's own unless said otherwise. */
  readonly app?: string;
}

/** How a process of the application is started. */
export interface Start {
  /** What the executable is given: the spy, the application and its arguments. */
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

const PROJECT = join(import.meta.dirname, "../../../..");
const SPY = join(import.meta.dirname, "spy.cjs");
const HOST = join(PROJECT, "tests/electron-host/electron");

const electronPath = findElectron();

console.log(`the desktop application runs on ${electronPath ?? "the Electron host over Chromium"}`);

/** Starts the application; resolves as soon as its main process can be asked. */
export function launchDesktop(options: LaunchOptions): Promise<DesktopApp> {
  const start = startOf(options);
  return electronPath === undefined ? launchHost(HOST, start) : launchElectron(electronPath, start);
}

/** Starts the application once more on the same home, which is expected to end by itself; tells its exit code. */
export function runAgain(options: LaunchOptions): Promise<number | null> {
  const { args, env } = startOf(options);
  const isRoot = process.platform === "linux" && process.getuid?.() === 0;
  const sandbox = electronPath !== undefined && isRoot ? ["--no-sandbox"] : [];
  const child = spawn(electronPath ?? HOST, [...sandbox, ...args], { env, stdio: "inherit" });
  return new Promise((resolve, reject) => child.once("error", reject).once("exit", (code) => resolve(code)));
}

function startOf({ home, env = {}, args = [], coverageDir, app = PROJECT }: LaunchOptions): Start {
  // The test runner's own settings are not the application's.
  const inherited = Object.entries(process.env).filter(
    ([name, value]) => value !== undefined && !/^(VITEST|NODE_OPTIONS$|NODE_ENV$|NODE_V8_COVERAGE$)/.test(name),
  );
  return {
    args: ["-r", SPY, app, ...args],
    env: {
      ...(Object.fromEntries(inherited) as Record<string, string>),
      HOME: home,
      USERPROFILE: home,
      APPDATA: join(home, "AppData", "Roaming"),
      LOCALAPPDATA: join(home, "AppData", "Local"),
      XDG_CONFIG_HOME: join(home, ".config"),
      XDG_DATA_HOME: join(home, ".local", "share"),
      XDG_STATE_HOME: join(home, ".local", "state"),
      XDG_CACHE_HOME: join(home, ".cache"),
      ...(coverageDir === undefined ? {} : { NODE_V8_COVERAGE: coverageDir }),
      ...env,
    },
  };
}

/** Electron's binary, by its package's own rules, but without fetching it where there is none. */
function findElectron(): string | undefined {
  const folder = join(PROJECT, "node_modules", "electron");
  const file = join(folder, "path.txt");
  const name = existsSync(file) ? readFileSync(file, "utf8").trim() : undefined;
  const override = process.env["ELECTRON_OVERRIDE_DIST_PATH"];
  const dist = override ?? join(folder, "dist");
  const path = name === undefined && override === undefined ? undefined : join(dist, name ?? "electron");
  return path !== undefined && existsSync(path) ? path : undefined;
}
