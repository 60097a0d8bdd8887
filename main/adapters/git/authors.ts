import { success, type Outcome } from "../../../shared/contract/fault.ts";
import type { Clone } from "./clone.ts";
import { deepenClone } from "./deepen.ts";
import type { GitOptions } from "./git-command.ts";
import { readAuthors, type Authors } from "./read-authors.ts";
import type { GitTree } from "./repo-tree.ts";

export interface FindOptions extends GitOptions {
  /** Whether older commits may be fetched for what is not known. */
  readonly deepen: boolean;
}

/** Finds who brought files, and fetches older history for it at most once for each clone. */
export class AuthorFinder {
  #deepened: Clone | undefined;

  async find(
    clone: Clone,
    tree: GitTree,
    paths: readonly string[],
    { deepen, ...git }: FindOptions,
  ): Promise<Outcome<Authors>> {
    const files = new Map<string, string>();
    for (const path of paths) {
      const file = tree.file(path);
      if (file !== undefined) files.set(path, file.oid);
    }
    if (files.size === 0) return success(new Map());
    const known = await readAuthors(clone, tree.head, files, git);
    if (!known.ok) return known;
    const { authors, toTheEnd } = known.value;
    if (!deepen || !toTheEnd || authors.size === files.size || this.#deepened === clone) return success(authors);
    const fetched = await deepenClone(clone, git.signal);
    // What was too much or took too long would be so again; a server that was away comes back.
    const lasting = fetched.ok || fetched.fault.code === "grid_too_large" || fetched.fault.code === "grid_timed_out";
    if (lasting && !git.signal.aborted) this.#deepened = clone;
    if (!fetched.ok) return fetched;
    const again = await readAuthors(clone, tree.head, files, git);
    return again.ok ? success(again.value.authors) : again;
  }
}
