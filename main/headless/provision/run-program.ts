import { spawn } from "node:child_process";
import { createInterface } from "node:readline";

/** How a program ended. `status` is null where it was ended by a signal or could not be started. */
interface ProgramEnd {
  readonly status: number | null;
  readonly stdout: string;
  /** The last lines of both streams, for an error's detail. */
  readonly tail: string;
}

interface RunOptions {
  /** Ends the program and everything it started; absent for what must not be cut short. */
  readonly signal?: AbortSignal;
  readonly env?: NodeJS.ProcessEnv;
  readonly onLine?: (line: string) => void;
}

const TAIL_LINES = 12;
const STDOUT_MAX_CHARACTERS = 1_000_000;
const KILL_AFTER_MS = 5_000;

/**
 * Runs a program to its end, without a shell. Only for programs of the system that print little.
 *
 * It leads a process group of its own: Ctrl-C in a terminal reaches us alone, and ending it ends
 * its children too (debootstrap is a shell script).
 */
export async function runProgram(
  program: string,
  args: readonly string[],
  options: RunOptions = {},
): Promise<ProgramEnd> {
  const { signal, env = process.env, onLine } = options;
  if (signal?.aborted === true) return { status: null, stdout: "", tail: "stopped" };
  const child = spawn(program, args, { detached: true, env, stdio: ["ignore", "pipe", "pipe"] });
  const tail: string[] = [];
  let stdout = "";
  const note = (line: string): void => {
    tail.push(line);
    if (tail.length > TAIL_LINES) tail.shift();
    onLine?.(line);
  };
  createInterface({ input: child.stdout }).on("line", (line) => {
    if (stdout.length < STDOUT_MAX_CHARACTERS) stdout += `${line}\n`;
    note(line);
  });
  createInterface({ input: child.stderr }).on("line", note);
  let killTimer: NodeJS.Timeout | undefined;
  const stop = (): void => {
    endGroup(child.pid, "SIGTERM");
    killTimer = setTimeout(() => endGroup(child.pid, "SIGKILL"), KILL_AFTER_MS);
  };
  signal?.addEventListener("abort", stop, { once: true });
  try {
    const status = await new Promise<number | null>((resolve) => {
      child.once("close", resolve);
      child.once("error", (error) => {
        note(error.message);
        resolve(null);
      });
    });
    return { status, stdout, tail: tail.join("\n") };
  } finally {
    signal?.removeEventListener("abort", stop);
    clearTimeout(killTimer);
  }
}

/** Signals a process group; one that is gone already is what was wanted. */
export function endGroup(pid: number | undefined, signal: NodeJS.Signals): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, signal);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "ESRCH")) throw error;
  }
}
