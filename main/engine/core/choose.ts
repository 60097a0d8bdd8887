/**
 * Which tasks this node would take, in which order, and why it would not take the others
 * (protocol, "Which task to claim").
 */
import type { NotTaken } from "../../../shared/contract/views.ts";
import type { Share } from "../../../shared/domain/limits.ts";
import type { TaskProblem } from "../../../shared/domain/problem.ts";
import type { Priority, Resources, Task } from "../../../shared/domain/task.ts";
import type { GridView, QueuedTask } from "./grid-view.ts";
import { claimedName, completedPath, failedPath, inProgressPath, isTaken } from "./layout.ts";
import { weight } from "./rendezvous.ts";

const RANK: Record<Priority, number> = { critical: 0, high: 1, medium: 2, low: 3 };
/** Waiting this long is worth one step of priority. */
const AGEING_MS = 30 * 60_000;

export interface Donor {
  readonly nodeId: string;
  readonly defaultImage: string;
  /** Images the donor allows. */
  readonly images: readonly string[];
  /** Images that could not be had lately: left in the queue, not failed. */
  readonly unavailableImages: ReadonlySet<string>;
  /** Tasks of this grid that the donor stopped here. */
  readonly declined: ReadonlySet<string>;
  /** The share a task would get, or why it never fits this machine. */
  readonly shareFor: (resources: Resources | undefined) => Share | undefined;
}

export interface Choice {
  /** Eligible tasks, the one to claim first foremost. */
  readonly eligible: readonly QueuedTask[];
  readonly notTaken: ReadonlyMap<string, NotTaken>;
  /** Problems that only show when tasks are seen together. */
  readonly problems: readonly TaskProblem[];
}

/** `waitedMs` tells how long a queued path has been seen waiting. */
export function choose(view: GridView, donor: Donor, waitedMs: (path: string) => number): Choice {
  const problems: TaskProblem[] = [];
  const notTaken = new Map<string, NotTaken>();
  const byId = new Map(view.queue.map((queued) => [queued.task.task_id, queued]));
  const running = new Set([...view.inProgress.values()].map((entry) => entry.task?.task_id));
  const known = (id: string): boolean => byId.has(id) || running.has(id);
  const cyclic = cycles(byId);
  const rank = inheritedRanks(view.queue, byId, waitedMs);
  const eligible = view.queue.filter((queued) => {
    const { path, task } = queued;
    if (cyclic.has(task.task_id)) {
      problems.push({ code: "dependency_cyclic", path, detail: "" });
      return false;
    }
    const unmet = dependency(view, known, task);
    if (unmet !== undefined && unmet !== "waiting") {
      problems.push({ ...unmet, path });
      return false;
    }
    const reason = unmet === "waiting" ? "dependency_waiting" : whyNot(view, donor, task);
    if (reason === undefined) return true;
    notTaken.set(path, reason);
    if (reason === "path_taken")
      problems.push({ code: "path_taken", path, detail: claimedName(donor.nodeId, task.task_id) });
    return false;
  });
  const draw = new Map(eligible.map(({ task }) => [task.task_id, weight(donor.nodeId, task.task_id)]));
  eligible.sort((a, b) => {
    const byRank = (rank.get(a.task.task_id) ?? 0) - (rank.get(b.task.task_id) ?? 0);
    return byRank !== 0 ? byRank : (draw.get(b.task.task_id) ?? 0) - (draw.get(a.task.task_id) ?? 0);
  });
  return { eligible, notTaken, problems };
}

/** Why this machine would not run a task, whoever claimed it for us. */
export function refusal(view: GridView, donor: Donor, task: Task): NotTaken | undefined {
  const image = task.image ?? donor.defaultImage;
  // Signers come with their own issue; until then nothing of such a grid can be trusted.
  if (view.settings.require_signatures) return "signature_required";
  if (!donor.images.includes(image)) return "image_not_allowed";
  if (view.settings.images !== undefined && !view.settings.images.includes(image)) return "image_not_on_grid_list";
  if (donor.declined.has(task.task_id)) return "stopped_by_donor";
  return donor.shareFor(task.resources) === undefined ? "too_big" : undefined;
}

function whyNot(view: GridView, donor: Donor, task: Task): NotTaken | undefined {
  const refused = refusal(view, donor, task);
  if (refused !== undefined) return refused;
  if (donor.unavailableImages.has(task.image ?? donor.defaultImage)) return "image_unavailable";
  const name = claimedName(donor.nodeId, task.task_id);
  const taken = [inProgressPath(name), completedPath(name), failedPath(name)].some((path) => isTaken(view.tree, path));
  return taken ? "path_taken" : undefined;
}

function dependency(
  view: GridView,
  known: (id: string) => boolean,
  task: Task,
): "waiting" | { code: "dependency_failed" | "dependency_missing"; detail: string } | undefined {
  let waiting = false;
  for (const id of task.depends_on ?? []) {
    const state = view.finished.get(id);
    if (state === "completed") continue;
    if (state === "failed") return { code: "dependency_failed", detail: id };
    if (!known(id)) return { code: "dependency_missing", detail: id };
    waiting = true;
  }
  return waiting ? "waiting" : undefined;
}

/** Ids on a circle of dependencies, or waiting for one. */
function cycles(byId: ReadonlyMap<string, QueuedTask>): Set<string> {
  const state = new Map<string, "open" | "fine" | "cyclic">();
  const visit = (start: string): void => {
    // An explicit stack: a chain as long as the queue must not exhaust the call stack.
    const stack: { id: string; next: number; cyclic: boolean }[] = [{ id: start, next: 0, cyclic: false }];
    state.set(start, "open");
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      const child = byId.get(top.id)?.task.depends_on?.[top.next++];
      if (child === undefined) {
        state.set(top.id, top.cyclic ? "cyclic" : "fine");
        stack.pop();
        const parent = stack.at(-1);
        if (parent !== undefined && top.cyclic) parent.cyclic = true;
      } else if (byId.has(child)) {
        const known = state.get(child);
        if (known === undefined) {
          state.set(child, "open");
          stack.push({ id: child, next: 0, cyclic: false });
        } else if (known !== "fine") top.cyclic = true;
      }
    }
  };
  for (const id of byId.keys()) if (!state.has(id)) visit(id);
  return new Set([...state].filter(([, s]) => s === "cyclic").map(([id]) => id));
}

/** A task is as urgent as the most urgent one that waits for it; waiting adds slowly. */
function inheritedRanks(
  queue: readonly QueuedTask[],
  byId: ReadonlyMap<string, QueuedTask>,
  waitedMs: (path: string) => number,
): Map<string, number> {
  const rank = new Map(
    queue.map(({ path, task }) => [
      task.task_id,
      RANK[task.priority ?? "medium"] - Math.floor(waitedMs(path) / AGEING_MS),
    ]),
  );
  const work = queue.filter(({ task }) => task.depends_on !== undefined).map(({ task }) => task.task_id);
  for (let id = work.pop(); id !== undefined; id = work.pop()) {
    for (const needed of byId.get(id)?.task.depends_on ?? []) {
      if (!byId.has(needed) || (rank.get(needed) ?? 0) <= (rank.get(id) ?? 0)) continue;
      rank.set(needed, rank.get(id) ?? 0);
      work.push(needed);
    }
  }
  return rank;
}
