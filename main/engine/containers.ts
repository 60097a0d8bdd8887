/**
 * Turns claims into containers and their ends into results.
 *
 * Invariant: the shares of what runs never exceed the donor's limits together, whatever grid
 * the tasks came from.
 */
import type { Fault, FaultCode } from "../../shared/contract/fault.ts";
import { leastMemoryBytes, type Share } from "../../shared/domain/limits.ts";
import type { Rules } from "../../shared/settings/effective.ts";
import { fits, shareFor } from "./core/budget.ts";
import { taskResult } from "./core/task-result.ts";
import type { Held } from "./held-claim.ts";
import type {
  Clock,
  ContainerOutcome,
  ContainerRuntime,
  ContainerSpec,
  Leftover,
  Log,
  OutputLine,
  RunningContainer,
} from "./ports.ts";

const START_ATTEMPTS = 2;
/** Starts that an engine in trouble may fail before a task goes back. */
const ENGINE_ATTEMPTS = 3;
const START_RETRY_MS = 5_000;
/** What says something of this machine and nothing of the task. */
const MACHINES_OWN: ReadonlySet<FaultCode> = new Set<FaultCode>(["docker_failed", "deadman_failed"]);

export interface ContainersOptions {
  readonly runtime: ContainerRuntime;
  readonly clock: Clock;
  readonly log: Log;
  /** What is in force now; asked anew for every decision. */
  readonly rules: () => Rules;
  readonly nodeId: string;
  readonly instanceId: string;
  readonly onOutput?: (held: Held, line: OutputLine) => void;
  /** A claim changed: it started, finished, or waits again. */
  readonly onChange: (held: Held) => void;
  /** Every claim of ours, of all grids. */
  readonly held: () => readonly Held[];
  /** A running task has to go back, because it no longer fits. */
  readonly onTooBig: (held: Held) => void;
  /** Starting failed in a way that says something of the engine and not of the task. */
  readonly onRuntimeFault: (fault: Fault) => void;
}

export class Containers {
  readonly #options: ContainersOptions;
  readonly #shares = new Map<string, Share>();
  readonly #ends = new Map<string, Promise<void>>();
  /** One change of running containers to new limits after the other. */
  #resizing: Promise<void> = Promise.resolve();
  /** Claims whose container is being frozen or thawed. */
  readonly #changing = new Set<string>();
  #leftovers = new Map<string, Leftover>();
  #frozen = false;

  constructor(options: ContainersOptions) {
    this.#options = options;
  }

  get running(): number {
    return this.#shares.size;
  }

  /** Looks for what an earlier process left, so that a claim can take its container over. */
  async findLeftovers(): Promise<Fault | undefined> {
    const found = await this.#options.runtime.leftovers(this.#options.instanceId);
    if (!found.ok) return found.fault;
    this.#leftovers = new Map(found.value.map((leftover) => [leftover.claimId, leftover]));
    return undefined;
  }

  /** Removes leftovers that belong to no claim of ours any more. */
  async removeStrays(held: (claimId: string) => boolean): Promise<void> {
    for (const [claimId, leftover] of this.#leftovers) {
      if (held(claimId) || this.#shares.has(claimId)) continue;
      this.#leftovers.delete(claimId);
      const removed = await this.#options.runtime.remove(leftover);
      if (!removed.ok)
        this.#options.log.warn(
          { claim: claimId, fault: removed.fault.code },
          "a leftover container could not be removed",
        );
    }
  }

  /** Starts whatever waits and fits. */
  startWaiting(waiting: readonly Held[]): void {
    if (this.#frozen) return;
    const nowMs = this.#options.clock.monotonic();
    const { limits } = this.#options.rules();
    for (const held of waiting) {
      if (held.notBeforeMs > nowMs) continue;
      const share = shareFor(limits, held.task.resources);
      if (share === undefined) {
        held.state = "returning";
        this.#options.onChange(held);
        continue;
      }
      if (!fits(limits, [...this.#shares.values()], share)) continue;
      this.#shares.set(held.claimId, share);
      held.state = "starting";
      held.startingAtMs = this.#options.clock.now();
      const end = this.#run(held, share)
        .catch((error: unknown) => this.#bug(held, error))
        .finally(() => this.#ends.delete(held.claimId));
      this.#ends.set(held.claimId, end);
    }
  }

  /** Freezes or thaws all that runs; called again it repeats what failed. */
  async setFrozen(frozen: boolean, all: Iterable<Held>): Promise<void> {
    this.#frozen = frozen;
    await Promise.all([...all].map((held) => this.#applyFreeze(held)));
  }

  /** A container's share of the limits while it runs. */
  shareOf(claimId: string): Share | undefined {
    return this.#shares.get(claimId);
  }

  /** Brings what runs in line with limits that changed; what no longer fits goes back. */
  resize(): Promise<void> {
    this.#resizing = this.#resizing.then(() => this.#resize());
    return this.#resizing;
  }

  /** Shrinks before it grows, so that together they exceed the limits at no moment. */
  async #resize(): Promise<void> {
    const { limits } = this.#options.rules();
    const running = this.#options
      .held()
      .filter(({ claimId, state }) => state === "running" && this.#shares.has(claimId))
      .sort((a, b) => (a.startedAtMs ?? 0) - (b.startedAtMs ?? 0));
    const kept: Share[] = [];
    const growing: { held: Held; share: Share }[] = [];
    for (const held of running) {
      // It may have ended while another was being changed.
      if (held.state !== "running") continue;
      const now = this.#shares.get(held.claimId);
      const next = shareFor(limits, held.task.resources);
      // The size of /tmp is settled at the start, and memory has to go on covering it.
      const share = now === undefined || next === undefined ? undefined : { ...next, tmpBytes: now.tmpBytes };
      const possible = share !== undefined && share.memoryBytes >= leastMemoryBytes(share.tmpBytes);
      if (now === undefined || !possible || !fits(limits, kept, share)) {
        this.#options.onTooBig(held);
        continue;
      }
      kept.push(share);
      const smaller = {
        ...share,
        cpus: Math.min(now.cpus, share.cpus),
        memoryBytes: Math.min(now.memoryBytes, share.memoryBytes),
      };
      if (await this.#applyShare(held, smaller)) growing.push({ held, share });
      else if (held.state === "running") this.#options.onTooBig(held);
    }
    for (const { held, share } of growing) await this.#grow(held, share);
  }

  /** Only as far as there is room beside everything else, also beside what is just being started. */
  async #grow(held: Held, share: Share): Promise<void> {
    const now = this.#shares.get(held.claimId);
    const others = [...this.#shares].filter(([claimId]) => claimId !== held.claimId).map(([, one]) => one);
    if (now === undefined || !fits(this.#options.rules().limits, others, share)) return;
    // Taken before the engine is asked, so that nothing else is started into the room.
    this.#shares.set(held.claimId, share);
    if (!(await this.#applyShare(held, share, now)) && this.#shares.has(held.claimId))
      this.#shares.set(held.claimId, now);
  }

  #isOutOfLine(): boolean {
    const { limits } = this.#options.rules();
    return this.#options.held().some(({ claimId, state, task }) => {
      const now = this.#shares.get(claimId);
      return state === "running" && now !== undefined && !sameShare(now, shareFor(limits, task.resources));
    });
  }

  #bugInResizing(error: unknown): void {
    this.#options.log.error({ error: String(error) }, "a bug in applying new limits");
  }

  /** Whether the container has this share now. */
  async #applyShare(held: Held, share: Share, now = this.#shares.get(held.claimId)): Promise<boolean> {
    const { container } = held;
    if (now === undefined || container === undefined) return true;
    if (now.cpus === share.cpus && now.memoryBytes === share.memoryBytes && now.pids === share.pids) return true;
    const updated = await container.update(share);
    if (updated.ok) {
      if (this.#shares.has(held.claimId)) this.#shares.set(held.claimId, share);
      return true;
    }
    const { code, detail } = updated.fault;
    this.#options.log.warn({ task: held.taskId, fault: code, detail }, "a running task does not take new limits");
    return false;
  }

  /** Waits until nothing runs. */
  async drained(): Promise<void> {
    while (this.#ends.size > 0) await Promise.allSettled(this.#ends.values());
  }

  /** Waits until none of these runs. */
  async ended(claims: readonly Held[]): Promise<void> {
    await Promise.allSettled(claims.flatMap(({ claimId }) => this.#ends.get(claimId) ?? []));
  }

  /** Brings one container to what is wanted, one request at a time; what fails is tried at the next tick. */
  async #applyFreeze(held: Held): Promise<void> {
    if (this.#changing.has(held.claimId)) return;
    this.#changing.add(held.claimId);
    try {
      for (;;) {
        const { container } = held;
        const wanted = this.#frozen;
        if (container === undefined || held.state !== "running" || wanted === (held.frozenSinceMs !== undefined))
          return;
        const done = wanted ? await container.freeze() : await container.thaw();
        if (!done.ok) {
          const { code, detail } = done.fault;
          this.#options.log.warn({ task: held.taskId, fault: code, detail }, "freezing or thawing failed");
          return;
        }
        held.frozenSinceMs = wanted ? this.#options.clock.monotonic() : undefined;
      }
    } finally {
      this.#changing.delete(held.claimId);
    }
  }

  /** A bug in running one task gives that task back and leaves the others alone. */
  #bug(held: Held, error: unknown): void {
    this.#options.log.error({ task: held.taskId, error: String(error) }, "a bug in running a task; it is given back");
    this.#shares.delete(held.claimId);
    held.container = undefined;
    held.state = "returning";
    this.#options.onChange(held);
  }

  async #run(held: Held, share: Share): Promise<void> {
    const { clock, log, onChange } = this.#options;
    const image = held.task.image ?? this.#options.rules().images.default;
    const spec = this.specOf(held, share, image);
    const container = await this.#obtain(held, spec);
    if (container === undefined) {
      this.#shares.delete(held.claimId);
      if (held.state === "starting") held.state = "waiting";
      return onChange(held);
    }
    held.container = container;
    held.startedAtMs = clock.now();
    if (held.state === "returning") container.cancel();
    else held.state = "running";
    onChange(held);
    log.info({ grid: held.grid, task: held.taskId, claim: held.claimId, image }, "task started");
    await this.#applyFreeze(held);
    // Limits may have changed while it was being started.
    if (!sameShare(share, shareFor(this.#options.rules().limits, held.task.resources))) await this.resize();
    const outcome = await container.finished;
    this.#shares.delete(held.claimId);
    // What had no room to grow when limits were raised has it now.
    if (this.#isOutOfLine()) this.resize().catch((error: unknown) => this.#bugInResizing(error));
    held.container = undefined;
    held.frozenSinceMs = undefined;
    held.durationMs = outcome.durationMs;
    this.#settle(held, outcome, spec);
    onChange(held);
  }

  async #obtain(held: Held, spec: ContainerSpec): Promise<RunningContainer | undefined> {
    const { runtime, log, onOutput, onRuntimeFault } = this.#options;
    const leftover = this.#leftovers.get(held.claimId);
    if (leftover !== undefined) {
      this.#leftovers.delete(held.claimId);
      const adopted = await runtime.adopt(leftover, spec, (line) => onOutput?.(held, line));
      if (adopted.ok && adopted.value !== undefined) {
        log.info({ task: held.taskId, claim: held.claimId }, "took over the container of an earlier process");
        // It was made with the limits of then.
        const updated = await adopted.value.update(spec.share);
        if (!updated.ok && held.state === "starting") this.#options.onTooBig(held);
        return adopted.value;
      }
      const removed = await runtime.remove(leftover);
      if (!removed.ok)
        log.warn({ task: held.taskId, fault: removed.fault.code }, "a leftover container could not be removed");
    }
    const started = await runtime.start(spec, (line) => onOutput?.(held, line));
    if (started.ok) return started.value;
    log.warn(
      { task: held.taskId, fault: started.fault.code, detail: started.fault.detail },
      "the task could not be started",
    );
    onRuntimeFault(started.fault);
    this.#startFailed(held, spec, started.fault);
    return undefined;
  }

  /**
   * A task that the engine twice refuses to start has failed. The engine's own trouble says nothing
   * of the task: it is waited out, and a task that it keeps from starting goes back.
   */
  #startFailed(held: Held, spec: ContainerSpec, fault: Fault): void {
    const now = this.#options.clock.now();
    held.notBeforeMs = this.#options.clock.monotonic() + START_RETRY_MS;
    held.failedStarts++;
    if (fault.code === "image_missing" || fault.code === "image_pull_failed") held.state = "returning";
    else if (MACHINES_OWN.has(fault.code) && held.failedStarts >= ENGINE_ATTEMPTS) held.state = "returning";
    if (fault.code !== "container_failed" || held.failedStarts < START_ATTEMPTS) return;
    const silent = { text: "", bytes: 0, truncated: false };
    const outcome = {
      reason: "engine_error",
      exitCode: -1,
      stdout: silent,
      stderr: silent,
      startedAtMs: now,
      finishedAtMs: now,
    } as const;
    this.#settle(
      held,
      { ...outcome, durationMs: 0, imageId: "", message: `the container could not be started: ${fault.detail}` },
      spec,
    );
  }

  #settle(held: Held, outcome: ContainerOutcome, spec: ContainerSpec): void {
    const { clock, log, nodeId } = this.#options;
    // What ended by itself before it could be stopped has a result, and that is worth more than a return.
    if (held.state === "returning" && (outcome.reason === "cancelled" || outcome.reason === "interrupted")) {
      held.finishedAtMs = clock.now();
      return;
    }
    if (outcome.reason === "interrupted") {
      log.warn({ task: held.taskId }, "the container engine stopped under the task; it is run again");
      held.notBeforeMs = clock.monotonic() + START_RETRY_MS;
      held.state = ++held.interruptions >= ENGINE_ATTEMPTS ? "returning" : "waiting";
      return;
    }
    held.finishedAtMs = clock.now();
    held.state = "finished";
    held.result = taskResult(
      {
        taskId: held.taskId,
        nodeId,
        claimId: held.claimId,
        attempt: held.attempt,
        image: spec.image,
        share: spec.share,
        timeoutSeconds: Math.round(spec.timeoutMs / 1000),
      },
      outcome,
      clock.now(),
    );
    log.info({ grid: held.grid, task: held.taskId, reason: outcome.reason, exitCode: outcome.exitCode }, "task ended");
  }

  /** What the engine is asked for, for a claim of ours or for a look at what would run. */
  specOf(task: Pick<Held, "grid" | "taskId" | "claimId" | "task">, share: Share, image: string): ContainerSpec {
    const { nodeId, instanceId } = this.#options;
    return {
      grid: task.grid,
      taskId: task.taskId,
      claimId: task.claimId,
      nodeId,
      instanceId,
      image,
      script: task.task.script,
      timeoutMs: task.task.timeout_seconds * 1000,
      share,
    };
  }
}

function sameShare(a: Share, b: Share | undefined): boolean {
  return b !== undefined && a.cpus === b.cpus && a.memoryBytes === b.memoryBytes && a.pids === b.pids;
}
