/**
 * The worker: grids in, confined runs, results out.
 *
 * Invariant: the engine owns all state; hosts read snapshots and send commands. It knows nothing
 * of Electron, HTTP or a screen. Order of shutdown: no new claims, containers end or are
 * cancelled, results and returned tasks are pushed, loops stop, the runtime closes.
 */
import type { Fault, Outcome } from "../../shared/contract/fault.ts";
import type { ImageView } from "../../shared/contract/views.ts";
import type { Node, NodeStatus } from "../../shared/domain/node.ts";
import type { Resources } from "../../shared/domain/task.ts";
import { formatTimestamp } from "../../shared/domain/timestamp.ts";
import type { DonorState } from "../../shared/settings/donor.ts";
import type { Rules } from "../../shared/settings/effective.ts";
import type { Mode } from "../../shared/settings/policy.ts";
import { shareFor } from "./core/budget.ts";
import type { Donor } from "./core/choose.ts";
import { finish, judge, pause, progress, type Verdict } from "./core/policy.ts";
import { Containers } from "./containers.ts";
import { GridLoop, type GridLoopHost } from "./grid-loop.ts";
import { GridSet, type GridEntry, type GridSource } from "./grid-set.ts";
import type { Held } from "./held-claim.ts";
import { Images } from "./images.ts";
import type {
  Clock,
  ContainerRuntime,
  ContainerSpec,
  HistoryStore,
  Log,
  Machine,
  OutputLine,
  Random,
  Readings,
  RuntimeInfo,
  Sensors,
  SettingsStore,
} from "./ports.ts";
import { RuntimeCheck } from "./runtime-check.ts";

export type { GridEntry, GridSource } from "./grid-set.ts";

export interface EngineOptions {
  readonly grids: readonly GridSource[];
  readonly runtime: ContainerRuntime;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly history: HistoryStore;
  readonly donor: SettingsStore<DonorState>;
  readonly sensors: Sensors;
  readonly machine: Machine;
  readonly version: string;
  /** What is in force at the start; `setRules` changes it. */
  readonly rules: Rules;
  readonly pullIntervalMs: number;
  readonly heartbeatMs: number | undefined;
  readonly leaseSeconds: number | undefined;
  /** Whether tasks are claimed before a place is free. */
  readonly claimAhead?: boolean;
  readonly onOutput?: (held: Held, line: OutputLine) => void;
}

/** How often rules, readings and the container engine are looked at. */
const TICK_MS = 1_000;
const HOUR_MS = 3_600_000;

export interface EngineStatus {
  readonly nodeId: string;
  readonly mode: Mode;
  readonly verdict: Verdict;
  readonly runtime: RuntimeInfo | undefined;
  readonly grids: readonly {
    readonly name: string;
    readonly fault: Fault | undefined;
    readonly eligible: number;
    readonly held: number;
  }[];
  readonly running: readonly {
    readonly taskId: string;
    readonly grid: string;
    readonly startedAtMs: number | undefined;
  }[];
}

export class Engine implements GridLoopHost {
  readonly #options: EngineOptions;
  readonly #grids: GridSet;
  readonly #containers: Containers;
  readonly #images: Images;
  readonly #check: RuntimeCheck;
  readonly #stopping = new AbortController();
  readonly #listeners = new Set<() => void>();
  #rules: Rules;
  #donor: DonorState;
  #verdict: Verdict = { state: "off", reason: "not_switched_on" };
  #leaving = false;
  /** Monotonic ms at which the machine was last seen busy. */
  #lastBusyMs: number | undefined;
  #frozen = false;
  #readings: Readings = {};
  /** Monotonic ms since which no task may run; undefined while they may. */
  #idleSinceMs: number | undefined;
  #leftoversKnown = false;
  #ticking: Promise<void> = Promise.resolve();
  #stopped: Promise<void> | undefined;

  constructor(options: EngineOptions) {
    this.#options = options;
    this.#donor = options.donor.read();
    this.#rules = options.rules;
    const { nodeId, instanceId } = this.#donor;
    const { runtime, clock, log, onOutput } = options;
    this.#check = new RuntimeCheck({ runtime, clock, log });
    this.#containers = new Containers({
      runtime,
      clock,
      log,
      rules: () => this.#rules,
      nodeId,
      instanceId,
      ...(onOutput === undefined ? {} : { onOutput }),
      onChange: (held) => this.#runChanged(held),
      held: () => this.held(),
      onTooBig: (held) => this.#giveBack(held),
      onRuntimeFault: (what) => {
        this.#images.forget();
        this.#check.startFailed(what);
      },
    });
    this.#images = new Images(runtime, {
      clock,
      log,
      pull: () => this.#rules.images.pull,
      onReady: () => this.#wakeAll(),
      onMissing: () => this.#tell(),
    });
    this.#grids = new GridSet({
      makeLoop: (repo) => new GridLoop({ ...options, repo, nodeId, instanceId, host: this }),
      release: async (held) => {
        for (const one of held) if (one.state !== "finished") this.#giveBack(one);
        await this.#containers.ended(held);
      },
      onChange: () => {
        this.#wakeAll();
        this.#tell();
      },
    });
    for (const source of options.grids) this.#grids.add(source);
  }

  /** Starts working; returns at once. */
  start(): void {
    this.#grids.start();
    this.#ticking = this.#tickUntil(this.#stopping.signal);
    // A rejection here is a bug; it must end the process with its stack, not vanish.
    this.#ticking.catch((error: unknown) => {
      queueMicrotask(() => {
        throw error;
      });
    });
  }

  /**
   * Ends the work. "finish" lets running tasks end; "give_back" stops them; either way what has
   * not started goes back, results are pushed, and the node says it is offline. Asked a second
   * time, "give_back" also stops what the first call lets end.
   */
  stop(how: "finish" | "give_back"): Promise<void> {
    if (how === "give_back")
      for (const held of this.held()) if (held.state === "running" || held.state === "starting") this.#giveBack(held);
    this.#stopped ??= this.#stop();
    return this.#stopped;
  }

  async #stop(): Promise<void> {
    this.#leaving = true;
    for (const held of this.held()) {
      if (held.state === "waiting") held.state = "returning";
    }
    this.#wakeAll();
    if (this.#frozen) await this.#containers.setFrozen(false, this.held());
    await this.#containers.drained();
    for (const held of this.held()) if (held.state === "waiting") held.state = "returning";
    this.#stopping.abort();
    this.#grids.abort();
    await this.#ticking;
    await this.#grids.leaveAll();
    await this.#options.runtime.close();
  }

  // ---- what the donor asks -------------------------------------------------------------

  /** A mode that cannot be saved holds until the process ends, and the fault says that it was not saved. */
  setMode(mode: Mode): Outcome<void> {
    this.#donor = { ...this.#donor, mode };
    const written = this.#options.donor.write(this.#donor);
    if (!written.ok) this.#options.log.error({ fault: written.fault.code }, "the mode could not be saved");
    this.#check.soon();
    this.#evaluate(this.#readings);
    this.#wakeAll();
    return written;
  }

  pause(untilMs?: number): Outcome<void> {
    return this.setMode(pause(this.#donor.mode, untilMs));
  }

  finish(): Outcome<void> {
    return this.setMode(finish(this.#donor.mode));
  }

  /** New limits, rules or images; what runs is brought in line with them at once. */
  setRules(rules: Rules): void {
    const before = this.#rules;
    this.#rules = rules;
    if (rules.images.pull !== before.images.pull || rules.images.default !== before.images.default)
      this.#images.forget();
    const allowed = this.#allowedImages();
    for (const held of this.held()) {
      if (held.state === "waiting" && !allowed.includes(this.imageOf(held.task))) this.#giveBack(held);
    }
    this.#containers.resize().catch((error: unknown) => {
      this.#options.log.error({ error: String(error) }, "a bug in applying new limits");
    });
    this.#evaluate(this.#readings);
    this.#wakeAll();
  }

  addGrid(source: GridSource): void {
    this.#grids.add(source);
  }

  /** Gives back what the grid holds and says goodbye; resolves when it is gone. */
  removeGrid(id: string): Promise<void> {
    return this.#grids.remove(id);
  }

  setWeight(id: string, weight: number): void {
    const entry = this.#grids.get(id);
    if (entry === undefined) return;
    entry.usedMs *= weight / entry.weight;
    entry.weight = weight;
    this.#tell();
  }

  /** Ends a run; its task goes back and is not taken here again. @returns whether there was such a run. */
  stopRun(claimId: string): boolean {
    const entry = this.#grids.holding(claimId);
    const held = entry?.loop.held.live().find((one) => one.claimId === claimId);
    if (entry === undefined || held === undefined || held.state === "finished" || held.state === "returning")
      return false;
    held.stopped = true;
    entry.loop.decline(held.taskId);
    entry.loop.held.save(held);
    this.#giveBack(held);
    entry.loop.wake();
    this.#tell();
    return true;
  }

  /** Accepts the rewritten history of one grid, or of all. */
  acceptRewrite(id?: string): void {
    for (const entry of this.#grids.list()) if (id === undefined || entry.id === id) entry.loop.acceptRewrite();
  }

  /** Looks at a grid now: its credentials or its server may be right again. */
  retryGrid(id: string): void {
    this.#grids.get(id)?.loop.retry();
  }

  /** Calls back after anything changed; returns what ends that. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /**
   * Looks at the sensors now, and at every grid: the system is about to sleep, or woke up. What is
   * known already holds at once, because a system that falls asleep does not wait for the rest.
   */
  async sense(known: Readings = {}): Promise<void> {
    this.#readings = { ...this.#readings, ...known };
    this.#evaluate(this.#readings);
    this.#readings = await this.#options.sensors.read();
    this.#evaluate(this.#readings);
    this.#wakeAll();
  }

  // ---- what it tells -------------------------------------------------------------------

  status(): EngineStatus {
    return {
      nodeId: this.#donor.nodeId,
      mode: this.#donor.mode,
      verdict: this.#verdict,
      runtime: this.#check.runtime,
      grids: this.#grids.list().map(({ loop }) => ({
        name: loop.name,
        fault: loop.fault,
        eligible: loop.choice?.eligible.length ?? 0,
        held: loop.held.live().length,
      })),
      running: this.held()
        .filter(({ state }) => state === "running")
        .map(({ taskId, grid, startedAtMs }) => ({ taskId, grid, startedAtMs })),
    };
  }

  /** Why the container engine cannot be used; undefined where it can, or was not looked at yet. */
  get runtimeFault(): Fault | undefined {
    return this.#check.fault ?? this.#check.trouble;
  }

  get grids(): readonly GridEntry[] {
    return this.#grids.list();
  }

  get rules(): Rules {
    return this.#rules;
  }

  /** Every claim of this machine that is not over. */
  held(): readonly Held[] {
    return this.#grids.held();
  }

  /** What the container engine would be asked for, or undefined where the task never fits. */
  specOf(grid: string, task: Held["task"]): ContainerSpec | undefined {
    const share = shareFor(this.#rules.limits, task.resources);
    if (share === undefined) return undefined;
    const about = { grid, taskId: task.task_id, claimId: "(made when it is claimed)", task };
    return this.#containers.specOf(about, share, this.imageOf(task));
  }

  shareOf(held: Held): ContainerSpec["share"] | undefined {
    return this.#containers.shareOf(held.claimId) ?? shareFor(this.#rules.limits, held.task.resources);
  }

  imageOf(task: { readonly image?: string | undefined }): string {
    return task.image ?? this.#rules.images.default;
  }

  images(): readonly ImageView[] {
    return this.#allowedImages().map((image) => this.#images.view(image));
  }

  /** Nothing eligible is queued anywhere and nothing of ours remains. */
  get idle(): boolean {
    return (
      this.#check.runtime !== undefined &&
      this.#grids.list().every(({ loop }) => loop.idle && !this.#waitsForImages(loop))
    );
  }

  // ---- what the loops ask --------------------------------------------------------------

  claimCapacity(
    loop: GridLoop,
    _view: unknown,
    choice: { readonly eligible: readonly unknown[] },
    activeNodes: number,
  ): number {
    if (this.#leaving || this.#verdict.state !== "donating" || this.#grids.of(loop)?.leaving !== false) return 0;
    const { history, clock, claimAhead = true } = this.#options;
    const { limits, policy } = this.#rules;
    const waiting = choice.eligible.length;
    const ahead = claimAhead && waiting >= activeNodes ? limits.parallel : 0;
    const held = this.#grids.list().reduce((sum, one) => sum + one.loop.held.unfinished().length, 0);
    const rateLeft =
      policy.tasksPerHour === undefined
        ? waiting
        : policy.tasksPerHour - history.startedSince(clock.now() - HOUR_MS) - this.#notStarted();
    return this.#grids.capacityFor(loop, Math.max(0, Math.min(limits.parallel + ahead - held, rateLeft)));
  }

  donor(): Omit<Donor, "declined"> {
    const allowed = this.#allowedImages();
    for (const image of allowed) this.#wantImage(image);
    return {
      nodeId: this.#donor.nodeId,
      defaultImage: this.#rules.images.default,
      images: allowed,
      unavailableImages: new Set(allowed.filter((image) => !this.#images.isReady(image))),
      shareFor: (resources: Resources | undefined) => shareFor(this.#rules.limits, resources),
    };
  }

  get judged(): boolean {
    return this.#verdict.state !== "off" && (this.#check.runtime !== undefined || this.#check.fault !== undefined);
  }

  nodeStatus(loop: GridLoop): NodeStatus {
    const entry = this.#grids.of(loop);
    if ((this.#leaving || entry?.leaving === true) && entry?.stop.signal.aborted !== false) return "offline";
    return this.#verdict.state === "suspended" || this.#verdict.state === "off" ? "paused" : "active";
  }

  describeNode(status: NodeStatus, running: number): Node {
    const { machine, version, clock } = this.#options;
    const { limits } = this.#rules;
    const gib = 1024 ** 3;
    return {
      node_id: this.#donor.nodeId,
      node_name: machine.name,
      cpu_count: machine.cpuCount,
      memory_gb: Math.round((machine.memoryBytes / gib) * 10) / 10,
      disk_gb: Math.round((machine.diskBytes / gib) * 10) / 10,
      last_heartbeat: formatTimestamp(clock.now()),
      status,
      instance_id: this.#donor.instanceId,
      version,
      limits: { cpus: limits.cpus, memory_mb: Math.floor(limits.memoryBytes / 1024 ** 2), parallel: limits.parallel },
      running,
    };
  }

  changed(loop: GridLoop): void {
    const leaving = this.#leaving || this.#grids.of(loop)?.leaving === true;
    for (const held of loop.held.live()) {
      if (held.state === "waiting" && leaving) held.state = "returning";
    }
    this.#startWaiting();
    this.#tell();
  }

  // ---- rules and containers ------------------------------------------------------------

  async #tickUntil(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await this.#checkRuntime(signal);
      this.#readings = await this.#options.sensors.read();
      this.#evaluate(this.#readings);
      this.#returnUnrunnable();
      await this.#options.clock.sleep(TICK_MS, signal);
    }
  }

  async #checkRuntime(signal: AbortSignal): Promise<void> {
    // Nothing runs before the donor has switched donating on, the probe container included.
    if (this.#donor.mode.kind === "off" || !(await this.#check.check(signal))) return;
    if (this.#check.runtime === undefined) {
      this.#leftoversKnown = false;
      this.#images.forget();
      return;
    }
    if (!this.#leftoversKnown) {
      const lost = await this.#containers.findLeftovers();
      if (lost !== undefined)
        this.#options.log.warn({ fault: lost.code, detail: lost.detail }, "leftover containers cannot be listed");
      this.#leftoversKnown = lost === undefined;
      this.#wakeAll();
    }
    if (this.#grids.list().every(({ loop }) => loop.choice !== undefined))
      await this.#containers.removeStrays((claimId) => this.#grids.holding(claimId) !== undefined);
  }

  #evaluate(readings: Readings): void {
    const { clock, history, log } = this.#options;
    const { policy } = this.#rules;
    const nowMs = clock.now();
    if (readings.busy !== undefined && readings.busy > policy.busyAbove) this.#lastBusyMs = clock.monotonic();
    const nothingLeft = this.#grids.list().every(({ loop }) => loop.empty);
    const mode = progress(this.#donor.mode, nowMs, nothingLeft);
    if (mode !== this.#donor.mode) {
      this.setMode(mode);
      return;
    }
    const local = new Date(nowMs);
    const verdict = judge(mode, policy, {
      local: { day: local.getDay(), minute: local.getHours() * 60 + local.getMinutes() },
      readings,
      notReady: this.runtimeFault ?? (this.#check.runtime === undefined ? undefined : this.#gridFault()),
      startedInLastHour: policy.tasksPerHour === undefined ? 0 : history.startedSince(nowMs - HOUR_MS),
      sinceBusyMs: this.#lastBusyMs === undefined ? undefined : clock.monotonic() - this.#lastBusyMs,
    });
    const before = this.#verdict;
    this.#verdict = verdict;
    if (before.state !== verdict.state || before.reason !== verdict.reason) {
      log.info(
        {
          state: verdict.state,
          reason: verdict.reason,
          ...(verdict.fault === undefined ? {} : { fault: verdict.fault.code }),
        },
        "state changed",
      );
      this.#wakeAll();
    }
    this.#freezeAsJudged();
    this.#startWaiting();
    this.#tell();
  }

  /** A fault that stops everything: all grids have one. */
  #gridFault(): Fault | undefined {
    const faults = this.#grids.staying().map(({ loop }) => loop.fault);
    return faults.length > 0 && faults.every((one) => one !== undefined) ? faults[0] : undefined;
  }

  #freezeAsJudged(): void {
    this.#frozen = this.#verdict.state === "suspended" && !this.#leaving;
    this.#containers.setFrozen(this.#frozen, this.held()).catch((error: unknown) => {
      this.#options.log.error({ error: String(error) }, "freezing or thawing failed");
    });
  }

  /** A freeze that outlives the lease gives the task back, and so does a wait in which nothing may run. */
  #returnUnrunnable(): void {
    const nowMs = this.#options.clock.monotonic();
    if (this.#mayRun()) this.#idleSinceMs = undefined;
    else this.#idleSinceMs ??= nowMs;
    const idleSinceMs = this.#idleSinceMs ?? nowMs;
    for (const held of this.held()) {
      const sinceMs = held.state === "waiting" ? idleSinceMs : (held.frozenSinceMs ?? nowMs);
      if (nowMs - sinceMs > held.leaseMs) this.#giveBack(held);
    }
  }

  #giveBack(held: Held): void {
    if (held.state === "finished") return;
    held.state = "returning";
    held.container?.cancel();
  }

  #mayRun(): boolean {
    const { state } = this.#verdict;
    return this.#check.usable && this.#leftoversKnown && state !== "suspended" && state !== "off";
  }

  /** Claims that the hour's count does not hold yet. */
  #notStarted(): number {
    return this.held().filter(({ state }) => state === "waiting" || state === "starting").length;
  }

  #startWaiting(): void {
    if (this.#mayRun() && !this.#leaving)
      this.#containers.startWaiting(this.#grids.staying().flatMap(({ loop }) => loop.held.waiting()));
  }

  #runChanged(held: Held): void {
    const entry = this.#grids.holding(held.claimId);
    // A claim that was lost meanwhile is nobody's any more, but its place is free now.
    if (entry === undefined) return this.#startWaiting();
    entry.loop.held.save(held);
    if (held.state === "finished" && held.startedAtMs !== undefined && held.finishedAtMs !== undefined) {
      entry.usedMs += held.finishedAtMs - held.startedAtMs;
    }
    if (held.state === "waiting" && (this.#leaving || entry.leaving)) held.state = "returning";
    if (held.state !== "running" && held.state !== "starting") entry.loop.wake();
    this.#startWaiting();
    this.#tell();
  }

  #wantImage(image: string): void {
    if (this.#check.runtime !== undefined) this.#images.want(image, this.#stopping.signal);
  }

  /** Whether a task was left for an image that is here by now, or is still being asked for. */
  #waitsForImages(loop: GridLoop): boolean {
    const { notTaken } = loop.choice ?? {};
    return (loop.view?.queue ?? []).some(
      ({ path, task }) => notTaken?.get(path) === "image_unavailable" && !this.#images.isMissing(this.imageOf(task)),
    );
  }

  #allowedImages(): string[] {
    const { images } = this.#rules;
    return [...new Set([images.default, ...images.allowed])];
  }

  #wakeAll(): void {
    for (const { loop } of this.#grids.list()) loop.wake();
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}
