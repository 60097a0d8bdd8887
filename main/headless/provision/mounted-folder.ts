/**
 * Removing a folder in which others mount file systems: a container engine its network
 * namespaces, debootstrap /proc.
 *
 * Invariant: nothing is deleted through a mount. Where one cannot be taken away, the folder stays.
 */
import { existsSync, readFileSync, rmSync } from "node:fs";
import { runProgram } from "./run-program.ts";

/** Mount points at or below a folder, deepest first, from the text of /proc/self/mountinfo. */
export function mountPointsBelow(folder: string, mountinfo: string): string[] {
  return mountinfo
    .split("\n")
    .map((line) => unescapePath(line.split(" ")[4] ?? ""))
    .filter((path) => path === folder || path.startsWith(`${folder}/`))
    .toReversed();
}

/** The kernel writes white space and backslashes in a path as three octal digits. */
function unescapePath(path: string): string {
  return path.replace(/\\([0-7]{3})/g, (_all, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)));
}

/** @returns whether the folder is gone. */
export async function removeMountedFolder(folder: string): Promise<boolean> {
  for (const path of currentMounts(folder)) await runProgram("umount", ["--lazy", path]);
  if (currentMounts(folder).length > 0) return false;
  rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  return true;
}

function currentMounts(folder: string): string[] {
  const file = "/proc/self/mountinfo";
  return existsSync(file) ? mountPointsBelow(folder, readFileSync(file, "utf8")) : [];
}
