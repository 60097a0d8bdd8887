import type { RepoTree } from "./tree.ts";

/**
 * Where things lie in a grid (protocol, first table). Paths are built here and never taken
 * apart to learn whose claim or which task it is: "paths prove nothing".
 */
export const DIRECTORIES = {
  nodes: "nodes",
  unapproved: "tasks/unapproved",
  queue: "tasks/queue",
  inProgress: "tasks/in_progress",
  completed: "tasks/completed",
  failed: "tasks/failed",
  attempts: "tasks/attempts",
} as const;

export const GRID_FILE = "grid.json";
export const CLAIM_SUFFIX = ".claim";
export const RESULT_SUFFIX = ".log";

export function nodePath(nodeId: string): string {
  return `${DIRECTORIES.nodes}/${nodeId}.json`;
}

export function queuePath(taskId: string): string {
  return `${DIRECTORIES.queue}/${taskId}.json`;
}

export function attemptsPath(taskId: string): string {
  return `${DIRECTORIES.attempts}/${taskId}.json`;
}

/** Whether a name is that of a file beside a task: <task>.json.<anything>. It is never a task itself. */
export function isCompanion(name: string): boolean {
  return /\.json\.[^/]+$/.test(name);
}

/**
 * A name that Git's commands take back as they gave it, on every system: no control or replaced
 * character, nothing that some file system takes for `.git` or for a separator.
 */
export function isSafeName(name: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused.
  return name.length <= 255 && !/[\u0000-\u001f\u007f\ufffd\\:]|^\.git|^git~|^\.\.?$/i.test(name);
}

/** Whether a path cannot be written to: a file or a folder is there, or a file where its folder would be. */
export function isTaken(tree: RepoTree, path: string): boolean {
  const slash = path.lastIndexOf("/");
  const directory = path.slice(0, slash);
  const above = directory.lastIndexOf("/");
  return (
    tree.list(directory).has(path.slice(slash + 1)) ||
    tree.list(path).size > 0 ||
    (above !== -1 && tree.list(directory.slice(0, above)).has(directory.slice(above + 1)))
  );
}

/** The name a claimed task's file has from then on, in whichever directory. */
export function claimedName(nodeId: string, taskId: string): string {
  return `${nodeId}-${taskId}.json`;
}

export function inProgressPath(name: string): string {
  return `${DIRECTORIES.inProgress}/${name}`;
}

export function completedPath(name: string): string {
  return `${DIRECTORIES.completed}/${name}`;
}

export function failedPath(name: string): string {
  return `${DIRECTORIES.failed}/${name}`;
}
