/**
 * One shard of a grid, worked on: poll, claim, report, renew, return, heartbeat.
 *
 * Invariant: what this machine holds of the grid is what the last snapshot says it holds; the
 * local record only adds what the grid cannot know yet (results not pushed, runs under way).
 */
import { fault, success, type Fault } from "../../shared/contract/fault.ts";
import { LEASE_MAX_SECONDS } from "../../shared/domain/claim.ts";
import type { Node, NodeStatus } from "../../shared/domain/node.ts";
import { TASK_PROBLEM_HELP, type TaskProblem } from "../../shared/domain/problem.ts";
import { parseTimestamp } from "../../shared/domain/timestamp.ts";
import { backoffMs, jitterMs, UNREACHABLE } from "./core/backoff.ts";
import { choose, refusal, type Choice, type Donor } from "./core/choose.ts";
import { GridReader, type GridView } from "./core/grid-view.ts";
import {
  activeNodes,
  expiredClaims,
  NO_OBSERVATIONS,
  observe,
  SILENT_NODE_MS,
  type Observations,
} from "./core/leases.ts";
import {
  FULL_PUSH_BUDGET,
  HEARTBEAT_STRETCH_MAX_MS,
  heartbeatMs,
  pushesPerMinute,
  refill,
  spend,
  type PushBudget,
} from "./core/push-budget.ts";
import { plan, resultPaths, type Plan } from "./core/transaction.ts";
import type { Held } from "./held-claim.ts";
import { HeldClaims } from "./held-claims.ts";
import type { Clock, HistoryStore, Log, Random, RepoTree, TaskRepo, TransactOutcome } from "./ports.ts";
import { Refusals } from "./refusals.ts";

/** Pushes keep at least this distance while the machine has enough to do. */
const GATHER_MS = 1_000;
/** Between two looks at the grid that nothing asked for. */
const LEAST_PAUSE_MS = 500;
/** The window shows all that is wrong with a grid's files; a log that strangers write must stay small. */
const PROBLEMS_TOLD = 20;
const TOLD_MOST_CHARACTERS = 300;
/** A goodbye that does not get through is repeated after this long. */
const LEAVE_RETRY_MS = 2_000;

export interface GridLoopOptions {
  readonly repo: TaskRepo;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly history: HistoryStore;
  readonly nodeId: string;
  readonly instanceId: string;
  readonly pullIntervalMs: number;
  /** undefined: as the grid says. 0: never by itself. */
  readonly heartbeatMs: number | undefined;
  /** Overrides the grid's lease. */
  readonly leaseSeconds: number | undefined;
  /** What the engine decides for this loop, asked anew at every decision. */
  readonly host: GridLoopHost;
}

export interface GridLoopHost {
  /** How many more claims this loop may make now. */
  claimCapacity(loop: GridLoop, view: GridView, choice: Choice, activeNodeCount: number): number;
  donor(): Omit<Donor, "declined">;
  describeNode(status: NodeStatus, running: number): Node;
  nodeStatus(loop: GridLoop): NodeStatus;
  /** Whether the rules have been judged; before that a node has nothing to say of itself. */
  readonly judged: boolean;
  /** Claims changed, or the grid's state did. */
  changed(loop: GridLoop): void;
}

export class GridLoop {
  readonly held: HeldClaims;
  readonly #options: GridLoopOptions;
  readonly #reader = new GridReader();
  readonly #refusals = new Refusals();
  #seen: Observations = NO_OBSERVATIONS;
  /** Tasks that the donor stopped here; another machine may have them. */
  readonly #declined = new Set<string>();
  #waitingSince = new Map<string, number>();
  #budget: PushBudget = FULL_PUSH_BUDGET;
  #perMinute = 6;
  #activeNodes: readonly string[] = [];
  #failures = 0;
  #nextPollMs = 0;
  #heartbeatAtMs: number | undefined;
  #pushedAtMs = Number.NEGATIVE_INFINITY;
  #heartbeatIntervalMs = 60_000;
  #wake: (() => void) | undefined;
  #woken = false;
  #registered = false;
  /** Commits in a row that could not be made on a clone that reads fine. */
  #commitFailures = 0;
  #cycling = false;
  #cycledAtMs = Number.NEGATIVE_INFINITY;
  /** The last snapshot and what it offered; undefined before the first. */
  view: GridView | undefined;
  choice: Choice | undefined;
  fault: Fault | undefined;
  /** Wall time of the last snapshot that worked. */
  syncedAtMs: number | undefined;
  /** What the last snapshot itself says is wrong. */
  #gridFault: Fault | undefined;
  /** Problems already logged, by path and code. */
  #told = new Set<string>();

  constructor(options: GridLoopOptions) {
    this.#options = options;
    this.held = new HeldClaims({
      ...options,
      accepts: (view, task) => refusal(view, this.#donor(), task) === undefined,
    });
    for (const taskId of options.history.declined(options.repo.name)) this.#declined.add(taskId);
    this.#nextPollMs = options.clock.monotonic();
  }

  /** The donor stopped this task here: it is not taken again. */
  decline(taskId: string): void {
    this.#declined.add(taskId);
  }

  get name(): string {
    return this.#options.repo.name;
  }

  /** Something changed that the grid should hear of, or that may allow a claim. */
  wake(): void {
    this.#woken = true;
    this.#wake?.();
  }

  /** Works until the signal aborts. Never rejects but for bugs. */
  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await this.cycle(signal);
      await this.#pause(signal);
    }
  }

  /** One round: everything there is to say, in one commit and one push. */
  async cycle(signal: AbortSignal): Promise<void> {
    this.#woken = false;
    this.#cycling = true;
    const { repo, clock } = this.#options;
    let decided: Plan | undefined;
    const outcome = await repo.transact(
      (tree) => this.#needs(tree),
      (tree) => {
        decided = this.#decide(tree);
        return decided?.change;
      },
      { signal, beforePush: () => (decided === undefined ? success(undefined) : this.held.aboutToPush(decided)) },
    );
    this.#cycling = false;
    this.#cycledAtMs = clock.monotonic();
    this.#settle(outcome, decided, this.#cycledAtMs, signal);
    this.#options.host.changed(this);
  }

  /** Says goodbye: gives back what was not finished, reports the rest, marks the node offline. */
  async leave(signal: AbortSignal): Promise<void> {
    // Where nothing was ever said, nobody waits for a goodbye; the server may well be away.
    if (this.#pushedAtMs === Number.NEGATIVE_INFINITY && this.held.live().length === 0) return;
    this.#heartbeatAtMs = undefined;
    while (!signal.aborted) {
      await this.cycle(signal);
      const said = this.fault === undefined || this.fault === this.#gridFault;
      if (said && this.held.live().every(({ claimId }) => this.#isAside(claimId))) return;
      if (!this.#woken) await this.#options.clock.sleep(LEAVE_RETRY_MS, signal);
    }
  }

  /** Nodes that gave a sign of life lately, by the last snapshot. */
  get activeNodes(): readonly string[] {
    return this.#activeNodes;
  }

  /** Whether nothing eligible waits and nothing of ours is left, by a snapshot that worked. */
  get idle(): boolean {
    return (
      this.fault === undefined && this.choice !== undefined && this.choice.eligible.length === 0 && this.held.empty
    );
  }

  /** Nothing is held and no claim is on its way. */
  get empty(): boolean {
    return this.held.empty && !this.#cycling;
  }

  acceptRewrite(): void {
    this.#options.repo.acceptRewrite();
    this.retry();
  }

  /** Looks at the grid now, however often it failed before. */
  retry(): void {
    this.#failures = 0;
    this.#nextPollMs = this.#options.clock.monotonic();
    this.wake();
  }

  *#needs(tree: RepoTree): Generator<string> {
    yield* this.#reader.needs(tree);
    for (const { path } of this.held.unsettled()) yield* resultPaths(path);
  }

  #decide(tree: RepoTree): Plan | undefined {
    const { clock, host, nodeId, instanceId, leaseSeconds } = this.#options;
    const nowMs = clock.monotonic();
    const view = this.#reader.read(tree);
    this.#look(view, nowMs);
    if (this.#gridFault?.code === "node_id_taken") return undefined;
    this.held.reconcile(view, nowMs);
    const donor = this.#donor();
    const choice = this.#choose(view, donor, nowMs);
    this.choice = choice;
    this.#tellProblems([...view.problems, ...choice.problems]);
    const renewable = this.#renewable(nowMs);
    const urgent = this.#urgentAtMs(nowMs) <= nowMs || host.nodeStatus(this) === "offline";
    if (this.#budget.tokens < 1 && !urgent && !this.#refusals.checking) return undefined;
    const results = this.#refusals.results(this.held.results(), nowMs);
    const reporting = new Set(results.map(({ claimId }) => claimId));
    const lease = Math.min(leaseSeconds ?? view.settings.lease_seconds, LEASE_MAX_SECONDS);
    // After failures that may lie in what others put into the grid, only what is ours is sent.
    const careful = this.#refusals.narrowed || this.#commitFailures > 0;
    const expired = careful ? [] : expiredClaims(view, this.#seen, { nodeId, active: this.#activeNodes }, nowMs);
    return plan(view, {
      nodeId,
      instanceId,
      nowEpochMs: clock.now(),
      leaseSeconds: lease,
      results,
      giveBack: this.held.live().filter(({ state, container }) => state === "returning" && container === undefined),
      renew: renewable.filter(
        ({ claimId, renewedAtMs, leaseMs }) => !reporting.has(claimId) && nowMs - renewedAtMs > leaseMs / 4,
      ),
      renewDue: renewable.some(({ renewedAtMs, leaseMs }) => nowMs - renewedAtMs > leaseMs / 3),
      expired: expired.filter((entry) => !this.held.owns(entry)),
      wanted: choice.eligible,
      claimIds: this.#refusals.claimIds(this.#newClaimIds(view, choice)),
      node: host.describeNode(host.nodeStatus(this), this.held.runningCount),
      heartbeatDue: this.#heartbeatDue(nowMs) || this.#refusals.checking,
      tidy: !careful,
    });
  }

  #donor(): Donor {
    return { ...this.#options.host.donor(), declined: this.#declined };
  }

  #choose(view: GridView, donor: Donor, nowMs: number): Choice {
    const choice = choose(view, donor, (path) => nowMs - (this.#waitingSince.get(path) ?? nowMs));
    return {
      ...choice,
      eligible: choice.eligible.filter(({ task }) => !this.#refusals.isTaskAside(task.task_id, nowMs)),
    };
  }

  #newClaimIds(view: GridView, choice: Choice): string[] {
    // With a full disk, or a commit that could not be made, only what frees the grid from us is tried.
    const mayClaim = view.settingsProblem === undefined && this.fault?.code !== "disk_full" && this.#commitFailures < 3;
    const capacity = mayClaim ? this.#options.host.claimCapacity(this, view, choice, this.#activeNodes.length) : 0;
    return Array.from({ length: Math.max(0, capacity) }, () => this.#options.random.id());
  }

  /** Claims that are kept alive: not on their way back, and not with a result that nobody takes. */
  #renewable(nowMs: number): Held[] {
    return this.held
      .live()
      .filter(({ state, claimId }) => state !== "returning" && !this.#refusals.isResultAside(claimId, nowMs));
  }

  #isAside(claimId: string): boolean {
    return this.#refusals.isResultAside(claimId, this.#options.clock.monotonic());
  }

  /** When something must be said whatever the budget: a lease about to run out, a node about to be forgotten. */
  #urgentAtMs(nowMs: number): number {
    const leases = this.#renewable(nowMs).map(({ renewedAtMs, leaseMs }) => renewedAtMs + (leaseMs * 2) / 3);
    const heartbeat = this.#options.heartbeatMs === 0 ? undefined : this.#heartbeatAtMs;
    return Math.min(
      ...leases,
      heartbeat === undefined ? Number.POSITIVE_INFINITY : heartbeat + HEARTBEAT_STRETCH_MAX_MS,
    );
  }

  #tellProblems(problems: readonly TaskProblem[]): void {
    const { log } = this.#options;
    const fresh = problems.filter(({ code, path }) => !this.#told.has(`${code} ${path}`));
    for (const { code, path, detail } of fresh.slice(0, PROBLEMS_TOLD))
      log.warn(
        { grid: this.name, problem: code, path: told(path), detail: detail.slice(0, TOLD_MOST_CHARACTERS) },
        TASK_PROBLEM_HELP[code],
      );
    if (fresh.length > PROBLEMS_TOLD)
      log.warn({ grid: this.name, more: fresh.length - PROBLEMS_TOLD }, "the grid has more files that are no tasks");
    this.#told = new Set(problems.map(({ code, path }) => `${code} ${path}`));
  }

  /** What a snapshot says of the grid itself. */
  #look(view: GridView, nowMs: number): void {
    const { clock, nodeId, instanceId } = this.#options;
    this.view = view;
    this.#seen = observe(this.#seen, view, nowMs);
    this.#waitingSince = new Map(view.queue.map(({ path }) => [path, this.#waitingSince.get(path) ?? nowMs]));
    this.#activeNodes = [...new Set([...activeNodes(view, this.#seen, nowMs, clock.now()), nodeId])];
    this.#perMinute = pushesPerMinute(view.settings.push_budget_per_minute, this.#activeNodes.length);
    this.#budget = refill(this.#budget, this.#perMinute, nowMs);
    this.#heartbeatIntervalMs = this.#options.heartbeatMs ?? view.settings.heartbeat_seconds * 1000;
    this.#gridFault =
      view.settingsProblem === undefined ? undefined : fault("grid_settings_invalid", view.settingsProblem);
    if (this.#registered) return;
    const other = view.nodes.get(nodeId)?.node;
    const silentMs = Math.abs(clock.now() - (parseTimestamp(other?.last_heartbeat ?? "") ?? 0));
    if (
      other?.instance_id !== undefined &&
      other.instance_id !== instanceId &&
      other.status !== "offline" &&
      silentMs < SILENT_NODE_MS
    ) {
      this.#gridFault = fault("node_id_taken", nodeId);
    } else this.#registered = true;
  }

  #settle(outcome: TransactOutcome, decided: Plan | undefined, nowMs: number, signal: AbortSignal): void {
    const { log } = this.#options;
    switch (outcome.kind) {
      case "pushed":
        this.#succeeded();
        this.#pushedAtMs = nowMs;
        this.#heartbeatAtMs = nowMs;
        this.#budget = spend(this.#budget);
        if (decided !== undefined) this.#pushed(decided, outcome.tree, nowMs);
        break;
      case "nothing":
        this.#succeeded();
        this.#refusals.nothing();
        if (decided !== undefined) this.held.nothingPushed(decided);
        break;
      case "contended":
        this.#budget = spend(this.#budget);
        this.held.lostRace();
        break;
      case "refused":
        log.warn({ grid: this.name, detail: outcome.fault.detail }, "the server refused the commit");
        this.held.lostRace();
        this.#budget = spend(this.#budget);
        if (decided !== undefined && this.#refusals.refused(decided, nowMs)) this.wake();
        else this.#failed(outcome.fault);
        break;
      case "unknown":
        log.warn(
          { grid: this.name, fault: outcome.fault.code, detail: outcome.fault.detail },
          "no answer to a push; the next snapshot tells",
        );
        this.#failed(outcome.fault);
        break;
      case "failed":
        if (outcome.fault.code === "clone_broken") this.#commitFailures++;
        if (!signal.aborted) this.#failed(outcome.fault);
        break;
    }
    const interval =
      this.#failures === 0
        ? jitterMs(this.#options.pullIntervalMs, this.#options.random.next())
        : Math.max(500, backoffMs(UNREACHABLE, this.#failures, this.#options.random.next()));
    this.#nextPollMs = nowMs + interval;
  }

  #succeeded(): void {
    if (this.fault !== undefined && this.#gridFault === undefined)
      this.#options.log.info({ grid: this.name }, "the grid works again");
    this.#failures = 0;
    this.#commitFailures = 0;
    this.syncedAtMs = this.#options.clock.now();
    this.fault = this.#gridFault;
  }

  #pushed(decided: Plan, tree: RepoTree, nowMs: number): void {
    this.held.pushed(decided, nowMs, (held) => this.#refusals.asSent(held));
    if (this.#refusals.taken(decided)) this.wake();
    const { claimed, reporting, givenBack, returned } = decided;
    if (claimed.length + reporting.length + givenBack.length + returned.length === 0) return;
    // What was reported may be what another task waits for: look at our own commit, without a fetch.
    this.view = this.#reader.read(tree);
    const before = this.choice?.eligible.length ?? 0;
    this.choice = this.#choose(this.view, this.#donor(), nowMs);
    if (this.choice.eligible.length > before - decided.claimed.length) this.wake();
  }

  #failed(what: Fault): void {
    this.#failures++;
    if (this.fault?.code !== what.code)
      this.#options.log.warn(
        { grid: this.name, fault: what.code, detail: what.detail },
        `${what.meaning} ${what.next}`,
      );
    this.fault = what;
  }

  #heartbeatDue(nowMs: number): boolean {
    if (this.#options.heartbeatMs === 0) return false;
    // Registering waits for the first judgement, so that it travels with the first claims.
    if (this.#heartbeatAtMs === undefined) return this.#options.host.judged;
    return nowMs - this.#heartbeatAtMs >= heartbeatMs(this.#heartbeatIntervalMs, this.#perMinute);
  }

  /** Sleeps until the next poll, renewal, heartbeat or wake, whichever is first and allowed. */
  async #pause(signal: AbortSignal): Promise<void> {
    const { clock } = this.#options;
    for (let nowMs = clock.monotonic(); !signal.aborted; nowMs = clock.monotonic()) {
      const dueMs = this.#dueMs(nowMs);
      if (dueMs <= nowMs) return;
      const sleep = new AbortController();
      this.#wake = () => sleep.abort();
      await clock.sleep(dueMs - nowMs, AbortSignal.any([signal, sleep.signal]));
      this.#wake = undefined;
    }
  }

  #dueMs(nowMs: number): number {
    if (this.#failures > 0) return this.#nextPollMs;
    const tokenMs = this.#budget.tokens >= 1 ? nowMs : nowMs + ((1 - this.#budget.tokens) * 60_000) / this.#perMinute;
    const renewMs = Math.min(...this.#renewable(nowMs).map(({ renewedAtMs, leaseMs }) => renewedAtMs + leaseMs / 3));
    const pushMs = Math.max(Math.min(renewMs, this.#nextHeartbeatMs()), tokenMs);
    const regularMs = Math.min(this.#nextPollMs, pushMs, this.#urgentAtMs(nowMs));
    if (!this.#woken) return Math.max(regularMs, this.#cycledAtMs + LEAST_PAUSE_MS);
    return Math.min(regularMs, Math.max(tokenMs, this.#canWait() ? this.#pushedAtMs + GATHER_MS : nowMs));
  }

  /** Whether the machine stays busy without a push: then what ends meanwhile travels together. */
  #canWait(): boolean {
    if (this.held.waiting().length > 0) return true;
    return this.held.runningCount > 0 && (this.choice?.eligible.length ?? 0) === 0;
  }

  #nextHeartbeatMs(): number {
    if (this.#options.heartbeatMs === 0) return Number.POSITIVE_INFINITY;
    if (this.#heartbeatAtMs === undefined) return Number.POSITIVE_INFINITY;
    return this.#heartbeatAtMs + heartbeatMs(this.#heartbeatIntervalMs, this.#perMinute);
  }
}

/** A stranger's name, quoted and no longer than a line of the log should be. */
function told(path: string): string {
  return JSON.stringify(path.slice(0, TOLD_MOST_CHARACTERS));
}
