import { tmpdir } from "node:os";
import { failure, success, type Outcome } from "../../../shared/contract/fault.ts";
import { gitEnvironment } from "./environment.ts";
import { gitCommand } from "./git-command.ts";

/** Partial clones and their filters work from here on. */
const LEAST: readonly [major: number, minor: number] = [2, 31];
const DEADLINE_MS = 10_000;

/** Git's version, or the fault that it is missing or too old. */
export async function checkGit(
  env: Readonly<Record<string, string | undefined>>,
  signal: AbortSignal,
): Promise<Outcome<string>> {
  const git = gitCommand(tmpdir(), gitEnvironment({ url: "/", kind: "file" }, undefined, env));
  const result = await git(["--version"], { deadlineMs: DEADLINE_MS, signal });
  const match = /(\d+)\.(\d+)(\.\d+)*/.exec(result.stdout.toString("latin1"));
  if (result.exitCode !== 0 || match === null) return failure("git_missing", result.stderr.slice(0, 200));
  const [major, minor] = [Number(match[1]), Number(match[2])];
  const old = major < LEAST[0] || (major === LEAST[0] && minor < LEAST[1]);
  return old ? failure("git_missing", `Git ${match[0]} is older than ${LEAST.join(".")}`) : success(`git ${match[0]}`);
}
