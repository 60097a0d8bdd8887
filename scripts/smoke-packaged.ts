/**
 * `node scripts/smoke-packaged.ts`: starts the packaged application with a profile of its own and
 * waits until its log says that the window shows the interface.
 *
 * Nothing drives the application from outside: its fuses refuse every debugger.
 */
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { describeFault, failure, success, type Outcome } from "../shared/contract/fault.ts";

const PACKAGES = join(import.meta.dirname, "../dist/packages");
const SHOWN = "the window shows the interface";
/** A first start on a shared machine, where a scanner reads every file first. */
const DEADLINE_MS = 180_000;
const LOOK_EVERY_MS = 250;
const HELPERS_MS = 10_000;
const TOLD_MOST = 4_000;

const LogLine = z.looseObject({ msg: z.string() });

interface SmokeOptions {
  readonly program: string;
  /** Before the one that names the profile. */
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
  let said = "";
  let ended: string | undefined;
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (data: Buffer) => (said += data.toString()));
  child.once("error", (error) => (ended = `cannot be started: ${error.message}`));
  child.once("exit", (code, signal) => (ended ??= `ended with ${code ?? signal} before its window was there`));
  const closed = new Promise((resolve) => child.once("close", resolve));
  const failed = (what: string): Outcome<void> =>
    failure("internal_error", `${what}\n${said.slice(-TOLD_MOST)}\n${read(log).slice(-TOLD_MOST)}`);
  try {
    for (const end = performance.now() + deadlineMs; performance.now() < end; await sleep(LOOK_EVERY_MS)) {
      if (shows(read(log))) return success(undefined);
      if (ended !== undefined) return failed(`${program} ${ended}`);
    }
    return failed(`${program} showed no window within ${deadlineMs} ms`);
  } finally {
    child.kill("SIGKILL");
    // A helper that outlives the application for a moment still holds its output.
    await Promise.race([closed, sleep(HELPERS_MS, undefined, { ref: false })]);
    // Its helper processes let go of their files a moment later.
    rmSync(profile, { recursive: true, force: true, maxRetries: 20, retryDelay: 250 });
  }
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

/** The unpacked application that electron-builder left for this system, or undefined. */
function packagedProgram(): string | undefined {
  const inside: Readonly<Partial<Record<NodeJS.Platform, string>>> = {
    win32: "D-GRID Desktop.exe",
    darwin: "D-GRID Desktop.app/Contents/MacOS/D-GRID Desktop",
    linux: "dgrid-desktop",
  };
  const folders = existsSync(PACKAGES) ? readdirSync(PACKAGES) : [];
  const programs = folders.map((folder) => join(PACKAGES, folder, inside[process.platform] ?? ""));
  return programs.find((program) => existsSync(program));
}

if (import.meta.main) {
  const program = packagedProgram();
  const outcome = program === undefined ? undefined : await smokeTest({ program });
  if (outcome?.ok === true) console.log(`${program}: ${SHOWN}`);
  else {
    console.error(outcome === undefined ? "nothing is packaged: npm run package:dir" : describeFault(outcome.fault));
    process.exitCode = 1;
  }
}
