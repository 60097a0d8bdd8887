import type { RepoTree } from "./tree.ts";
import { DIRECTORIES, isCompanion } from "./layout.ts";

/** No honest name is longer: a node id, a dash, a task id and the ending. */
const NAME_MAX = 200;

/**
 * Files of finished tasks whose name may belong to one of these ids. The name is
 * `<node_id>-<task_id>.json` and both parts may contain dashes, so every dash is tried; the file
 * itself then proves which task it is. One pass over the directories, whatever their size.
 */
export function finishedCandidates(tree: RepoTree, ids: ReadonlySet<string>): Map<string, string[]> {
  const found = new Map<string, string[]>();
  if (ids.size === 0) return found;
  for (const directory of [DIRECTORIES.completed, DIRECTORIES.failed]) {
    for (const name of tree.list(directory).keys()) {
      if (!name.endsWith(".json") || name.length > NAME_MAX || isCompanion(name)) continue;
      for (let dash = name.indexOf("-"); dash !== -1; dash = name.indexOf("-", dash + 1)) {
        const id = name.slice(dash + 1, -".json".length);
        if (!ids.has(id)) continue;
        const paths = found.get(id) ?? [];
        paths.push(`${directory}/${name}`);
        found.set(id, paths);
      }
    }
  }
  return found;
}
