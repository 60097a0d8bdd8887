import { randomUUID } from "node:crypto";
import { mkdirSync } from "node:fs";
import { type GridFile, finishedTasks, queued, smallTasks } from "./grid-file.ts";
import { git } from "./isolated-git.ts";
import { writeTree } from "./write-tree.ts";

export interface BareGridOptions {
  /** Where the bare repository comes to lie; made if missing. */
  readonly dir: string;
  /** The queue: tasks, or how many small ones. */
  readonly tasks?: number | readonly { readonly task_id: string }[];
  /** How many tasks were finished before. */
  readonly finished?: number;
  /** `grid.json`; a grid without it uses the defaults. */
  readonly gridJson?: object;
  /** Anything else, well formed or not. */
  readonly files?: readonly GridFile[];
  readonly branch?: string;
}

export interface BareGrid {
  readonly dir: string;
  /** The `file://` address. */
  readonly url: string;
  readonly branch: string;
  readonly head: string;
}

/** A bare repository that holds a grid in one commit. */
export async function createBareGrid(options: BareGridOptions): Promise<BareGrid> {
  const { dir } = options;
  const branch = options.branch ?? "main";
  mkdirSync(dir, { recursive: true });
  await git(["init", "--quiet", "--bare", `--initial-branch=${branch}`, dir]);
  // The reflog tells every reference update apart, which the history does not: a push of two commits is one.
  await git(["config", "core.logAllRefUpdates", "true"], { dir });
  const tree = await writeTree(dir, layout(options));
  const head = await commit(dir, tree, "[D-GRID] Start the grid", []);
  await git(["update-ref", "-m", "owner", `refs/heads/${branch}`, head], { dir });
  const path = dir.replaceAll("\\", "/");
  return { dir, url: `file://${path.startsWith("/") ? "" : "/"}${path}`, branch, head };
}

/** Commits files on top of the branch, whatever is pushed to it meanwhile; returns the new head. */
export async function addFiles(dir: string, files: readonly GridFile[], message: string): Promise<string> {
  const ref = await git(["symbolic-ref", "HEAD"], { dir });
  for (;;) {
    const parent = await git(["rev-parse", "--verify", ref], { dir });
    const head = await commit(dir, await writeTree(dir, files, `${parent}^{tree}`), message, ["-p", parent]);
    try {
      await git(["update-ref", "-m", "owner", ref, head, parent], { dir });
      return head;
    } catch (error) {
      // A node was faster: its commit becomes the parent. Anything else is not for us to judge.
      if ((await git(["rev-parse", "--verify", ref], { dir })) === parent) throw error;
    }
  }
}

/** Forces a new head without parents that holds the same files: the owner rewrote the history. */
export async function rewriteHistory(dir: string): Promise<string> {
  const ref = await git(["symbolic-ref", "HEAD"], { dir });
  const head = await commit(dir, await git(["rev-parse", `${ref}^{tree}`], { dir }), `rewritten ${randomUUID()}`, []);
  await git(["update-ref", "-m", "rewritten", ref, head], { dir });
  return head;
}

function commit(dir: string, tree: string, message: string, parents: readonly string[]): Promise<string> {
  return git(["commit-tree", tree, ...parents, "-m", message], { dir });
}

function* layout(options: BareGridOptions): Generator<GridFile> {
  yield { path: "README.md", content: "# A grid\n" };
  if (options.gridJson !== undefined) yield { path: "grid.json", content: options.gridJson };
  const tasks = typeof options.tasks === "number" ? smallTasks(options.tasks) : (options.tasks ?? []);
  for (const task of tasks) yield queued(task);
  yield* finishedTasks(options.finished ?? 0);
  yield* options.files ?? [];
}
