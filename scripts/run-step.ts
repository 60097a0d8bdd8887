import { spawn } from "node:child_process";
import { endGroup } from "../main/headless/provision/run-program.ts";

const KILL_AFTER_MS = 15_000;

/**
 * Runs one step of the test run, its output shown as it comes.
 *
 * It leads a process group, so that stopping it reaches what its tests started as well.
 *
 * @returns its exit code; null where a signal ended it.
 */
export async function runStep(
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  signal: AbortSignal,
): Promise<number | null> {
  if (signal.aborted) return null;
  const grouped = process.platform !== "win32";
  const child = spawn(process.execPath, args, { env, detached: grouped, stdio: ["ignore", "inherit", "inherit"] });
  const end = (name: NodeJS.Signals): void => {
    if (grouped) endGroup(child.pid, name);
    else child.kill(name);
  };
  let killTimer: NodeJS.Timeout | undefined;
  const onAbort = (): void => {
    end("SIGTERM");
    killTimer = setTimeout(() => end("SIGKILL"), KILL_AFTER_MS);
  };
  signal.addEventListener("abort", onAbort, { once: true });
  try {
    return await new Promise((resolve, reject) => {
      child.once("exit", resolve);
      child.once("error", reject);
    });
  } finally {
    signal.removeEventListener("abort", onAbort);
    clearTimeout(killTimer);
    // Workers that a stopped test left behind.
    if (signal.aborted) end("SIGKILL");
  }
}
