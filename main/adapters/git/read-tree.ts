/** Lists the grid's part of a commit, whole or as the difference from another commit. */
import { success, type Outcome } from "../../../shared/contract/fault.ts";
import type { FileMode, TreeFile } from "../../engine/ports.ts";
import type { Git, GitOptions } from "./git-command.ts";
import { localFault } from "./git-faults.ts";

/** Only what a grid is made of; whatever else the repository holds is not looked at. */
export const GRID_PATHS = ["grid.json", "nodes", "tasks"];
/** No honest path is longer; such an entry is none of the grid's. */
const PATH_MAX_CHARACTERS = 1_000;
const MODES: Record<string, FileMode> = {
  "100644": "file",
  "100755": "executable",
  "100664": "file",
  "120000": "symlink",
  "160000": "submodule",
};

export type TreeChanges = Iterable<readonly [path: string, file: TreeFile | undefined]>;

export async function listTree(git: Git, commit: string, options: GitOptions): Promise<Outcome<TreeChanges>> {
  const result = await git(["ls-tree", "-r", "-z", "--full-tree", commit, "--", ...GRID_PATHS], options);
  if (result.exitCode !== 0) return { ok: false, fault: localFault(result) };
  const entries: [string, TreeFile][] = [];
  for (const line of records(result.stdout)) {
    const match = /^(\d{6}) \w+ ([0-9a-f]+)\t([^]*)$/.exec(line);
    const mode = MODES[match?.[1] ?? ""];
    const path = match?.[3] ?? "";
    if (match?.[2] === undefined || mode === undefined || path.length > PATH_MAX_CHARACTERS) continue;
    entries.push([path, { mode, oid: match[2] }]);
  }
  return success(entries);
}

export async function diffTrees(
  git: Git,
  from: string,
  to: string,
  options: GitOptions,
): Promise<Outcome<TreeChanges>> {
  const result = await git(
    ["diff-tree", "-r", "-z", "--raw", "--no-renames", "--no-abbrev", from, to, "--", ...GRID_PATHS],
    options,
  );
  if (result.exitCode !== 0) return { ok: false, fault: localFault(result) };
  const entries: [string, TreeFile | undefined][] = [];
  const fields = records(result.stdout);
  for (let i = 0; i + 1 < fields.length; i += 2) {
    const match = /^:\d{6} (\d{6}) [0-9a-f]+ ([0-9a-f]+) \w/.exec(fields[i] ?? "");
    const path = fields[i + 1];
    if (match?.[2] === undefined || path === undefined || path.length > PATH_MAX_CHARACTERS) continue;
    const mode = MODES[match[1] ?? ""];
    entries.push([path, mode === undefined ? undefined : { mode, oid: match[2] }]);
  }
  return success(entries);
}

function records(output: Buffer): string[] {
  const fields = output.toString("utf8").split("\0");
  fields.pop();
  return fields;
}
