/** Makes an empty repository a grid, or says that it is one already. */
import { mkdirSync, rmSync } from "node:fs";
import { success, type Outcome } from "../../../shared/contract/fault.ts";
import { commands, defaultBranch, diskFault, type CloneLocation } from "./clone.ts";
import type { GitOptions } from "./git-command.ts";
import { localFault } from "./git-faults.ts";
import { push } from "./push.ts";
import { writeCommit, type Author } from "./write-commit.ts";

/** Where a repository has no default branch yet. */
const BRANCH = "main";

export interface InitGrid {
  readonly location: CloneLocation;
  readonly author: Author;
  readonly epochMs: number;
  /** Path and text of each file of the layout. */
  readonly files: Readonly<Record<string, string>>;
}

/** `location.directory` is used for the time of the call only. */
export async function initGrid(
  { location, author, epochMs, files }: InitGrid,
  options: GitOptions,
): Promise<Outcome<"created" | "not_empty">> {
  try {
    mkdirSync(location.directory, { recursive: true, mode: 0o700 });
  } catch (error) {
    return diskFault(error);
  }
  try {
    const { local, remote } = commands(location, BRANCH);
    const branch = await defaultBranch(remote, options);
    if (branch.ok) return success("not_empty");
    if (branch.fault.code !== "grid_empty") return branch;
    const init = await local(["init", "--quiet", "--bare", "--template=", `--initial-branch=${BRANCH}`], options);
    if (init.exitCode !== 0) return { ok: false, fault: localFault(init) };
    const ops = Object.entries(files).map(([path, text]) => ({ op: "write" as const, path, text }));
    const commit = await writeCommit(local, undefined, { message: "Grid created", ops }, { author, epochMs }, options);
    if (!commit.ok) return commit;
    const pushed = await push(remote, commit.value, BRANCH, options);
    if (pushed.kind === "pushed") return success("created");
    return pushed.kind === "contended" ? success("not_empty") : { ok: false, fault: pushed.fault };
  } finally {
    rmSync(location.directory, { recursive: true, force: true });
  }
}
