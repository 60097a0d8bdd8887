import { mkdirSync } from "node:fs";
import { success, type Outcome } from "../../../shared/contract/fault.ts";
import { diskFault } from "./clone.ts";
import { gitEnvironment } from "./environment.ts";
import { gitCommand } from "./git-command.ts";
import { localFault } from "./git-faults.ts";

const DEADLINE_MS = 30_000;

/** Makes an empty repository on this machine that serves filtered fetches as a hosting service does. */
export async function createBareRepository(
  directory: string,
  env: Readonly<Record<string, string | undefined>>,
  signal: AbortSignal,
): Promise<Outcome<void>> {
  try {
    mkdirSync(directory, { recursive: true });
  } catch (error) {
    return diskFault(error);
  }
  const git = gitCommand(directory, gitEnvironment({ url: directory, kind: "file" }, undefined, env));
  const commands = [
    ["init", "--quiet", "--bare", "--template=", "--initial-branch=main"],
    ["config", "uploadpack.allowFilter", "true"],
    ["config", "uploadpack.allowAnySHA1InWant", "true"],
  ];
  for (const args of commands) {
    const result = await git(args, { deadlineMs: DEADLINE_MS, signal });
    if (result.exitCode !== 0) return { ok: false, fault: localFault(result) };
  }
  return success(undefined);
}
