/**
 * Built task images are kept as tar files, so that the next private engine has its image within
 * seconds.
 *
 * Invariant: a file's name holds the SHA-256 of what is in it, and it appears under that name in
 * one step: whatever is found is whole or is thrown away.
 */
import { createHash } from "node:crypto";
import { createReadStream, existsSync, mkdirSync, readdirSync, renameSync, rmSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";

type Environment = Readonly<Record<string, string | undefined>>;

/** This user's cache of task images. */
export function imageCacheFolder(env: Environment): string {
  const base = env["XDG_CACHE_HOME"] ?? "";
  return join(base === "" ? join(homedir(), ".cache") : base, "dgrid", "images");
}

/** The cached tar of this name, checked; undefined where there is none that is whole. */
export async function cachedImage(folder: string, name: string): Promise<string | undefined> {
  if (!existsSync(folder)) return undefined;
  for (const file of readdirSync(folder).filter((entry) => entry.startsWith(`${name}.`) && entry.endsWith(".tar"))) {
    const path = join(folder, file);
    if (file === `${name}.${await sha256(path)}.tar`) return path;
    rmSync(path, { force: true });
  }
  return undefined;
}

/** Moves a finished tar, which must be in the same folder, to its name in the cache. */
export async function cacheImage(folder: string, name: string, tar: string): Promise<string> {
  const path = join(folder, `${name}.${await sha256(tar)}.tar`);
  renameSync(tar, path);
  return path;
}

/** A path in the cache for a tar in the making. Leftovers of builds that were killed go. */
export function partPath(folder: string, name: string): string {
  mkdirSync(folder, { recursive: true });
  for (const file of readdirSync(folder)) {
    const pid = /\.(\d+)\.part$/.exec(file)?.[1];
    if (pid !== undefined && !existsSync(`/proc/${pid}`)) rmSync(join(folder, file), { force: true });
  }
  return join(folder, `${name}.${process.pid}.part`);
}

async function sha256(path: string): Promise<string> {
  const hash = createHash("sha256");
  await pipeline(createReadStream(path), hash);
  return hash.digest("hex");
}
