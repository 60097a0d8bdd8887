/**
 * Everything a node has to say at one moment, decided on one snapshot: one commit, one push.
 *
 * Invariant: pure. Run again on a newer snapshot it drops what is no longer possible by itself,
 * so a rejected push needs no repair. Report, renew and return require that the snapshot still
 * holds the claim by its claim_id (fencing).
 */
import { ATTEMPTS_MAX, type Attempt } from "../../../shared/domain/attempts.ts";
import type { Claim } from "../../../shared/domain/claim.ts";
import type { Node } from "../../../shared/domain/node.ts";
import type { TaskResult } from "../../../shared/domain/result.ts";
import type { Task } from "../../../shared/domain/task.ts";
import { formatTimestamp } from "../../../shared/domain/timestamp.ts";
import type { Change, FileOp, RepoTree } from "./tree.ts";
import type { GridView, InProgress, QueuedTask } from "./grid-view.ts";
import {
  attemptsPath,
  CLAIM_SUFFIX,
  claimedName,
  completedPath,
  DIRECTORIES,
  failedPath,
  inProgressPath,
  isCompanion,
  isSafeName,
  isTaken,
  nodePath,
  queuePath,
  RESULT_SUFFIX,
} from "./layout.ts";
import { holderOf } from "./leases.ts";

/** Expired claims returned in one commit. */
const RETURNS_MAX = 50;
/** Strays removed in one commit. */
const STRAYS_MAX = 20;

export interface HeldClaim {
  readonly claimId: string;
  readonly taskId: string;
  /** The task file's path in progress. */
  readonly path: string;
}

export interface PendingResult extends HeldClaim {
  readonly result: TaskResult;
}

export interface Intents {
  readonly nodeId: string;
  readonly instanceId: string;
  readonly nowEpochMs: number;
  readonly leaseSeconds: number;
  readonly results: readonly PendingResult[];
  readonly giveBack: readonly HeldClaim[];
  /** Claims to renew with this commit. */
  readonly renew: readonly HeldClaim[];
  /** Whether a renewal alone is reason enough to push. */
  readonly renewDue: boolean;
  /** Claims of others (or lost ones of ours) that ran out. */
  readonly expired: readonly InProgress[];
  /** Eligible tasks, best first; as many are claimed as there are ids. */
  readonly wanted: readonly QueuedTask[];
  readonly claimIds: readonly string[];
  /** Our node file; written with every commit, and by itself when due. */
  readonly node: Node;
  readonly heartbeatDue: boolean;
  /** Whether strays are removed with this commit. */
  readonly tidy: boolean;
}

export interface NewClaim extends HeldClaim {
  readonly task: Task;
  readonly attempt: number;
  readonly leaseSeconds: number;
}

export interface Plan {
  readonly change: Change | undefined;
  readonly claimed: readonly NewClaim[];
  /** Results this change commits. */
  readonly reporting: readonly string[];
  /** Results the grid already has, under our claim_id. */
  readonly reported: readonly string[];
  /** Claims that are no longer ours. */
  readonly lost: readonly string[];
  readonly givenBack: readonly string[];
  readonly renewed: readonly string[];
  readonly returned: readonly string[];
  /** Moves that are impossible because the target exists: claim ids. */
  readonly blocked: readonly string[];
}

export function plan(view: GridView, intents: Intents): Plan {
  const draft = new Draft(view, intents);
  for (const pending of intents.results) draft.report(pending);
  for (const held of intents.giveBack) draft.giveBack(held);
  for (const entry of intents.expired.slice(0, RETURNS_MAX)) draft.returnExpired(entry);
  draft.claim();
  for (const held of intents.renew) draft.renew(held);
  return draft.finish();
}

/** Where a result with this claim stands in the grid, if it does. Needs the two blobs loaded. */
export function resultPaths(path: string): [completed: string, failed: string] {
  const name = path.slice(path.lastIndexOf("/") + 1);
  return [completedPath(name) + RESULT_SUFFIX, failedPath(name) + RESULT_SUFFIX];
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

class Draft {
  readonly #ops: FileOp[] = [];
  readonly #words: string[] = [];
  readonly #claimed: NewClaim[] = [];
  readonly #reporting: string[] = [];
  readonly #reported: string[] = [];
  readonly #lost: string[] = [];
  readonly #givenBack: string[] = [];
  readonly #renewed: string[] = [];
  readonly #returned: string[] = [];
  readonly #blocked: string[] = [];
  /** Paths this change makes or takes away, so that its parts do not collide. */
  readonly #made = new Set<string>();
  readonly #view: GridView;
  readonly #intents: Intents;

  constructor(view: GridView, intents: Intents) {
    this.#view = view;
    this.#intents = intents;
  }

  report(pending: PendingResult): void {
    const entry = this.#held(pending);
    if (entry === undefined) {
      (this.#hasResult(pending) ? this.#reported : this.#lost).push(pending.claimId);
      return;
    }
    const target = pending.result.status === "success" ? completedPath(entry.name) : failedPath(entry.name);
    if (this.#exists(completedPath(entry.name)) || this.#exists(failedPath(entry.name))) {
      this.#blocked.push(pending.claimId);
      return;
    }
    this.#move(entry.path, target);
    this.#write(target + RESULT_SUFFIX, json(pending.result));
    this.#reporting.push(pending.claimId);
    this.#words.push(`Task ${pending.taskId} ${pending.result.status === "success" ? "completed" : "failed"}`);
  }

  giveBack(held: HeldClaim): void {
    const entry = this.#held(held);
    if (entry === undefined) this.#lost.push(held.claimId);
    else if (this.#toQueue(entry, "given_back")) this.#givenBack.push(held.claimId);
    else this.#blocked.push(held.claimId);
  }

  returnExpired(entry: InProgress): void {
    // Decided again on this snapshot: only if the claim is the very one that was watched.
    const now = this.#view.inProgress.get(entry.path);
    if (now === undefined || now.claimOid !== entry.claimOid || now.taskOid !== entry.taskOid) return;
    const lost = this.#attempts(now).filter((attempt) => attempt.reason === "expired").length + 1;
    const done = lost >= ATTEMPTS_MAX ? this.#toFailed(now, lost) : this.#toQueue(now, "expired");
    if (done) this.#returned.push(entry.path);
  }

  claim(): void {
    const { nodeId, wanted, claimIds } = this.#intents;
    const ids = [...claimIds];
    for (const { path, task } of wanted) {
      const claimId = ids[0];
      if (claimId === undefined) return;
      const target = inProgressPath(claimedName(nodeId, task.task_id));
      if (!this.#exists(path) || this.#exists(target)) continue;
      const attempt = (this.#view.attempts.get(task.task_id)?.attempts.length ?? 0) + 1;
      this.#move(path, target);
      this.#write(target + CLAIM_SUFFIX, json(this.#claimFile(claimId, task.task_id, attempt)));
      this.#claimed.push({
        claimId,
        taskId: task.task_id,
        path: target,
        task,
        attempt,
        leaseSeconds: this.#intents.leaseSeconds,
      });
      this.#words.push(`Task ${task.task_id} acquired`);
      ids.shift();
    }
  }

  renew(held: HeldClaim): void {
    const entry = this.#held(held);
    if (entry === undefined) this.#lost.push(held.claimId);
    else if (entry.claim !== undefined && this.#exists(entry.path)) {
      this.#write(entry.path + CLAIM_SUFFIX, json({ ...entry.claim, renewal: entry.claim.renewal + 1 }));
      this.#renewed.push(held.claimId);
    }
  }

  finish(): Plan {
    const { heartbeatDue, renewDue, nodeId, node } = this.#intents;
    const renewOnly = this.#words.length === 0 && this.#renewed.length > 0;
    const worth = this.#words.length > 0 || heartbeatDue || (renewDue && this.#renewed.length > 0);
    if (worth) {
      if (this.#intents.tidy) this.#removeStrays();
      this.#write(nodePath(nodeId), json(node));
    }
    const subject = this.#words.length > 0 ? summary(this.#words) : renewOnly ? "Lease renewed" : "Heartbeat";
    const message = `${subject} by ${nodeId}`;
    return {
      change: worth ? { message, ops: this.#ops } : undefined,
      claimed: this.#claimed,
      reporting: this.#reporting,
      reported: this.#reported,
      lost: this.#lost,
      givenBack: this.#givenBack,
      renewed: worth ? this.#renewed : [],
      returned: this.#returned,
      blocked: this.#blocked,
    };
  }

  #held({ claimId, path }: HeldClaim): InProgress | undefined {
    const entry = this.#view.inProgress.get(path);
    return entry?.claim?.claim_id === claimId ? entry : undefined;
  }

  #hasResult({ path, claimId }: HeldClaim): boolean {
    return resultPaths(path).some((log) => claimIdIn(this.#view.tree, log) === claimId);
  }

  #toQueue(entry: InProgress, reason: Attempt["reason"]): boolean {
    // A file that is no task has no name of its own to go back to: it goes where a person sees it.
    if (entry.task === undefined) return this.#toFailed(entry, 1);
    const target = queuePath(entry.task.task_id);
    // Somebody queued the same id meanwhile: without this the claim could never end.
    if (this.#exists(target)) return this.#toFailed(entry, 1, "its place in the queue is taken");
    this.#move(entry.path, target);
    const attempts = [...this.#attempts(entry), this.#attempt(entry, reason)];
    this.#write(attemptsPath(entry.task.task_id), json({ task_id: entry.task.task_id, attempts }));
    this.#words.push(`Task ${entry.task.task_id} returned`);
    return true;
  }

  #toFailed(entry: InProgress, lostClaims: number, why = `lost ${lostClaims} claims`): boolean {
    const target = failedPath(entry.name);
    if (this.#exists(target) || this.#exists(completedPath(entry.name))) return false;
    const taskId = entry.task?.task_id ?? entry.claim?.task_id;
    this.#move(entry.path, target);
    if (taskId !== undefined) {
      const result: TaskResult = {
        task_id: taskId,
        node_id: holderOf(this.#view, entry),
        exit_code: -1,
        stdout: "",
        stderr: "",
        timestamp: formatTimestamp(this.#intents.nowEpochMs),
        status: "failed",
        reason: "engine_error",
        message: entry.task === undefined ? "the task file is not readable" : why,
        attempts: lostClaims,
      };
      this.#write(target + RESULT_SUFFIX, json(result));
    }
    this.#words.push(`Task ${taskId ?? "(unreadable)"} failed`);
    return true;
  }

  #attempts(entry: InProgress): readonly Attempt[] {
    return entry.task === undefined ? [] : (this.#view.attempts.get(entry.task.task_id)?.attempts ?? []);
  }

  #attempt(entry: InProgress, reason: Attempt["reason"]): Attempt {
    return {
      claim_id: entry.claim?.claim_id ?? null,
      node_id: holderOf(this.#view, entry),
      reason,
      returned_by: this.#intents.nodeId,
      returned_at: formatTimestamp(this.#intents.nowEpochMs),
    };
  }

  #claimFile(claimId: string, taskId: string, attempt: number): Claim {
    const { nodeId, instanceId, nowEpochMs, leaseSeconds } = this.#intents;
    return {
      claim_id: claimId,
      node_id: nodeId,
      instance_id: instanceId,
      task_id: taskId,
      claimed_at: formatTimestamp(nowEpochMs),
      lease_seconds: leaseSeconds,
      renewal: 0,
      attempt,
    };
  }

  /** Moves a task and everything beside it whose name starts with its own, `.claim` excepted. */
  #move(from: string, to: string): void {
    const directory = from.slice(0, from.lastIndexOf("/"));
    const name = from.slice(directory.length + 1);
    this.#ops.push({ op: "move", from, to });
    this.#made.add(from).add(to);
    for (const companion of this.#view.tree.list(directory).keys()) {
      if (!companion.startsWith(`${name}.`) || !isSafeName(companion)) continue;
      const path = `${directory}/${companion}`;
      if (companion === name + CLAIM_SUFFIX) this.#ops.push({ op: "delete", path });
      else if (companion !== name + RESULT_SUFFIX) {
        this.#ops.push({ op: "move", from: path, to: to + companion.slice(name.length) });
      }
    }
  }

  #write(path: string, text: string): void {
    this.#ops.push({ op: "write", path, text });
    this.#made.add(path);
  }

  /** Whether a path is there, or will be, or was there before this very change took it. */
  #exists(path: string): boolean {
    if (this.#made.has(path)) return !this.#ops.some((op) => op.op === "move" && op.from === path);
    return isTaken(this.#view.tree, path);
  }

  /** A companion without its task is removed by whoever commits next. */
  #removeStrays(): void {
    let left = STRAYS_MAX;
    for (const directory of [DIRECTORIES.queue, DIRECTORIES.inProgress]) {
      const files = this.#view.tree.list(directory);
      for (const name of files.keys()) {
        if (!isCompanion(name) || !isSafeName(name)) continue;
        const task = name.slice(0, name.lastIndexOf(".json.") + ".json".length);
        if (files.has(task) || this.#made.has(`${directory}/${task}`) || left-- <= 0) continue;
        this.#ops.push({ op: "delete", path: `${directory}/${name}` });
      }
    }
  }
}

/** Each by name while that can be read at a glance, numbers beyond: "8 completed, 4 acquired". */
function summary(words: readonly string[]): string {
  if (words.length <= 3) return words.join(", ");
  const counts = new Map<string, number>();
  for (const word of words) {
    const what = word.slice(word.lastIndexOf(" ") + 1);
    counts.set(what, (counts.get(what) ?? 0) + 1);
  }
  return `Tasks: ${[...counts].map(([what, count]) => `${count} ${what}`).join(", ")}`;
}

function claimIdIn(tree: RepoTree, path: string): string | undefined {
  const content = tree.content(path);
  if (content === undefined || content === "too_large") return undefined;
  // Written by us or by a stranger: look for the one field without trusting the rest.
  const text = new TextDecoder().decode(content);
  return /"claim_id":\s*"([A-Za-z0-9-]{8,64})"/.exec(text)?.[1];
}
