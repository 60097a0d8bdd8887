/**
 * Who brought a file, told from the local history alone.
 *
 * Invariant: a file is put down to the newest commit that made it what it is in the snapshot, and
 * to none whose own past is not here: where the history was cut off, a commit seems to bring
 * everything that it holds.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { failure, success, type Outcome } from "../../../shared/contract/fault.ts";
import type { AuthorView } from "../../../shared/contract/views.ts";
import { AuthorLog, LOG_ARGS } from "./author-log.ts";
import type { Clone } from "./clone.ts";
import type { GitOptions } from "./git-command.ts";
import { localFault } from "./git-faults.ts";
import { GRID_PATHS } from "./read-tree.ts";

/** Of the log's output: 200,000 files take half of it. */
const LOG_MAX_BYTES = 64 * 1024 * 1024;
/**
 * A long history with a large queue takes minutes to read, and the grid waits meanwhile. What was
 * found by then is right, because it is read from the newest commit on; the rest stays unknown.
 */
const READ_FOR_MS = 10_000;
/** A command line has room for so many folders; beyond it the whole grid is looked through. */
const FOLDERS_MAX = 32;
const FOLDERS_MAX_CHARACTERS = 8 * 1024;

export type Authors = ReadonlyMap<string, AuthorView>;

export interface ReadAuthors {
  /** Those that are known, by path. */
  readonly authors: Authors;
  /** Whether the local history was read as far as it goes: older commits could tell more. */
  readonly toTheEnd: boolean;
}

/** @param files the blob of each path that is asked for, in the tree of `head`. */
export async function readAuthors(
  clone: Clone,
  head: string,
  files: ReadonlyMap<string, string>,
  options: GitOptions,
): Promise<Outcome<ReadAuthors>> {
  const cut = readShallow(clone);
  const found = new Map<string, AuthorView>();
  /** What commits seem to have brought at which the history is cut off, unless they are its root. */
  const seeming = new Map<string, AuthorView>();
  const log = new AuthorLog((author, path, oid) => {
    if (files.get(path) !== oid || found.has(path)) return;
    if (!cut.has(author.commit)) found.set(path, author);
    else if (!seeming.has(path)) seeming.set(path, author);
  });
  const revisions = [head, "--", ...pathspecs(files.keys())];
  const read = await runLog(clone, revisions, options, (chunk) => {
    log.push(chunk);
    return found.size === files.size;
  });
  if (!read.ok) return read;
  if (read.value !== "end") return success({ authors: found, toTheEnd: false });
  const doubtful = new Set<string>();
  for (const [path, { commit }] of seeming) if (!found.has(path)) doubtful.add(commit);
  const roots = await trueRoots(clone, doubtful, options);
  if (!roots.ok) return roots;
  for (const [path, author] of seeming) if (!found.has(path) && roots.value.has(author.commit)) found.set(path, author);
  return success({ authors: found, toTheEnd: true });
}

/** Reads until `take` has enough, or the history or the time is at its end. */
async function runLog(
  clone: Clone,
  revisions: readonly string[],
  options: GitOptions,
  take: (chunk: Buffer) => boolean,
): Promise<Outcome<"enough" | "end" | "time">> {
  const stop = new AbortController();
  let bytes = 0;
  let enough = false;
  const result = await clone.local([...LOG_ARGS, ...revisions], {
    deadlineMs: Math.min(READ_FOR_MS, options.deadlineMs),
    signal: AbortSignal.any([options.signal, stop.signal]),
    onOutput: (chunk) => {
      bytes += chunk.byteLength;
      if (!enough && bytes <= LOG_MAX_BYTES) enough = take(chunk);
      if (enough || bytes > LOG_MAX_BYTES) stop.abort();
    },
  });
  if (enough) return success("enough");
  if (stop.signal.aborted) return failure("grid_too_large", `its history says more than ${LOG_MAX_BYTES} bytes`);
  if (result.ended === "deadline") return success("time");
  return result.exitCode === 0 ? success("end") : { ok: false, fault: localFault(result) };
}

/** The folders of these paths, or all that a grid is made of. */
function pathspecs(paths: Iterable<string>): readonly string[] {
  const folders = new Set<string>();
  for (const path of paths) folders.add(path.includes("/") ? path.slice(0, path.lastIndexOf("/")) : path);
  const specs = Array.from(folders, (folder) => `:(top,literal)${folder}`);
  const few = specs.length <= FOLDERS_MAX && specs.join("").length <= FOLDERS_MAX_CHARACTERS;
  return few ? specs : GRID_PATHS;
}

/** Commits whose parents are not here although they may have some. */
function readShallow(clone: Clone): ReadonlySet<string> {
  try {
    return new Set(readFileSync(join(clone.directory, "shallow"), "latin1").split("\n").filter(Boolean));
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return new Set();
    throw error;
  }
}

/** Those of the commits that have no parent at all: Git cuts the history off at its very root too. */
async function trueRoots(
  clone: Clone,
  commits: ReadonlySet<string>,
  options: GitOptions,
): Promise<Outcome<ReadonlySet<string>>> {
  if (commits.size === 0) return success(new Set());
  const ids = [...commits];
  const result = await clone.local(["cat-file", "--batch"], { ...options, input: `${ids.join("\n")}\n` });
  if (result.exitCode !== 0) return { ok: false, fault: localFault(result) };
  const roots = new Set<string>();
  let rest = result.stdout;
  for (const id of ids) {
    // "<id> commit <size>\n<bytes>\n"; the bytes begin with the tree's line and the parents'.
    const end = rest.indexOf("\n");
    const [, type, size] = rest.subarray(0, end).toString("latin1").split(" ");
    if (type !== "commit") return failure("clone_broken", `${id} is no commit`);
    const commit = rest.subarray(end + 1, end + 1 + Number(size));
    if (/^tree [0-9a-f]+\nauthor /.test(commit.subarray(0, 200).toString("latin1"))) roots.add(id);
    rest = rest.subarray(end + 2 + Number(size));
  }
  return success(roots);
}
