/**
 * The local copy of a grid: bare, shallow, one branch, without blobs where the server can leave
 * them out. It is a cache: whatever is wrong with it, it is thrown away and built anew.
 */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { failure, success, type Outcome } from "../../../shared/contract/fault.ts";
import type { GridAddress } from "../../../shared/domain/grid-address.ts";
import { limitTransfer } from "./transfer-limit.ts";
import { TOKEN_VARIABLE, type GitEnvironment } from "./environment.ts";
import { gitCommand, type Git, type GitOptions, type GitResult } from "./git-command.ts";
import { localFault, remoteFault } from "./git-faults.ts";

/** Written beside the clone; another text means that the clone is not ours or not of this kind. */
const MARKER = "dgrid-clone";
const FORMAT = "1";
const HEAD_REF = "refs/dgrid/head";
/** Of an incremental fetch: brings what deciding needs in the same round trip. */
const SMALL_BLOBS = "blob:limit=64k";

/** Of a first fetch and of a later one: trees, and small blobs. */
const CLONE_MAX_BYTES = 512 * 1024 * 1024;
export const FETCH_MAX_BYTES = 128 * 1024 * 1024;
/** Of one batch of blobs; task files are under 64 KiB, so an honest queue is far below. */
const TRANSFER_MAX_BYTES = 64 * 1024 * 1024;

/** Repacking a partial clone needs to be told that it is one. */
const TIDY_CONFIG = ["core.repositoryformatversion=1", "extensions.partialclone=origin", "repack.writeBitmaps=false"];

export interface CloneLocation {
  readonly directory: string;
  readonly address: GridAddress;
  readonly environment: GitEnvironment;
}

export interface Clone {
  readonly branch: string;
  /** Reads and writes the local copy; a missing object stays missing, nothing is fetched for it. */
  readonly local: Git;
  /** Talks to the server. */
  readonly remote: Git;
  /** Talks to the server without telling it what is here already, which it would leave out. */
  readonly blobs: Git;
  /** Tidies up: knows the objects that were left out, and has no way to fetch them. */
  readonly tidy: Git;
  readonly directory: string;
}

/** Opens the clone or builds it. `branch` undefined is the server's default branch. */
export async function openClone(
  location: CloneLocation,
  branch: string | undefined,
  options: GitOptions,
): Promise<Outcome<Clone>> {
  const known = readMarker(location);
  if (known !== undefined && (branch === undefined || branch === known)) return success(commands(location, known));
  rmSync(location.directory, { recursive: true, force: true, maxRetries: 5 });
  try {
    mkdirSync(location.directory, { recursive: true, mode: 0o700 });
  } catch (error) {
    return diskFault(error);
  }
  const { local, remote } = commands(location, "");
  const found = branch === undefined ? await defaultBranch(remote, options) : success(branch);
  if (!found.ok) return found;
  const init = await local(["init", "--quiet", "--bare", "--template=", "--initial-branch=main"], options);
  if (init.exitCode !== 0) return { ok: false, fault: localFault(init) };
  const clone = commands(location, found.value);
  const args = fetchArgs(found.value, "blob:none", ["--depth=1"], true);
  const fetched = await limited(clone, clone.remote, args, { ...options, maxBytes: CLONE_MAX_BYTES });
  if (fetched.exitCode !== 0) {
    const gone = /couldn't find remote ref/i.test(fetched.stderr);
    return gone ? failure("grid_empty", `no branch ${found.value}`) : { ok: false, fault: remoteFault(fetched) };
  }
  try {
    writeFileSync(join(location.directory, MARKER), markerText(location, found.value));
  } catch (error) {
    return diskFault(error);
  }
  return success(clone);
}

/** Brings the branch up to date; says whether the server's history no longer holds ours. */
export async function fetchBranch(
  clone: Clone,
  acceptRewrite: boolean,
  options: GitOptions,
): Promise<Outcome<"fetched" | "rewritten">> {
  const args = fetchArgs(clone.branch, SMALL_BLOBS, [], acceptRewrite);
  const result = await limited(clone, clone.remote, args, { ...options, maxBytes: FETCH_MAX_BYTES });
  if (result.exitCode === 0) return success("fetched");
  if (/\(non-fast-forward\)/.test(result.stderr)) return success("rewritten");
  if (/couldn't find remote ref/i.test(result.stderr)) return failure("grid_empty", `no branch ${clone.branch}`);
  return { ok: false, fault: remoteFault(result) };
}

/**
 * Fetches blobs by id, all in one request. More than the clone accepts at once ends the transfer
 * (grid_too_large): the sizes of blobs that are not here cannot be asked for beforehand.
 */
export async function fetchBlobs(clone: Clone, oids: readonly string[], options: GitOptions): Promise<Outcome<void>> {
  const args = ["fetch", "--quiet", "--no-tags", "--no-write-fetch-head", "--filter=blob:none", "--stdin", "origin"];
  const input = `${oids.join("\n")}\n`;
  const result = await limited(clone, clone.blobs, args, { ...options, input, maxBytes: TRANSFER_MAX_BYTES });
  return result.exitCode === 0 ? success(undefined) : { ok: false, fault: remoteFault(result) };
}

/** Runs a command that fetches, and ends it where it brings more than `maxBytes`. */
export async function limited(
  clone: Clone,
  git: Git,
  args: readonly string[],
  { maxBytes, ...options }: GitOptions & { readonly maxBytes: number },
): Promise<GitResult> {
  const limit = limitTransfer(join(clone.directory, "objects", "pack"), maxBytes, options.signal);
  try {
    const result = await git(args, { ...options, signal: limit.signal });
    return limit.exceeded() ? { ...result, exitCode: null, ended: "too_much_output" } : result;
  } finally {
    limit.stop();
  }
}

/** The commit last fetched, read without starting a command. */
export function fetchedHead(clone: Clone): string | undefined {
  try {
    const text = readFileSync(join(clone.directory, HEAD_REF), "latin1").trim();
    return /^[0-9a-f]{40,64}$/.test(text) ? text : undefined;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  }
}

/** The server's default branch. */
export async function defaultBranch(remote: Git, options: GitOptions): Promise<Outcome<string>> {
  const result = await remote(["ls-remote", "--symref", "origin", "HEAD"], options);
  if (result.exitCode !== 0) return { ok: false, fault: remoteFault(result) };
  const branch = /^ref: refs\/heads\/(\S+)\tHEAD$/m.exec(result.stdout.toString("utf8"))?.[1];
  return branch === undefined ? failure("grid_empty") : success(branch);
}

export function commands({ directory, address, environment }: CloneLocation, branch: string): Clone {
  const config = [
    ...environment.config,
    `remote.origin.url=${address.url}`,
    "gc.packRefs=false",
    "fetch.unpackLimit=1",
  ];
  const env = { ...environment.env, GIT_DIR: directory, GIT_DEFAULT_REF_FORMAT: "files" };
  const offline: Record<string, string> = { ...env, GIT_ALLOW_PROTOCOL: "none" };
  delete offline[TOKEN_VARIABLE];
  // Only where the server is meant does Git know it as the source of what is missing here.
  const promisor = [...config, "remote.origin.promisor=true", "remote.origin.partialclonefilter=blob:none"];
  return {
    branch,
    directory,
    local: gitCommand(directory, { env: offline, config }),
    tidy: gitCommand(directory, { env: offline, config: [...promisor, ...TIDY_CONFIG] }),
    remote: gitCommand(directory, { env, config: promisor }),
    blobs: gitCommand(directory, { env, config: [...promisor, "fetch.negotiationAlgorithm=noop"] }),
  };
}

function fetchArgs(branch: string, filter: string, more: readonly string[], force: boolean): string[] {
  const refspec = `${force ? "+" : ""}refs/heads/${branch}:${HEAD_REF}`;
  return [
    "fetch",
    "--no-tags",
    "--no-write-fetch-head",
    "--no-auto-maintenance",
    `--filter=${filter}`,
    ...more,
    "origin",
    refspec,
  ];
}

function markerText(location: CloneLocation, branch: string): string {
  return `${FORMAT}\n${location.address.url}\n${branch}\n`;
}

function readMarker(location: CloneLocation): string | undefined {
  try {
    const text = readFileSync(join(location.directory, MARKER), "utf8");
    const branch = text.split("\n")[2];
    return branch !== undefined && branch !== "" && text === markerText(location, branch) ? branch : undefined;
  } catch (error) {
    if (error instanceof Error && "code" in error && (error.code === "ENOENT" || error.code === "ENOTDIR"))
      return undefined;
    throw error;
  }
}

export function diskFault(error: unknown): Outcome<never> {
  const text = error instanceof Error ? error.message : String(error);
  return failure(/ENOSPC|EDQUOT/.test(text) ? "disk_full" : "data_directory_unwritable", text.slice(0, 200));
}
