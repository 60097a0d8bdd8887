/** `dgrid status --grid URL`: what a grid holds, as any node sees it. */
import Table from "cli-table3";
import { describeFault } from "../../../shared/contract/fault.ts";
import { GridReader, type GridView } from "../../engine/core/grid-view.ts";
import { DIRECTORIES } from "../../engine/core/layout.ts";
import { holderOf } from "../../engine/core/leases.ts";
import { withGrid, type GridAccess } from "../../worker/grid-access.ts";

export interface GridSummary {
  readonly head: string;
  readonly settings: GridView["settings"];
  readonly settings_problem: string | null;
  readonly queue: readonly { readonly task_id: string; readonly priority: string; readonly image: string | null }[];
  readonly problems: GridView["problems"];
  readonly in_progress: readonly {
    readonly path: string;
    readonly task_id: string | null;
    readonly node_id: string;
    readonly claimed_at: string | null;
  }[];
  readonly completed: number;
  readonly failed: number;
  readonly nodes: readonly { readonly node_id: string; readonly status: string; readonly last_heartbeat: string }[];
}

export async function runStatus(access: GridAccess, json: boolean): Promise<number> {
  return withGrid(access, async (repo, signal) => {
    const reader = new GridReader();
    const synced = await repo.sync((tree) => reader.needs(tree), signal);
    if (!synced.ok) {
      process.stderr.write(`${describeFault(synced.fault)}\n`);
      return 1;
    }
    const summary = summarise(reader.read(synced.value));
    process.stdout.write(json ? `${JSON.stringify(summary, null, 2)}\n` : render(summary));
    return 0;
  });
}

export function summarise(view: GridView): GridSummary {
  const finished = (directory: string): number =>
    [...view.tree.list(directory).keys()].filter((name) => name.endsWith(".json")).length;
  return {
    head: view.tree.head,
    settings: view.settings,
    settings_problem: view.settingsProblem ?? null,
    queue: view.queue.map(({ task }) => ({
      task_id: task.task_id,
      priority: task.priority ?? "medium",
      image: task.image ?? null,
    })),
    problems: view.problems,
    in_progress: [...view.inProgress.values()].map((entry) => ({
      path: entry.path,
      task_id: entry.task?.task_id ?? null,
      node_id: holderOf(view, entry),
      claimed_at: entry.claim?.claimed_at ?? null,
    })),
    completed: finished(DIRECTORIES.completed),
    failed: finished(DIRECTORIES.failed),
    nodes: [...view.nodes.values()].map(({ node }) => ({
      node_id: node.node_id,
      status: node.status,
      last_heartbeat: node.last_heartbeat,
    })),
  };
}

function render(summary: GridSummary): string {
  const counts = new Table({
    head: ["queued", "in progress", "completed", "failed", "problems", "nodes"],
    style: { head: [], border: [] },
  });
  counts.push([
    summary.queue.length,
    summary.in_progress.length,
    summary.completed,
    summary.failed,
    summary.problems.length,
    summary.nodes.length,
  ]);
  const parts = [counts.toString()];
  if (summary.settings_problem !== null) parts.push(`grid.json: ${plain(summary.settings_problem)}`);
  for (const { code, path, detail } of summary.problems) parts.push(`${code}: ${plain(path)} ${plain(detail)}`.trim());
  for (const entry of summary.in_progress)
    parts.push(`running: ${plain(entry.task_id ?? entry.path)} on ${plain(entry.node_id)}`);
  for (const node of summary.nodes)
    parts.push(`node: ${plain(node.node_id)} ${node.status}, last heard of ${plain(node.last_heartbeat)}`);
  return `${parts.join("\n")}\n`;
}

/** Text from a grid as a terminal may show it: no control character, no direction mark. */
export function plain(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cn}\u2028\u2029]/gu, "?").slice(0, 300);
}
