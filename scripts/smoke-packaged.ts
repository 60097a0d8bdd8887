/**
 * `node scripts/smoke-packaged.ts [PROGRAM]`: starts the packaged application with a profile of its own
 * and waits until its log says that the window shows the interface; then starts it as the dead-man's
 * switch, which has to take an order and to end once it is let go.
 *
 * Nothing drives the application from outside: its fuses refuse every debugger.
 */
import { spawn, type ChildProcess } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import type { DeadmanOrder, DeadmanReceipt } from "../main/adapters/docker/deadman-protocol.ts";
import type { EngineAddress } from "../main/adapters/docker/engine-address.ts";
import { describeFault, failure, success, type Outcome } from "../shared/contract/fault.ts";

const PACKAGES = join(import.meta.dirname, "../dist/packages");
const SHOWN = "the window shows the interface";
/** A first start on a shared machine, where a scanner reads every file first. */
const DEADLINE_MS = 180_000;
const LOOK_EVERY_MS = 250;
const HELPERS_MS = 10_000;
const TOLD_MOST = 4_000;

const LogLine = z.looseObject({ msg: z.string() });

const CONTAINER = "0".repeat(64);
/** Nobody is asked before the deadline. */
const NOWHERE: EngineAddress = {
  kind: "socket",
  path: process.platform === "win32" ? "//./pipe/dgrid-no-engine" : "/nonexistent/docker.sock",
};
const WATCH: DeadmanOrder = {
  do: "watch",
  id: CONTAINER,
  name: "dgrid-smoke",
  engine: NOWHERE,
  remainingMs: 2 * DEADLINE_MS,
};
const FORGET: DeadmanOrder = { do: "forget", id: CONTAINER };

interface SmokeOptions {
  readonly program: string;
  /** Before those that say what it is to be. */
  readonly args?: readonly string[];
  readonly deadlineMs?: number;
}

/** Starts the program, waits for its window, and ends it; a failure tells what it said and logged. */
export async function smokeTest({
  program,
  args = [],
  deadlineMs = DEADLINE_MS,
}: SmokeOptions): Promise<Outcome<void>> {
  const profile = mkdtempSync(join(tmpdir(), "dgrid-smoke-"));
  const log = join(profile, "logs/dgrid.log");
  const child = spawn(program, [...args, `--user-data-dir=${profile}`], { stdio: ["ignore", "pipe", "pipe"] });
  const started = observe(child);
  const failed = (what: string): Outcome<void> =>
    failure("internal_error", `${what}\n${started.said()}\n${read(log).slice(-TOLD_MOST)}`);
  try {
    const found = await first(deadlineMs, () => (shows(read(log)) ? "shown" : started.ended()));
    if (found === "shown") return success(undefined);
    return failed(
      found === undefined
        ? `${program} showed no window within ${deadlineMs} ms`
        : `${program} ${found} before its window was there`,
    );
  } finally {
    await started.kill();
    // Its helper processes let go of their files a moment later.
    rmSync(profile, { recursive: true, force: true, maxRetries: 20, retryDelay: 250 });
  }
}

/** Starts the program as the dead-man's switch, as main/electron/own-process.ts does, and lets it go again. */
export async function smokeDeadman({
  program,
  args = [],
  deadlineMs = DEADLINE_MS,
}: SmokeOptions): Promise<Outcome<void>> {
  const headless = process.platform === "linux" ? ["--ozone-platform=headless"] : [];
  const child = spawn(program, [...args, "--deadman", "--disable-gpu", ...headless], {
    stdio: ["ignore", "pipe", "pipe", "ipc"],
    // It has to outlive the session whose screen this is.
    env: { ...process.env, DISPLAY: undefined, WAYLAND_DISPLAY: undefined },
  });
  const started = observe(child);
  const failed = (what: string): Outcome<void> =>
    failure("internal_error", `${program} --deadman ${what}\n${started.said()}`);
  let isArmed = false;
  child.on("message", (receipt) => (isArmed ||= (receipt as DeadmanReceipt).watching === CONTAINER));
  try {
    // Where the order does not arrive, there is no receipt either.
    child.send(WATCH, () => undefined);
    const armed = await first(deadlineMs, () => (isArmed ? "armed" : started.ended()));
    if (armed !== "armed") return failed(armed ?? `took no order within ${deadlineMs} ms`);
    child.send(FORGET, () => child.connected && child.disconnect());
    const ended = await first(deadlineMs, started.ended);
    return ended === "ended with 0" ? success(undefined) : failed(ended ?? `did not end within ${deadlineMs} ms`);
  } finally {
    await started.kill();
  }
}

interface Started {
  /** The end of what it said. */
  readonly said: () => string;
  /** As the end of a sentence; undefined while it runs. */
  readonly ended: () => string | undefined;
  readonly kill: () => Promise<void>;
}

function observe(child: ChildProcess): Started {
  let said = "";
  let ended: string | undefined;
  child.once("error", (error) => (ended = `cannot be started: ${error.message}`));
  child.once("exit", (code, signal) => (ended ??= `ended with ${code ?? signal}`));
  // Not the process's own "close", which does not come once its channel was closed from here.
  const closed = [child.stdout, child.stderr].map((stream) => {
    stream?.on("data", (data: Buffer) => (said += data.toString()));
    return new Promise((resolve) => stream?.once("close", resolve));
  });
  return {
    said: () => said.slice(-TOLD_MOST),
    ended: () => ended,
    async kill() {
      child.kill("SIGKILL");
      // A helper that outlives the application for a moment still holds its output.
      await Promise.race([Promise.all(closed), sleep(HELPERS_MS, undefined, { ref: false })]);
    },
  };
}

/** What `look` finds first; undefined where it finds nothing in time. */
async function first(withinMs: number, look: () => string | undefined): Promise<string | undefined> {
  for (const end = performance.now() + withinMs; performance.now() < end; await sleep(LOOK_EVERY_MS)) {
    const found = look();
    if (found !== undefined) return found;
  }
  return undefined;
}

function shows(log: string): boolean {
  return log.split("\n").some((line) => messageOf(line) === SHOWN);
}

function messageOf(line: string): string | undefined {
  try {
    return LogLine.parse(JSON.parse(line)).msg;
  } catch {
    // The last line may still be under the pen.
    return undefined;
  }
}

function read(file: string): string {
  return existsSync(file) ? readFileSync(file, "utf8") : "";
}

/** The unpacked application that electron-builder left for this machine, or undefined. */
function packagedProgram(): string | undefined {
  const inside = (processor: string): Readonly<Partial<Record<NodeJS.Platform, string>>> => ({
    win32: `win${processor}-unpacked/D-GRID Desktop.exe`,
    darwin: `mac${processor}/D-GRID Desktop.app/Contents/MacOS/D-GRID Desktop`,
    linux: `linux${processor}-unpacked/dgrid-desktop`,
  });
  // The folder for x64 does not name its processor; a Mac's may be for both.
  const programs = ["-universal", `-${process.arch}`, ""].map((processor) => inside(processor)[process.platform] ?? "");
  return programs.map((program) => join(PACKAGES, program)).find((program) => existsSync(program));
}

if (import.meta.main) {
  const [program = packagedProgram()] = process.argv.slice(2);
  if (program === undefined) {
    console.error("nothing is packaged: npm run package:dir");
    process.exitCode = 1;
  } else {
    for (const [what, test] of [
      [SHOWN, smokeTest],
      ["the switch takes an order, and ends", smokeDeadman],
    ] as const) {
      const outcome = await test({ program });
      if (outcome.ok) console.log(`${program}: ${what}`);
      else {
        console.error(describeFault(outcome.fault));
        process.exitCode = 1;
      }
    }
  }
}
