/** A grid's files in memory, for testing decisions; the real tree is tested on real repositories. */
import { createHash } from "node:crypto";
import type { FileMode, FileOp, RepoTree, TreeFile } from "../../main/engine/ports.ts";

/** "too_large" stands for a blob over the reading limit. */
type Content = string | Uint8Array | object;

export class MemoryTree implements RepoTree {
  readonly head: string;
  readonly #files = new Map<string, { file: TreeFile; bytes: Uint8Array | "too_large" }>();

  constructor(
    files: Readonly<Record<string, Content | { readonly mode: FileMode; readonly content: string }>>,
    head = "0".repeat(40),
  ) {
    this.head = head;
    for (const [path, content] of Object.entries(files)) this.#put(path, content);
  }

  list(directory: string): ReadonlyMap<string, TreeFile> {
    const entries = new Map<string, TreeFile>();
    for (const [path, { file }] of this.#files) {
      const slash = path.lastIndexOf("/");
      if ((slash === -1 ? "" : path.slice(0, slash)) === directory) entries.set(path.slice(slash + 1), file);
    }
    return entries;
  }

  content(path: string): Uint8Array | "too_large" | undefined {
    return this.#files.get(path)?.bytes;
  }

  paths(): string[] {
    return [...this.#files.keys()].sort();
  }

  json(path: string): Record<string, unknown> {
    const bytes = this.content(path);
    if (bytes === undefined || bytes === "too_large") throw new Error(`no ${path}`);
    return JSON.parse(new TextDecoder().decode(bytes)) as Record<string, unknown>;
  }

  /** The tree after a change, as Git would leave it. */
  after(ops: readonly FileOp[]): MemoryTree {
    const next = new MemoryTree({}, `${this.head.slice(1)}1`);
    for (const [path, entry] of this.#files) next.#files.set(path, entry);
    for (const op of ops) {
      if (op.op === "write") next.#put(op.path, op.text);
      else if (op.op === "delete") {
        if (!next.#files.delete(op.path)) throw new Error(`deletes ${op.path}, which is not there`);
      } else {
        const entry = next.#files.get(op.from);
        if (entry === undefined) throw new Error(`moves ${op.from}, which is not there`);
        if (next.#files.has(op.to)) throw new Error(`moves onto ${op.to}`);
        next.#files.delete(op.from);
        next.#files.set(op.to, entry);
      }
    }
    return next;
  }

  #put(path: string, content: Content | { readonly mode: FileMode; readonly content: string }): void {
    const linked =
      typeof content === "object" && "mode" in content ? (content as { mode: FileMode; content: string }) : undefined;
    const value = linked?.content ?? content;
    const bytes =
      value === "too_large"
        ? value
        : value instanceof Uint8Array
          ? value
          : new TextEncoder().encode(typeof value === "string" ? value : JSON.stringify(value));
    const oid = createHash("sha1").update(bytes).digest("hex");
    this.#files.set(path, { file: { mode: linked?.mode ?? "file", oid }, bytes });
  }
}
