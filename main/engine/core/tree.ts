/** A grid as files at one commit, and what a commit changes in it. */

export type FileMode = "file" | "executable" | "symlink" | "submodule";

export interface TreeFile {
  readonly mode: FileMode;
  /** Git's object id: equal ids are equal contents. */
  readonly oid: string;
}

/** The grid at one commit. Reading it never reaches the network. */
export interface RepoTree {
  readonly head: string;
  /** The files directly in a directory ("" is the root), by name. */
  list(directory: string): ReadonlyMap<string, TreeFile>;
  /**
   * A file's bytes; "too_large" over the reading limit; undefined where there is no such file
   * or its blob was not asked for by `needs`.
   */
  content(path: string): Uint8Array | "too_large" | undefined;
}

export type FileOp =
  | { readonly op: "move"; readonly from: string; readonly to: string }
  | { readonly op: "write"; readonly path: string; readonly text: string }
  | { readonly op: "delete"; readonly path: string };

export interface Change {
  /** The commit's subject, without the prefix. */
  readonly message: string;
  readonly ops: readonly FileOp[];
}
