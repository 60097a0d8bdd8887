/** The claims this machine holds in one grid, kept in step with history and with each snapshot. */
import { success, type Outcome } from "../../shared/contract/fault.ts";
import { TaskResult } from "../../shared/domain/result.ts";
import type { Task } from "../../shared/domain/task.ts";
import type { Run } from "../../shared/domain/run.ts";
import { parseTimestamp } from "../../shared/domain/timestamp.ts";
import type { GridView, InProgress } from "./core/grid-view.ts";
import type { NewClaim, Plan } from "./core/transaction.ts";
import { openState, runOf, UNKNOWN_SCRIPT, type Held } from "./held-claim.ts";
import type { Clock, HistoryStore, Log, TaskRepo } from "./ports.ts";

interface HeldClaimsOptions {
  readonly repo: TaskRepo;
  readonly clock: Clock;
  readonly log: Log;
  readonly history: HistoryStore;
  readonly nodeId: string;
  readonly instanceId: string;
  /** Whether this machine would run the task; a claim in our name may be somebody else's writing. */
  readonly accepts: (view: GridView, task: Task) => boolean;
}

export class HeldClaims {
  readonly #options: HeldClaimsOptions;
  readonly #all = new Map<string, Held>();
  /** Written down before a push whose outcome is not known yet. */
  #claiming = new Map<string, Run>();
  #recovered = false;

  constructor(options: HeldClaimsOptions) {
    this.#options = options;
  }

  get empty(): boolean {
    return this.#all.size === 0 && this.#recovered;
  }

  get runningCount(): number {
    return this.live().filter(({ state }) => state === "running" || state === "starting").length;
  }

  live(): Held[] {
    return [...this.#all.values()];
  }

  has(claimId: string): boolean {
    return this.#all.has(claimId);
  }

  waiting(): Held[] {
    return this.live().filter(({ state }) => state === "waiting");
  }

  /** Claims that will still use a place: not finished, not on their way back. */
  unfinished(): Held[] {
    return this.live().filter(({ state }) => state !== "finished" && state !== "returning");
  }

  results(): Held[] {
    return this.live().filter(({ state }) => state === "finished");
  }

  /** Whose result may already stand in the grid. */
  unsettled(): { path: string }[] {
    if (this.#recovered) return this.results();
    return [...this.results(), ...this.#options.history.open(this.#options.repo.name)];
  }

  /** Whether a claim in the grid is one that this process holds. */
  owns(entry: InProgress): boolean {
    return entry.claim !== undefined && this.#all.has(entry.claim.claim_id);
  }

  /** Brings what we hold in step with a snapshot: takes over claims of ours, drops lost ones. */
  reconcile(view: GridView, nowMs: number): void {
    const open = new Map<string, Run>();
    if (!this.#recovered)
      for (const run of this.#options.history.open(this.#options.repo.name)) open.set(run.claim_id, run);
    this.#recovered = true;
    for (const entry of view.inProgress.values()) {
      const claim = entry.claim;
      if (
        claim === undefined ||
        claim.instance_id !== this.#options.instanceId ||
        claim.node_id !== this.#options.nodeId
      )
        continue;
      const known = this.#all.get(claim.claim_id);
      // Our ids are public in the grid. Only what we wrote down before a push is ours; any other claim
      // in our name is left to expire.
      const run = known === undefined ? this.#options.history.get(claim.claim_id) : undefined;
      if (run !== undefined && run.path === entry.path && run.grid === this.#options.repo.name)
        this.#takeOver(view, entry, run, nowMs);
      open.delete(claim.claim_id);
    }
    for (const held of this.#all.values()) {
      if (held.state !== "finished" && view.inProgress.get(held.path)?.claim?.claim_id !== held.claimId)
        this.#lost(held);
    }
    // A push without an answer that this snapshot does not show. Should the server apply it later
    // after all, a later snapshot shows a claim of ours, and it is taken over.
    this.lostRace();
    // Open in history, but not ours in the grid: reported, or lost while nobody was here.
    for (const run of open.values()) this.#resume(run, nowMs);
  }

  /** History knows every claim_id before the push that carries it. */
  aboutToPush(decided: Plan): Outcome<void> {
    const now = this.#options.clock.now();
    const before = this.#notClaimed();
    const runs = decided.claimed.map((claim) => runOf(this.#newHeld(claim, now, 0), "claiming"));
    this.#claiming = new Map(runs.map((run) => [run.claim_id, run]));
    const unsaved = this.results().filter(({ saved }) => !saved);
    const rows = [...before, ...runs, ...unsaved.map((held) => runOf(held, "finished"))];
    if (rows.length === 0) return success(undefined);
    const written = this.#options.history.save(rows);
    if (written.ok) for (const held of unsaved) held.saved = true;
    // Without a new claim nothing depends on it: a result is pushed even when it cannot be noted.
    return runs.length === 0 ? success(undefined) : written;
  }

  /** `asSent` is the result as it was committed, which may be without its output. */
  pushed(decided: Plan, nowMs: number, asSent: (held: Held) => TaskResult | undefined): void {
    const { clock, log } = this.#options;
    const now = clock.now();
    const rows: Run[] = [];
    for (const claim of decided.claimed) {
      const held = this.#newHeld(claim, now, nowMs);
      this.#all.set(claim.claimId, held);
      rows.push(runOf(held, "claimed"));
      log.info({ grid: held.grid, task: held.taskId, claim: held.claimId, attempt: held.attempt }, "task claimed");
    }
    for (const claimId of decided.reporting) {
      const held = this.#all.get(claimId);
      if (held !== undefined) held.result = asSent(held);
      rows.push(...this.#end(claimId, "reported"));
    }
    for (const claimId of decided.givenBack) rows.push(...this.#end(claimId, "given_back"));
    for (const claimId of decided.renewed) {
      const held = this.#all.get(claimId);
      if (held !== undefined) held.renewedAtMs = nowMs;
    }
    this.#claiming.clear();
    rows.push(...this.#settled(decided));
    this.#save(rows);
  }

  /** The snapshot settled some claims although there was nothing to push. */
  nothingPushed(decided: Plan): void {
    this.#save(this.#settled(decided));
  }

  /** The last push certainly did not happen: its new claims were never ours. */
  lostRace(): void {
    this.#save(this.#notClaimed());
    this.#claiming.clear();
  }

  #notClaimed(): Run[] {
    return [...this.#claiming.values()].map((run) => ({ ...run, state: "lost_race" }));
  }

  /** Writes down where a claim stands now. */
  save(held: Held): void {
    const written = this.#options.history.save([runOf(held, openState(held))]);
    held.saved = written.ok;
    if (!written.ok)
      this.#options.log.error(
        { fault: written.fault.code, detail: written.fault.detail },
        "history could not be written; kept in memory",
      );
  }

  #takeOver(view: GridView, entry: InProgress, run: Run, nowMs: number): void {
    const { claim, task, path } = entry;
    if (claim === undefined || task === undefined) return;
    const held = this.#newHeld(
      {
        claimId: claim.claim_id,
        taskId: task.task_id,
        path,
        task,
        attempt: claim.attempt,
        leaseSeconds: claim.lease_seconds,
      },
      parseTimestamp(claim.claimed_at) ?? this.#options.clock.now(),
      nowMs - (claim.lease_seconds * 1000) / 2,
    );
    this.#claiming.delete(claim.claim_id);
    this.#restore(held, run);
    if (held.state === "waiting" && !this.#options.accepts(view, task)) held.state = "returning";
    this.#all.set(held.claimId, held);
    this.#options.log.info(
      { task: held.taskId, claim: held.claimId, state: held.state },
      "took over a claim of an earlier process",
    );
    this.save(held);
  }

  #restore(held: Held, run: Run | undefined): void {
    if (run?.stopped === true) held.stopped = true;
    held.startingAtMs = run?.starting_at_ms ?? undefined;
    if (run?.result == null) return;
    const result = TaskResult.safeParse(JSON.parse(run.result));
    if (!result.success) return;
    held.result = result.data;
    held.state = "finished";
    held.startedAtMs = run.started_at_ms ?? undefined;
    held.finishedAtMs = run.finished_at_ms ?? undefined;
    held.durationMs = run.duration_ms ?? undefined;
  }

  /** A run of an earlier process whose claim is gone: its result, if any, may be in the grid. */
  #resume(run: Run, nowMs: number): void {
    if (run.result === null) {
      this.#save([{ ...run, state: run.state === "claiming" ? "lost_race" : "superseded" }]);
      return;
    }
    const task = { task_id: run.task_id, script: run.script ?? UNKNOWN_SCRIPT, timeout_seconds: 30 };
    const held = this.#newHeld(
      { claimId: run.claim_id, taskId: run.task_id, path: run.path, task, attempt: run.attempt, leaseSeconds: 600 },
      run.claimed_at_ms,
      nowMs,
    );
    this.#restore(held, run);
    if (held.state === "finished") this.#all.set(held.claimId, held);
  }

  #lost(held: Held): void {
    // Its return was pushed, and only the answer was lost.
    if (held.state === "returning" && held.container === undefined)
      return this.#save(this.#end(held.claimId, "given_back"));
    this.#options.log.warn(
      { task: held.taskId, claim: held.claimId },
      "the claim is no longer ours; its run is superseded",
    );
    held.state = "returning";
    held.container?.cancel();
    this.#save(this.#end(held.claimId, "superseded"));
  }

  #settled(decided: Plan): Run[] {
    const rows: Run[] = [];
    for (const claimId of decided.reported) rows.push(...this.#end(claimId, "reported"));
    for (const claimId of decided.lost) {
      const held = this.#all.get(claimId);
      if (held === undefined) continue;
      this.#options.log.warn(
        { task: held.taskId, claim: claimId },
        "another node has this task now; the run is superseded",
      );
      held.container?.cancel();
      rows.push(...this.#end(claimId, "superseded"));
    }
    for (const claimId of decided.blocked) {
      const held = this.#all.get(claimId);
      if (held === undefined) continue;
      this.#options.log.error(
        { task: held.taskId, path: held.path, problem: "path_taken" },
        "the result has no place to go; the task is given back",
      );
      held.state = "returning";
    }
    return rows;
  }

  #end(claimId: string, state: "reported" | "given_back" | "superseded"): Run[] {
    const held = this.#all.get(claimId);
    if (held === undefined) return [];
    this.#all.delete(claimId);
    if (state === "reported") held.reportedAtMs = this.#options.clock.now();
    if (state === "reported")
      this.#options.log.info({ grid: held.grid, task: held.taskId, status: held.result?.status }, "result committed");
    if (state === "given_back") this.#options.log.info({ grid: held.grid, task: held.taskId }, "task given back");
    return [runOf(held, state)];
  }

  #save(runs: readonly Run[]): void {
    if (runs.length === 0) return;
    const written = this.#options.history.save(runs);
    if (!written.ok)
      this.#options.log.error(
        { fault: written.fault.code, detail: written.fault.detail },
        "history could not be written",
      );
  }

  #newHeld(claim: NewClaim, claimedAtMs: number, renewedAtMs: number): Held {
    return {
      claimId: claim.claimId,
      taskId: claim.taskId,
      grid: this.#options.repo.name,
      path: claim.path,
      task: claim.task,
      attempt: claim.attempt,
      leaseMs: claim.leaseSeconds * 1000,
      claimedAtMs,
      state: "waiting",
      renewedAtMs,
      startingAtMs: undefined,
      startedAtMs: undefined,
      finishedAtMs: undefined,
      reportedAtMs: undefined,
      durationMs: undefined,
      stopped: false,
      result: undefined,
      saved: true,
      container: undefined,
      failedStarts: 0,
      interruptions: 0,
      notBeforeMs: Number.NEGATIVE_INFINITY,
      frozenSinceMs: undefined,
    };
  }
}
