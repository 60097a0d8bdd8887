import { createHash } from "node:crypto";
import type { FileOp, RepoTree, TreeFile } from "../../engine/ports.ts";

type Directory = ReadonlyMap<string, TreeFile>;
const EMPTY: Directory = new Map();

export type Blobs = Map<string, Uint8Array | "too_large">;

/**
 * A grid's files at one commit. Trees share the directories that did not change, so a snapshot
 * costs as much as its difference from the one before.
 */
export class GitTree implements RepoTree {
  readonly head: string;
  readonly #directories: ReadonlyMap<string, Directory>;
  readonly #blobs: Blobs;

  constructor(head: string, directories: ReadonlyMap<string, Directory>, blobs: Blobs) {
    this.head = head;
    this.#directories = directories;
    this.#blobs = blobs;
  }

  list(directory: string): Directory {
    return this.#directories.get(directory) ?? EMPTY;
  }

  file(path: string): TreeFile | undefined {
    const [directory, name] = split(path);
    return this.list(directory).get(name);
  }

  content(path: string): Uint8Array | "too_large" | undefined {
    const file = this.file(path);
    return file === undefined ? undefined : this.#blobs.get(file.oid);
  }

  /** The tree after these entries changed; undefined removes one. */
  with(head: string, changes: Iterable<readonly [path: string, file: TreeFile | undefined]>): GitTree {
    const directories = new Map(this.#directories);
    const touched = new Map<string, Map<string, TreeFile>>();
    for (const [path, file] of changes) {
      const [directory, name] = split(path);
      let entries = touched.get(directory);
      if (entries === undefined) {
        entries = new Map(directories.get(directory));
        touched.set(directory, entries);
        directories.set(directory, entries);
      }
      if (file === undefined) entries.delete(name);
      else entries.set(name, file);
    }
    return new GitTree(head, directories, this.#blobs);
  }

  /** The tree after our own commit, whose blobs we know without asking Git. */
  after(head: string, ops: readonly FileOp[]): GitTree {
    const changes = new Map<string, TreeFile | undefined>();
    const at = (path: string): TreeFile | undefined => (changes.has(path) ? changes.get(path) : this.file(path));
    for (const op of ops) {
      switch (op.op) {
        case "move":
          changes.set(op.to, at(op.from));
          changes.set(op.from, undefined);
          break;
        case "delete":
          changes.set(op.path, undefined);
          break;
        case "write": {
          const bytes = Buffer.from(op.text, "utf8");
          const oid = blobId(bytes, head.length);
          this.#blobs.set(oid, bytes);
          changes.set(op.path, { mode: "file", oid });
        }
      }
    }
    return this.with(head, changes);
  }
}

function split(path: string): [directory: string, name: string] {
  const slash = path.lastIndexOf("/");
  return slash === -1 ? ["", path] : [path.slice(0, slash), path.slice(slash + 1)];
}

/** Git's object id of a blob, SHA-1 or SHA-256 by the length of the repository's ids. */
function blobId(bytes: Buffer, idLength: number): string {
  return createHash(idLength === 64 ? "sha256" : "sha1")
    .update(`blob ${bytes.byteLength}\0`)
    .update(bytes)
    .digest("hex");
}
