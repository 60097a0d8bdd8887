/**
 * Runs Git for tests and benches: nothing of this machine's configuration, a fixed identity,
 * no prompt. Apart from the product's own runner, so that a defect there cannot hide itself.
 */
import { spawn } from "node:child_process";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";

/** The surroundings of every Git child; also for the server's `git http-backend`. */
export function isolatedGitEnvironment(): Record<string, string> {
  const env: Record<string, string> = {};
  for (const [name, value] of Object.entries(process.env)) {
    if (value !== undefined && !name.startsWith("GIT_")) env[name] = value;
  }
  return {
    ...env,
    LC_ALL: "C",
    GIT_CONFIG_NOSYSTEM: "1",
    GIT_CONFIG_GLOBAL: process.platform === "win32" ? "NUL" : "/dev/null",
    GIT_TERMINAL_PROMPT: "0",
    GIT_AUTHOR_NAME: "grid owner",
    GIT_AUTHOR_EMAIL: "owner@grid.invalid",
    GIT_COMMITTER_NAME: "grid owner",
    GIT_COMMITTER_EMAIL: "owner@grid.invalid",
  };
}

export interface GitRun {
  /** The repository or working directory; the process's own when absent. */
  readonly dir?: string;
  readonly input?: Buffer | string | Iterable<Buffer>;
}

/** Git's standard output; rejects with its standard error where it does not exit with 0. */
export async function gitBytes(args: readonly string[], run: GitRun = {}): Promise<Buffer> {
  const where = run.dir === undefined ? [] : ["-C", run.dir];
  const child = spawn("git", [...where, ...args], { env: isolatedGitEnvironment(), stdio: "pipe" });
  const out: Buffer[] = [];
  const err: Buffer[] = [];
  child.stdout.on("data", (chunk: Buffer) => out.push(chunk));
  child.stderr.on("data", (chunk: Buffer) => err.push(chunk));
  const closed = new Promise<number | null>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", resolve);
  });
  const input = run.input ?? "";
  const chunks = typeof input === "string" || Buffer.isBuffer(input) ? [input] : input;
  // A child that ends before it has read everything is judged by its exit code, not by EPIPE.
  await Promise.allSettled([pipeline(Readable.from(chunks), child.stdin), closed]);
  const code = await closed;
  if (code !== 0) throw new Error(`git ${args.join(" ")} ended with ${code}: ${Buffer.concat(err).toString("utf8")}`);
  return Buffer.concat(out);
}

/** As `gitBytes`, as text without the last line's end. */
export async function git(args: readonly string[], run: GitRun = {}): Promise<string> {
  return (await gitBytes(args, run)).toString("utf8").replace(/\n$/, "");
}
