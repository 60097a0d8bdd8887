import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { failure, success, type Outcome } from "../../../shared/contract/fault.ts";
import type { Log } from "../../engine/ports.ts";
import { debianMirror } from "./debian-mirror.ts";
import { cacheImage, partPath } from "./image-cache.ts";
import { removeMountedFolder } from "./mounted-folder.ts";
import { runProgram } from "./run-program.ts";
import { installPackages } from "./system-packages.ts";
import { findProgram, isProgram, type ThisSystem } from "./this-system.ts";

export const DEBIAN_RELEASE = "bookworm";

/** What a task needs nothing of, as tar's patterns: it is a third of the size. */
const LEFT_OUT = [
  "./dev/*",
  "./proc/*",
  "./sys/*",
  "./var/cache/apt/*",
  "./var/lib/apt/lists/*",
  "./usr/share/doc/*",
  "./usr/share/man/*",
  "./usr/share/locale/*",
  "./var/log/*",
];

interface BuildOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly system: ThisSystem;
  /** Where the tar is to be, and the first part of its name. */
  readonly cache: { readonly folder: string; readonly name: string };
  readonly log: Log;
  readonly signal: AbortSignal;
}

/** The packages that building needs and that are missing. */
export function buildPackages(env: BuildOptions["env"], { debian }: ThisSystem): string[] {
  return isProgram("debootstrap", env) ? [] : ["debootstrap", ...(debian ? [] : ["debian-archive-keyring"])];
}

/**
 * Builds a small Debian with the whole python3 from Debian's packages, as a tar in the cache.
 * Needs root, and packages where they are missing. Takes half a minute and more.
 */
export async function buildImage(options: BuildOptions): Promise<Outcome<string>> {
  const { env, system, log, signal } = options;
  const missing = buildPackages(env, system);
  const installed = await installPackages(missing, {
    purpose: "what builds a task image",
    code: "image_missing",
    log,
    signal,
  });
  if (!installed.ok) return installed;
  const debootstrap = findProgram("debootstrap", env);
  if (debootstrap === undefined) return failure("image_missing", "debootstrap is not on the PATH");
  const folder = mkdtempSync(join(tmpdir(), "dgrid-image-"));
  const part = partPath(options.cache.folder, options.cache.name);
  try {
    const built = await debootstrapAndPack({ ...options, debootstrap, folder, part });
    if (built !== undefined) return failure("image_missing", signal.aborted ? "stopped" : built);
    return success(await cacheImage(options.cache.folder, options.cache.name, part));
  } finally {
    rmSync(part, { force: true });
    if (!(await removeMountedFolder(folder)))
      log.warn({ folder }, `Something is still mounted in ${folder}: it was not removed`);
  }
}

interface Build extends BuildOptions {
  readonly debootstrap: string;
  readonly folder: string;
  readonly part: string;
}

/** @returns what went wrong, or undefined. */
async function debootstrapAndPack({
  debootstrap,
  folder,
  part,
  system,
  log,
  signal,
}: Build): Promise<string | undefined> {
  const mirror = await debianMirror(system, signal);
  log.info(
    { mirror: mirror.url },
    `Building the task image from Debian's packages (${mirror.url}); this takes about a minute, once`,
  );
  const proxied = mirror.proxy === undefined ? process.env : { ...process.env, http_proxy: mirror.proxy };
  // Administrators' folders hold what dpkg calls, and are not on every root's PATH.
  const env = { ...proxied, PATH: `${process.env.PATH ?? ""}:/usr/sbin:/sbin`, DEBIAN_FRONTEND: "noninteractive" };
  const root = join(folder, "root");
  const what = ["--variant=minbase", "--include=python3", DEBIAN_RELEASE, root, mirror.url];
  const made = await runProgram(debootstrap, what, { env, signal, onLine: (line) => log.debug({}, line) });
  if (made.status !== 0) return `debootstrap ${what.join(" ")}:\n${made.tail}`;
  log.info({}, "Packing the task image");
  const excluded = LEFT_OUT.map((pattern) => `--exclude=${pattern}`);
  const packed = await runProgram(
    "tar",
    ["--numeric-owner", "--one-file-system", ...excluded, "-cf", part, "-C", root, "."],
    { signal },
  );
  return packed.status === 0 ? undefined : `tar: ${packed.tail}`;
}
