/**
 * One container from its start to its removal.
 *
 * Invariant: whatever happens, `finished` settles once, and the container is then either gone or
 * noted as still to be removed while the dead-man's switch keeps watching it.
 */
import { failure, success, type Outcome } from "../../../shared/contract/fault.ts";
import type { ConfinementView, Use } from "../../../shared/contract/views.ts";
import { leastMemoryBytes, type Share } from "../../../shared/domain/limits.ts";
import type { ContainerOutcome, ContainerSpec, RunningContainer } from "../../engine/ports.ts";
import { shareLimits } from "./container-options.ts";
import { ContainerOutput } from "./container-output.ts";
import { readStats } from "./container-stats.ts";
import { removeOrOwe } from "./create-container.ts";
import { ask } from "./engine-answer.ts";
import type { EngineSession } from "./engine-session.ts";
import { judgeEnd, waitForEnd, type End } from "./run-end.ts";
import { fitsMemory } from "./memory-use.ts";
import type { Stopwatch } from "./stopwatch.ts";
import { UsageMeter } from "./usage-meter.ts";

export interface DockerRunOptions {
  readonly session: EngineSession;
  readonly spec: ContainerSpec;
  readonly id: string;
  readonly name: string;
  readonly imageId: string;
  /** What the engine was asked for; undefined for a container that an earlier process made. */
  readonly confinement: ConfinementView | undefined;
  readonly output: ContainerOutput;
  readonly stopwatch: Stopwatch;
  readonly startedAtMs: number;
}

/** An engine that takes longer to tell what is used tells it too late. */
const USAGE_MS = 5_000;
/** While frozen, the switch's deadline is moved on this often. */
const FROZEN_BEAT_MS = 5_000;
/** What of the output is still on its way after the end is waited for this long. */
const OUTPUT_END_MS = 3_000;
/** After SIGKILL the engine needs a moment; then removing by force is the last resort. */
const KILLED_MS = 10_000;

export class DockerRun implements RunningContainer {
  readonly claimId: string;
  readonly imageId: string;
  readonly confinement: ConfinementView | undefined;
  readonly finished: Promise<ContainerOutcome>;
  readonly #options: DockerRunOptions;
  /** Each reader compares with its own last reading. */
  readonly #meters = new Map<string, UsageMeter>();
  /** Aborts waiting for the container's end, where it does not come. */
  readonly #giveUp = new AbortController();
  readonly #ended = new AbortController();
  #timer = new AbortController();
  #stopping: "timed_out" | "cancelled" | undefined;
  #share: Share;
  #output: ContainerOutput;
  /** One request that changes the container at a time. */
  #turn: Promise<unknown> = Promise.resolve();

  constructor(options: DockerRunOptions) {
    this.#options = options;
    this.claimId = options.spec.claimId;
    this.imageId = options.imageId;
    this.confinement = options.confinement;
    this.#share = options.spec.share;
    this.#output = options.output;
    this.#watchTime();
    this.finished = this.#live();
  }

  ranMs(): number {
    const { session, stopwatch } = this.#options;
    return stopwatch.ranMs(session.clock.monotonic());
  }

  async usage(signal: AbortSignal, reader = "interface"): Promise<Outcome<Use>> {
    const { session, id } = this.#options;
    const stats = await readStats(session.engine, id, { signal, timeoutMs: USAGE_MS });
    if (!stats.ok) return stats;
    const meter = this.#meters.get(reader) ?? new UsageMeter();
    this.#meters.set(reader, meter);
    return success(meter.read(stats.value, session.clock.monotonic()));
  }

  cancel(): void {
    this.#stop("cancelled");
  }

  freeze(): Promise<Outcome<void>> {
    return this.#change("freeze", async () => {
      const { session, id, stopwatch } = this.#options;
      if (stopwatch.frozen) return success(undefined);
      const frozen = await ask("freeze the container", () => session.engine.container(id).pause() as Promise<unknown>);
      if (!frozen.ok) return frozen;
      stopwatch.freeze(session.clock.monotonic());
      this.#watchTime();
      return success(undefined);
    });
  }

  thaw(): Promise<Outcome<void>> {
    return this.#change("thaw", () => this.#thaw());
  }

  update(share: Share): Promise<Outcome<void>> {
    return this.#change("update", async () => {
      const { session, id, spec } = this.#options;
      // The size of /tmp is settled at the start; memory has to go on covering it.
      const least = leastMemoryBytes(spec.share.tmpBytes);
      if (share.memoryBytes < least)
        return failure("container_failed", `a container with this /tmp needs ${least} bytes`);
      if (share.memoryBytes < this.#share.memoryBytes) {
        const fits = await fitsMemory(session.engine, id, share.memoryBytes);
        if (!fits.ok) return fits;
      }
      const limits = shareLimits(share);
      const updated = await ask(
        "update the container",
        () => session.engine.container(id).update(limits) as Promise<unknown>,
      );
      if (!updated.ok) return updated;
      this.#share = share;
      return success(undefined);
    });
  }

  #change(what: string, work: () => Promise<Outcome<void>>): Promise<Outcome<void>> {
    const result = this.#turn.then(() =>
      this.#stopping !== undefined || this.#ended.signal.aborted
        ? failure("container_failed", `${what}: the container is ending`)
        : work(),
    );
    this.#turn = result.catch(() => undefined);
    return result;
  }

  async #thaw(): Promise<Outcome<void>> {
    const { session, id, stopwatch } = this.#options;
    if (!stopwatch.frozen) return success(undefined);
    const thawed = await ask("thaw the container", () => session.engine.container(id).unpause() as Promise<unknown>);
    // "is not paused": somebody else thawed it, which is just as well.
    if (!thawed.ok && thawed.status === undefined) return thawed;
    stopwatch.thaw(session.clock.monotonic());
    this.#watchTime();
    return thawed.ok || /not paused/.test(thawed.fault.detail) ? success(undefined) : thawed;
  }

  /** Tells the switch what remains, and waits for that or, frozen, until it is told again. */
  #watchTime(): void {
    this.#timer.abort();
    if (this.#ended.signal.aborted || this.#stopping !== undefined) return;
    const timer = new AbortController();
    this.#timer = timer;
    const { session, spec, id, name, stopwatch } = this.#options;
    const remainingMs = Math.max(0, spec.timeoutMs - this.ranMs());
    session.deadman.extend({ id, name, engine: session.engine.address, remainingMs });
    const frozen = stopwatch.frozen;
    void session.clock.sleep(frozen ? FROZEN_BEAT_MS : remainingMs, timer.signal).then(() => {
      if (timer.signal.aborted) return;
      if (frozen) this.#watchTime();
      else this.#stop("timed_out");
    });
  }

  #stop(why: "timed_out" | "cancelled"): void {
    if (this.#stopping !== undefined || this.#ended.signal.aborted) return;
    this.#stopping = why;
    this.#timer.abort();
    this.#turn = this.#turn.then(() => this.#end()).catch((error: unknown) => this.#bug(error));
  }

  /** SIGTERM, a grace, SIGKILL; each only while the container has not ended. */
  async #end(): Promise<void> {
    const { session, id } = this.#options;
    const { clock, timing } = session;
    const ended = this.#ended.signal;
    await this.#thaw();
    await this.#kill("SIGTERM");
    await clock.sleep(timing.stopGraceMs, ended);
    await this.#kill("SIGKILL");
    await clock.sleep(KILLED_MS, ended);
    if (ended.aborted) return;
    session.log.warn({ container: id }, "the container did not end by SIGKILL; it is removed by force");
    this.#giveUp.abort();
  }

  async #kill(signal: "SIGTERM" | "SIGKILL"): Promise<void> {
    if (this.#ended.signal.aborted) return;
    const { session, id } = this.#options;
    const killed = await ask(`send ${signal}`, () => session.engine.container(id).kill({ signal }) as Promise<unknown>);
    // 404 and 409: it has ended already.
    if (!killed.ok && killed.status !== 404 && killed.status !== 409) {
      session.log.warn(
        { container: id, fault: killed.fault.code, detail: killed.fault.detail },
        "a signal could not be sent",
      );
    }
  }

  async #live(): Promise<ContainerOutcome> {
    const { session, stopwatch } = this.#options;
    let end: End;
    try {
      end = await waitForEnd(this.#options, this.#giveUp.signal);
    } catch (error) {
      this.#bug(error);
      end = { kind: "failed", message: String(error) };
    }
    const ranMs = this.ranMs();
    this.#ended.abort();
    this.#timer.abort();
    if (!stopwatch.frozen) stopwatch.freeze(session.clock.monotonic());
    await this.#outputEnd(end);
    const finishedAtMs = session.clock.now();
    const judged = judgeEnd(end, this.#stopping, ranMs >= this.#options.spec.timeoutMs);
    await this.#turn;
    await this.#remove(end);
    return {
      ...judged,
      ...this.#output.captured(),
      startedAtMs: this.#options.startedAtMs,
      finishedAtMs,
      durationMs: Math.round(ranMs),
      imageId: this.imageId,
    };
  }

  async #outputEnd(end: End): Promise<void> {
    const { session, id } = this.#options;
    const { clock, engine } = session;
    const endedMs = clock.monotonic();
    if (end.kind !== "exited") return this.#output.stop();
    await this.#outputSettles();
    // A connection that was cut while the task ran on: the engine's own log has what followed.
    const cutMs = this.#output.endedAtMs;
    if (cutMs === undefined || endedMs - cutMs < OUTPUT_END_MS) return;
    const logs = await ask("read the container's output", () =>
      engine.container(id).logs({ follow: true, stdout: true, stderr: true }),
    );
    if (!logs.ok) return;
    const attached = this.#output;
    this.#output = new ContainerOutput(logs.value, { ...session, onOutput: () => undefined });
    await this.#outputSettles();
    // The log holds the last of a flood only; what was read first-hand is then the better start.
    if (this.#output.bytes <= attached.bytes) this.#output = attached;
  }

  async #outputSettles(): Promise<void> {
    const stop = new AbortController();
    await Promise.race([this.#output.ended, this.#options.session.clock.sleep(OUTPUT_END_MS, stop.signal)]);
    stop.abort();
    this.#output.stop();
  }

  /** An engine that went away gets the time to come back, for the container must not outlive its run. */
  async #remove(end: End): Promise<void> {
    const { session, id } = this.#options;
    const { clock, timing } = session;
    const untilMs = clock.monotonic() + (end.kind === "lost" ? timing.engineReturnMs : 0);
    for (;;) {
      const removed = await removeOrOwe(session, id);
      if (removed.ok || removed.status !== undefined || clock.monotonic() >= untilMs) return;
      await clock.sleep(500, new AbortController().signal);
    }
  }

  #bug(error: unknown): void {
    this.#options.session.log.error(
      { container: this.#options.id, error: String(error) },
      "a bug in running a container",
    );
  }
}
