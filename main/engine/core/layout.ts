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
