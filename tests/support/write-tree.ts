/**
 * Writes files straight into a bare repository's object database. `git mktree` takes any name and
 * mode, where an index or `git fast-import` would refuse or slow down: a test needs both the
 * malformed entry and the directory of 200,000.
 */
import { createHash } from "node:crypto";
import { contentBytes, type GridFile, type GridFileMode } from "./grid-file.ts";
import { git, gitBytes } from "./isolated-git.ts";

/** An object id no repository holds: where a submodule points. */
const NOWHERE = "1234567890123456789012345678901234567890";

interface Leaf {
  readonly mode: GridFileMode;
  /** Absent: the path is deleted. */
  readonly oid?: string;
}
/** Names are latin1 text, so that every byte survives. */
type Directory = Map<string, Leaf | Directory>;

/** The id of the tree that `base` becomes with these files; without a base, of these files alone. */
export async function writeTree(dir: string, files: Iterable<GridFile>, base?: string): Promise<string> {
  const root: Directory = new Map();
  await git(["fast-import", "--quiet"], { dir, input: importStream(files, root) });
  return (await writeDirectory(dir, root, base)) ?? (await git(["mktree"], { dir }));
}

/** The blobs as a fast-import stream; notes on the way where each belongs. */
function* importStream(files: Iterable<GridFile>, root: Directory): Generator<Buffer> {
  const end = Buffer.from("\n");
  let chunks: Buffer[] = [];
  let bytes = 0;
  for (const file of files) {
    const mode = file.mode ?? "100644";
    const path = typeof file.path === "string" ? Buffer.from(file.path) : file.path;
    if (mode === "160000" || file.content === null) {
      place(root, path.toString("latin1"), file.content === null ? { mode } : { mode, oid: NOWHERE });
      continue;
    }
    const content = contentBytes(file.content ?? "");
    place(root, path.toString("latin1"), { mode, oid: blobId(content) });
    chunks.push(Buffer.from(`blob\ndata ${content.length}\n`), content, end);
    bytes += content.length;
    if (bytes < 65_536) continue;
    yield Buffer.concat(chunks);
    chunks = [];
    bytes = 0;
  }
  yield Buffer.concat(chunks);
}

function blobId(content: Buffer): string {
  return createHash("sha1").update(`blob ${content.length}\0`).update(content).digest("hex");
}

function place(root: Directory, path: string, leaf: Leaf): void {
  const names = path.split("/");
  const last = names.pop() ?? "";
  let directory = root;
  for (const name of names) {
    const found = directory.get(name);
    const next: Directory = found instanceof Map ? found : new Map();
    directory.set(name, next);
    directory = next;
  }
  directory.set(last, leaf);
}

/** Undefined where nothing is left in the directory: Git keeps no empty ones. */
async function writeDirectory(dir: string, changes: Directory, base?: string): Promise<string | undefined> {
  const entries = new Map<string, { readonly line: string; readonly oid: string; readonly tree: boolean }>();
  for (const line of await listTree(dir, base)) {
    const [mode, , oid] = line.slice(0, line.indexOf("\t")).split(" ");
    entries.set(line.slice(line.indexOf("\t") + 1), { line, oid: oid ?? "", tree: mode === "040000" });
  }
  for (const [name, change] of changes) {
    const old = entries.get(name);
    const written =
      change instanceof Map
        ? { mode: "040000", type: "tree", oid: await writeDirectory(dir, change, old?.tree ? old.oid : undefined) }
        : { mode: change.mode, type: change.mode === "160000" ? "commit" : "blob", oid: change.oid };
    if (written.oid === undefined) entries.delete(name);
    else {
      const line = `${written.mode} ${written.type} ${written.oid}\t${name}`;
      entries.set(name, { line, oid: written.oid, tree: written.type === "tree" });
    }
  }
  if (entries.size === 0) return undefined;
  const input = Buffer.from(Array.from(entries.values(), (entry) => `${entry.line}\0`).join(""), "latin1");
  return git(["mktree", "-z", "--missing"], { dir, input });
}

async function listTree(dir: string, tree: string | undefined): Promise<readonly string[]> {
  if (tree === undefined) return [];
  const text = (await gitBytes(["ls-tree", "-z", tree], { dir })).toString("latin1");
  return text.split("\0").slice(0, -1);
}
