/** Runs the command line in a process of its own, as a person or a service would. */
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

const CLI = fileURLToPath(new URL("../../main/headless/cli.ts", import.meta.url));

/** As the `dgrid` script of package.json sets them: a worker is to be small. */
const NODE_FLAGS = ["--disable-warning=ExperimentalWarning", "--max-semi-space-size=1", "--optimize-for-size"];

export interface CliRun {
  readonly child: ChildProcess;
  readonly pid: number;
  /** Everything written so far. */
  readonly output: () => { readonly stdout: string; readonly stderr: string };
  readonly exited: Promise<number | null>;
}

/** The environment holds only what is given and what a program cannot do without. */
export function startCli(args: readonly string[], env: Readonly<Record<string, string>> = {}): CliRun {
  const base: Record<string, string> = {};
  for (const name of ["PATH", "HOME", "TMPDIR", "DOCKER_HOST", "DGRID_IMAGE", "SystemRoot", "TEMP", "TMP"]) {
    const value = process.env[name];
    if (value !== undefined) base[name] = value;
  }
  const child = spawn(process.execPath, [...NODE_FLAGS, CLI, ...args], {
    env: { ...base, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const chunks = { stdout: [] as Buffer[], stderr: [] as Buffer[] };
  child.stdout.on("data", (chunk: Buffer) => chunks.stdout.push(chunk));
  child.stderr.on("data", (chunk: Buffer) => chunks.stderr.push(chunk));
  const exited = once(child, "close").then(([code]) => code as number | null);
  if (child.pid === undefined) throw new Error("the command line could not be started");
  return {
    child,
    pid: child.pid,
    output: () => ({
      stdout: Buffer.concat(chunks.stdout).toString("utf8"),
      stderr: Buffer.concat(chunks.stderr).toString("utf8"),
    }),
    exited,
  };
}

export async function runCli(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<{ code: number | null; stdout: string; stderr: string }> {
  const run = startCli(args, env);
  const code = await run.exited;
  return { code, ...run.output() };
}
