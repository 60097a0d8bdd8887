import { commitsOf, fsck, pushCount } from "../tests/support/grid-history.ts";
import { inspectGrid } from "../tests/support/inspect-grid.ts";

export interface GridCheck {
  readonly finished: number;
  /** Tasks without a result, wherever they are. */
  readonly lost: readonly string[];
  /** Tasks with more than one result, or in more than one place. */
  readonly doubled: readonly string[];
  readonly commits: number;
  /** Pushes that moved the branch. */
  readonly acceptedPushes: number;
}

/** What became of the tasks with these ids. Rejects where the repository is damaged. */
export async function checkGrid(dir: string, taskIds: readonly string[]): Promise<GridCheck> {
  await fsck(dir);
  const grid = await inspectGrid(dir);
  const results = Map.groupBy(grid.results, (result) => result.task_id);
  const places = new Map<string, number>();
  for (const [path, file] of grid.files) {
    if (!/^tasks\/(queue|in_progress|completed|failed)\/[^/]*\.json$/.test(path)) continue;
    // Whose file it is stands in it: a name is never split to find out.
    const { task_id: id } = JSON.parse(file.content.toString("utf8")) as { task_id: string };
    places.set(id, (places.get(id) ?? 0) + 1);
  }
  return {
    finished: taskIds.filter((id) => results.get(id)?.length === 1).length,
    lost: taskIds.filter((id) => !results.has(id)),
    doubled: taskIds.filter((id) => (results.get(id)?.length ?? 0) > 1 || (places.get(id) ?? 0) > 1),
    commits: (await commitsOf(dir)).length,
    acceptedPushes: await pushCount(dir),
  };
}
