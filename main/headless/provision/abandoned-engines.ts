import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Log } from "../../engine/ports.ts";
import { removeMountedFolder } from "./mounted-folder.ts";

/** Names the process that a private engine's folder belongs to. */
const OWNER_FILE = "owner";

export function markOwner(folder: string): void {
  writeFileSync(join(folder, OWNER_FILE), `${process.pid}\n`);
}

/**
 * Removes the folders of private engines whose owner was killed and could not: each holds some
 * hundred megabytes. One whose owner or engine still lives stays.
 */
export async function removeAbandonedEngines(base: string, prefix: string, log: Log): Promise<void> {
  for (const name of readdirSync(base).filter((entry) => entry.startsWith(prefix))) {
    const folder = join(base, name);
    const owner = readPid(join(folder, OWNER_FILE));
    const engine = readPid(join(folder, "pid"));
    if (owner === undefined || isAlive(owner) || (engine !== undefined && isAlive(engine))) continue;
    if (await removeMountedFolder(folder)) log.info({ folder }, `Removed ${folder}, left by a run that was killed`);
  }
}

/** The process number that a file holds, or undefined. */
export function readPid(file: string): number | undefined {
  const pid = existsSync(file) ? Number.parseInt(readFileSync(file, "utf8"), 10) : Number.NaN;
  return pid > 1 ? pid : undefined;
}

function isAlive(pid: number): boolean {
  return existsSync(`/proc/${pid}`);
}
