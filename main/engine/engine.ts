/**
 * The worker: grids in, confined runs, results out.
 *
 * Invariant: the engine owns all state; hosts read snapshots and send commands. It knows nothing
 * of Electron, HTTP or a screen. Order of shutdown: no new claims, containers end or are
 * cancelled, results and returned tasks are pushed, loops stop, the runtime closes.
 */
import type { Fault } from "../../shared/contract/fault.ts";
import type { Limits } from "../../shared/domain/limits.ts";
import type { Node, NodeStatus } from "../../shared/domain/node.ts";
import { formatTimestamp } from "../../shared/domain/timestamp.ts";
import type { DonorState } from "../../shared/settings/donor.ts";
import type { Mode, Policy } from "../../shared/settings/policy.ts";
import { shareFor } from "./core/budget.ts";
import type { Donor } from "./core/choose.ts";
import { finish, judge, pause, progress, type Verdict } from "./core/policy.ts";
import { Containers } from "./containers.ts";
import { capacityOf } from "./core/fair-share.ts";
import { GridLoop, type GridLoopHost } from "./grid-loop.ts";
import type { Held } from "./held-claim.ts";
import { Images } from "./images.ts";
import type {
  Clock,
  ContainerRuntime,
  HistoryStore,
  Log,
  Machine,
  OutputLine,
  Random,
  Readings,
  RuntimeInfo,
  Sensors,
  SettingsStore,
  TaskRepo,
} from "./ports.ts";

export interface GridSource {
  readonly weight: number;
  readonly repo: TaskRepo;
}

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
  readonly limits: Limits;
  readonly policy: Policy;
  readonly defaultImage: string;
  /** Images the donor allows beside the default one. */
  readonly images: readonly string[];
  readonly pullImages: boolean;
  readonly pullIntervalMs: number;
  readonly heartbeatMs: number | undefined;
  readonly leaseSeconds: number | undefined;
  /** Whether tasks are claimed before a place is free. */
  readonly claimAhead?: boolean;
  readonly onOutput?: (held: Held, line: OutputLine) => void;
}

/** How often rules, readings and the container engine are looked at. */
const TICK_MS = 1_000;
const READY_CHECK_MS = 30_000;
const NOT_READY_CHECK_MS = 3_000;
const HOUR_MS = 3_600_000;
/** After the engine failed to start a task for reasons of its own. */
const TROUBLE_MS = 30_000;
const LEAVE_DEADLINE_MS = 30_000;

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
  readonly #loops: readonly { readonly loop: GridLoop; readonly weight: number; usedMs: number }[];
  readonly #containers: Containers;
  readonly #images: Images;
  readonly #stopping = new AbortController();
  readonly #listeners = new Set<(status: EngineStatus) => void>();
  #donor: DonorState;
  #verdict: Verdict = { state: "off", reason: "not_switched_on" };
  #runtime: RuntimeInfo | undefined;
  #runtimeFault: Fault | undefined;
  #nextCheckMs = 0;
  #leaving = false;
  #lastBusyMs: number | undefined;
  #frozen = false;
  #trouble: { readonly what: Fault; readonly untilMs: number } | undefined;
  #readings: Readings = {};
  /** Monotonic ms since which no task may run; undefined while they may. */
  #idleSinceMs: number | undefined;
  #leftoversKnown = false;
  #work: Promise<unknown> = Promise.resolve();
  #stopped: Promise<void> | undefined;

  constructor(options: EngineOptions) {
    this.#options = options;
    this.#donor = options.donor.read();
    const { nodeId, instanceId } = this.#donor;
    const { runtime, clock, log, limits, defaultImage, onOutput } = options;
    this.#containers = new Containers({
      runtime,
      clock,
      log,
      limits,
      nodeId,
      instanceId,
      defaultImage,
      ...(onOutput === undefined ? {} : { onOutput }),
      onChange: (held) => this.#runChanged(held),
      onRuntimeFault: (what) => {
        this.#nextCheckMs = 0;
        this.#images.forget();
        // What the engine cannot do for one task it cannot do for the next: no claims for a while.
        if (!/^(container|image)_/.test(what.code)) this.#trouble = { what, untilMs: clock.monotonic() + TROUBLE_MS };
      },
    });
    this.#images = new Images(runtime, { clock, log, pull: options.pullImages, onReady: () => this.#wakeAll() });
    this.#loops = options.grids.map(({ repo, weight }) => ({
      loop: new GridLoop({ ...options, repo, nodeId, instanceId, host: this }),
      weight,
      usedMs: 0,
    }));
  }

  /** Starts working; returns at once. */
  start(): void {
    const { signal } = this.#stopping;
    this.#work = Promise.all([this.#tickUntil(signal), ...this.#loops.map(({ loop }) => loop.run(signal))]);
    // A rejection here is a bug; it must end the process with its stack, not vanish.
    this.#work.catch((error: unknown) => {
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
      for (const held of this.#held()) if (held.state === "running" || held.state === "starting") this.#giveBack(held);
    this.#stopped ??= this.#stop();
    return this.#stopped;
  }

  async #stop(): Promise<void> {
    this.#leaving = true;
    for (const held of this.#held()) {
      if (held.state === "waiting") held.state = "returning";
    }
    this.#wakeAll();
    if (this.#frozen) await this.#containers.setFrozen(false, this.#held());
    await this.#containers.drained();
    for (const held of this.#held()) if (held.state === "waiting") held.state = "returning";
    this.#stopping.abort();
    await this.#work;
    const deadline = AbortSignal.timeout(LEAVE_DEADLINE_MS);
    await Promise.all(this.#loops.map(({ loop }) => loop.leave(deadline)));
    await Promise.all(this.#options.grids.map(({ repo }) => repo.close()));
    await this.#options.runtime.close();
  }

  setMode(mode: Mode): void {
    this.#donor = { ...this.#donor, mode };
    const written = this.#options.donor.write(this.#donor);
    if (!written.ok) this.#options.log.error({ fault: written.fault.code }, "the mode could not be saved");
    this.#nextCheckMs = 0;
    this.#evaluate(this.#readings);
    this.#wakeAll();
  }

  pause(untilMs?: number): void {
    this.setMode(pause(this.#donor.mode, untilMs));
  }

  finish(): void {
    this.setMode(finish(this.#donor.mode));
  }

  acceptRewrite(): void {
    for (const { loop } of this.#loops) loop.acceptRewrite();
  }

  subscribe(listener: (status: EngineStatus) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  status(): EngineStatus {
    return {
      nodeId: this.#donor.nodeId,
      mode: this.#donor.mode,
      verdict: this.#verdict,
      runtime: this.#runtime,
      grids: this.#loops.map(({ loop }) => ({
        name: loop.name,
        fault: loop.fault,
        eligible: loop.choice?.eligible.length ?? 0,
        held: loop.held.live().length,
      })),
      running: this.#held()
        .filter(({ state }) => state === "running")
        .map(({ taskId, grid, startedAtMs }) => ({ taskId, grid, startedAtMs })),
    };
  }

  /** Nothing eligible is queued anywhere and nothing of ours remains. */
  get idle(): boolean {
    return this.#runtime !== undefined && this.#loops.every(({ loop }) => loop.idle && !this.#waitsForImages(loop));
  }

  // ---- what the loops ask --------------------------------------------------------------

  claimCapacity(
    loop: GridLoop,
    _view: unknown,
    choice: { readonly eligible: readonly unknown[] },
    activeNodes: number,
  ): number {
    if (this.#leaving || this.#verdict.state !== "donating") return 0;
    const { limits, policy, history, clock, claimAhead = true } = this.#options;
    const waiting = choice.eligible.length;
    const ahead = claimAhead && waiting >= activeNodes ? limits.parallel : 0;
    const held = this.#loops.reduce((sum, one) => sum + one.loop.held.unfinished().length, 0);
    const rateLeft =
      policy.tasksPerHour === undefined
        ? waiting
        : policy.tasksPerHour - history.startedSince(clock.now() - HOUR_MS) - this.#notStarted();
    const places = Math.max(0, Math.min(limits.parallel + ahead - held, rateLeft));
    const shares = this.#loops.map((one) => ({
      key: one.loop,
      weight: one.weight,
      usedMs: one.usedMs,
      waiting: one.loop.fault === undefined ? (one.loop.choice?.eligible.length ?? 0) : 0,
    }));
    return capacityOf(loop, places, shares);
  }

  donor(): Donor {
    const { defaultImage, limits } = this.#options;
    const allowed = this.#allowedImages();
    for (const image of allowed) this.#wantImage(image);
    return {
      nodeId: this.#donor.nodeId,
      defaultImage,
      images: allowed,
      unavailableImages: new Set(allowed.filter((image) => !this.#images.isReady(image))),
      shareFor: (resources) => shareFor(limits, resources),
    };
  }

  get judged(): boolean {
    return this.#verdict.state !== "off" && (this.#runtime !== undefined || this.#runtimeFault !== undefined);
  }

  nodeStatus(): NodeStatus {
    if (this.#leaving && this.#stopping.signal.aborted) return "offline";
    return this.#verdict.state === "suspended" || this.#verdict.state === "off" ? "paused" : "active";
  }

  describeNode(status: NodeStatus, running: number): Node {
    const { machine, version, limits, clock } = this.#options;
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
    for (const held of loop.held.live()) {
      if (held.state === "waiting" && this.#leaving) held.state = "returning";
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
    const nowMs = this.#options.clock.monotonic();
    // Nothing runs before the donor has switched donating on, the probe container included.
    if (nowMs < this.#nextCheckMs || this.#donor.mode.kind === "off") return;
    const checked = await this.#options.runtime.check(signal);
    if (signal.aborted) return;
    const before = this.#runtimeFault;
    this.#runtime = checked.ok ? checked.value : undefined;
    this.#runtimeFault = checked.ok ? undefined : checked.fault;
    this.#nextCheckMs = nowMs + (checked.ok ? READY_CHECK_MS : NOT_READY_CHECK_MS);
    if (!checked.ok) {
      this.#leftoversKnown = false;
      this.#images.forget();
      if (before?.code !== checked.fault.code)
        this.#options.log.warn(
          { fault: checked.fault.code, detail: checked.fault.detail },
          `${checked.fault.meaning} ${checked.fault.next}`,
        );
      return;
    }
    if (!this.#leftoversKnown) {
      const lost = await this.#containers.findLeftovers();
      if (lost !== undefined)
        this.#options.log.warn({ fault: lost.code, detail: lost.detail }, "leftover containers cannot be listed");
      this.#leftoversKnown = lost === undefined;
      this.#wakeAll();
    }
    if (this.#loops.every(({ loop }) => loop.choice !== undefined))
      await this.#containers.removeStrays((claimId) => this.#loops.some(({ loop }) => loop.held.has(claimId)));
  }

  #evaluate(readings: Readings): void {
    const { clock, policy, history, log } = this.#options;
    const nowMs = clock.now();
    if (readings.busy !== undefined && readings.busy > policy.busyAbove) this.#lastBusyMs = nowMs;
    const nothingLeft = this.#loops.every(({ loop }) => loop.empty);
    const mode = progress(this.#donor.mode, nowMs, nothingLeft);
    if (mode !== this.#donor.mode) return this.setMode(mode);
    const local = new Date(nowMs);
    const verdict = judge(mode, policy, {
      nowMs,
      local: { day: local.getDay(), minute: local.getHours() * 60 + local.getMinutes() },
      readings,
      notReady:
        this.#runtimeFault ?? this.#engineTrouble() ?? (this.#runtime === undefined ? undefined : this.#gridFault()),
      startedInLastHour: policy.tasksPerHour === undefined ? 0 : history.startedSince(nowMs - HOUR_MS),
      lastBusyMs: this.#lastBusyMs,
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
    const faults = this.#loops.map(({ loop }) => loop.fault);
    return faults.length > 0 && faults.every((one) => one !== undefined) ? faults[0] : undefined;
  }

  #freezeAsJudged(): void {
    this.#frozen = this.#verdict.state === "suspended" && !this.#leaving;
    this.#containers.setFrozen(this.#frozen, this.#held()).catch((error: unknown) => {
      this.#options.log.error({ error: String(error) }, "freezing or thawing failed");
    });
  }

  /** A freeze that outlives the lease gives the task back, and so does a wait in which nothing may run. */
  #returnUnrunnable(): void {
    const nowMs = this.#options.clock.monotonic();
    if (this.#mayRun()) this.#idleSinceMs = undefined;
    else this.#idleSinceMs ??= nowMs;
    const idleSinceMs = this.#idleSinceMs ?? nowMs;
    for (const held of this.#held()) {
      const sinceMs = held.state === "waiting" ? idleSinceMs : (held.frozenSinceMs ?? nowMs);
      if (nowMs - sinceMs > held.leaseMs) this.#giveBack(held);
    }
  }

  #giveBack(held: Held): void {
    held.state = "returning";
    held.container?.cancel();
  }

  #engineTrouble(): Fault | undefined {
    const trouble = this.#trouble;
    return trouble !== undefined && this.#options.clock.monotonic() < trouble.untilMs ? trouble.what : undefined;
  }

  #mayRun(): boolean {
    const { state } = this.#verdict;
    const ready = this.#runtime !== undefined && this.#engineTrouble() === undefined;
    return ready && this.#leftoversKnown && state !== "suspended" && state !== "off";
  }

  /** Claims that the hour's count does not hold yet. */
  #notStarted(): number {
    return this.#held().filter(({ state }) => state === "waiting" || state === "starting").length;
  }

  #startWaiting(): void {
    if (this.#mayRun() && !this.#leaving)
      this.#containers.startWaiting(this.#loops.flatMap(({ loop }) => loop.held.waiting()));
  }

  #runChanged(held: Held): void {
    const entry = this.#loops.find(({ loop }) => loop.held.has(held.claimId));
    // A claim that was lost meanwhile is nobody's any more, but its place is free now.
    if (entry === undefined) return this.#startWaiting();
    entry.loop.held.save(held);
    if (held.state === "finished" && held.startedAtMs !== undefined && held.finishedAtMs !== undefined) {
      entry.usedMs += held.finishedAtMs - held.startedAtMs;
    }
    if (held.state === "waiting" && this.#leaving) held.state = "returning";
    if (held.state !== "running" && held.state !== "starting") entry.loop.wake();
    this.#startWaiting();
    this.#tell();
  }

  #wantImage(image: string): void {
    if (this.#runtime !== undefined) this.#images.want(image, this.#stopping.signal);
  }

  /** Whether a task was left for an image that is here by now, or is still being asked for. */
  #waitsForImages(loop: GridLoop): boolean {
    const { notTaken } = loop.choice ?? {};
    return (loop.view?.queue ?? []).some(
      ({ path, task }) =>
        notTaken?.get(path) === "image_unavailable" &&
        !this.#images.isMissing(task.image ?? this.#options.defaultImage),
    );
  }

  #allowedImages(): string[] {
    return [this.#options.defaultImage, ...this.#options.images];
  }

  #held(): Held[] {
    return this.#loops.flatMap(({ loop }) => loop.held.live());
  }

  #wakeAll(): void {
    for (const { loop } of this.#loops) loop.wake();
  }

  #tell(): void {
    if (this.#listeners.size === 0) return;
    const status = this.status();
    for (const listener of this.#listeners) listener(status);
  }
}
