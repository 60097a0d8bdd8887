/**
 * The container runtime on Docker's interface (sandbox).
 *
 * Invariant: no task runs on an engine whose limits were not proven since that engine started,
 * and no container of ours is forgotten: it is removed, or noted and tried again.
 */
import { homedir } from "node:os";
import { failure, success, type Outcome } from "../../../shared/contract/fault.ts";
import type { ConfinementView } from "../../../shared/contract/views.ts";
import type {
  Clock,
  ContainerRuntime,
  ContainerSpec,
  Leftover,
  Log,
  OutputLine,
  RunningContainer,
  RuntimeInfo,
} from "../../engine/ports.ts";
import { confinementView } from "./confinement.ts";
import { containerRequest } from "./container-request.ts";
import { removeOrOwe } from "./create-container.ts";
import { DeadmanSwitch, nodeDeadman, type DeadmanCommand } from "./deadman-switch.ts";
import type { DockerRun } from "./docker-run.ts";
import type { Surroundings } from "./engine-address.ts";
import { TIMING, type EngineSession, type Timing } from "./engine-session.ts";
import { EngineWatch } from "./engine-watch.ts";
import type { Engine, EngineDescription } from "./engine.ts";
import { findEngine } from "./find-engine.ts";
import { findImage, pullImage } from "./images.ts";
import { launch } from "./launch.ts";
import { adoptLeftover, findLeftovers } from "./leftovers.ts";
import { machineClock } from "./machine-clock.ts";
import { probe } from "./probe.ts";

export interface DockerRuntimeOptions {
  /** In place of the environment's DOCKER_HOST. */
  readonly dockerHost?: string;
  /** Where DOCKER_HOST and the like are read from; process.env in the hosts. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The machine's own where not given. */
  readonly clock?: Clock;
  readonly log: Log;
  /** An image with a shell, on this machine or to be pulled: the donor's default, as it is by then. */
  readonly probeImage: string | (() => string);
  /** Whether the probe's image may be pulled where it is not on this machine; true where not given. */
  readonly pull?: boolean;
  /** runsc, kata and the like; the engine must offer it. */
  readonly runtime?: string;
  /** How the dead-man's switch is started; plain Node with this folder's deadman.ts where not given. */
  readonly deadman?: DeadmanCommand;
  readonly timing?: Partial<Timing>;
}

export function createDockerRuntime(options: DockerRuntimeOptions): ContainerRuntime {
  return new DockerRuntime(options);
}

/** An engine that answers and said what it is. */
interface Described {
  readonly engine: Engine;
  readonly described: EngineDescription;
}

/** An engine whose limits are proven, as long as its watch lives. */
interface Proven extends Described {
  readonly watch: EngineWatch;
}

class DockerRuntime implements ContainerRuntime {
  readonly #options: DockerRuntimeOptions;
  readonly #clock: Clock;
  readonly #deadman: DeadmanSwitch;
  readonly #runs = new Set<DockerRun>();
  /** Starts under way. */
  readonly #beginning = new Set<Promise<void>>();
  /** Containers that could not be removed when it was their time. */
  readonly #owed = new Set<string>();
  #proven: Proven | undefined;
  /** The switch failed a container since the proof: it has to work for the next probe. */
  #doubtful = false;
  #checking: Promise<unknown> = Promise.resolve();
  #closed = false;

  constructor(options: DockerRuntimeOptions) {
    this.#options = options;
    this.#clock = options.clock ?? machineClock;
    this.#deadman = new DeadmanSwitch(options.deadman ?? nodeDeadman(), { clock: this.#clock, log: options.log });
  }

  async look(signal: AbortSignal): Promise<Outcome<RuntimeInfo>> {
    const known = await this.#described(signal);
    return known.ok ? success(known.value.described.info) : known;
  }

  async confinement(spec: ContainerSpec, signal: AbortSignal): Promise<Outcome<ConfinementView>> {
    const known = await this.#described(signal);
    if (!known.ok) return known;
    const { engine, described } = known.value;
    const { runtime } = this.#options;
    const requested = await containerRequest(
      { engine, traits: described.traits, clock: this.#clock, runtime },
      spec,
      signal,
    );
    return requested.ok ? success(confinementView(requested.value)) : requested;
  }

  check(signal: AbortSignal): Promise<Outcome<RuntimeInfo>> {
    // One at a time: the second finds what the first has proven.
    const checked = this.#checking.then(() => this.#check(signal));
    this.#checking = checked.catch(() => undefined);
    return checked;
  }

  async ensureImage(image: string, pull: boolean, signal: AbortSignal): Promise<Outcome<string>> {
    const engine = await this.#engine(signal);
    return engine.ok ? this.#ensureImage(engine.value, image, pull, signal) : engine;
  }

  async start(spec: ContainerSpec, onOutput: (line: OutputLine) => void): Promise<Outcome<RunningContainer>> {
    return this.#tracked((session) => launch(session, spec, onOutput));
  }

  async leftovers(instanceId: string): Promise<Outcome<readonly Leftover[]>> {
    const engine = await this.#engine(new AbortController().signal);
    return engine.ok ? findLeftovers(engine.value, instanceId) : engine;
  }

  async adopt(
    leftover: Leftover,
    spec: ContainerSpec,
    onOutput: (line: OutputLine) => void = () => undefined,
  ): Promise<Outcome<RunningContainer | undefined>> {
    return this.#tracked((session) => adoptLeftover(session, leftover, spec, onOutput));
  }

  async remove(leftover: Leftover): Promise<Outcome<void>> {
    const session = await this.#session();
    return session.ok ? removeOrOwe(session.value, leftover.id) : session;
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#checking;
    await Promise.all(this.#beginning);
    for (const run of this.#runs) run.cancel();
    await Promise.all([...this.#runs].map((run) => run.finished));
    this.#proven?.watch.close();
    this.#deadman.close();
  }

  /** Starts or adopts, so that closing waits for it and then for its end. */
  async #tracked<T extends DockerRun | undefined>(
    begin: (session: EngineSession) => Promise<Outcome<T>>,
  ): Promise<Outcome<T>> {
    const session = await this.#session();
    if (!session.ok) return session;
    const begun = Promise.withResolvers<void>();
    this.#beginning.add(begun.promise);
    try {
      const run = await begin(session.value);
      if (run.ok && run.value !== undefined) this.#track(run.value);
      if (!run.ok && run.fault.code === "deadman_failed") this.#doubtful = true;
      return run;
    } finally {
      this.#beginning.delete(begun.promise);
      begun.resolve();
    }
  }

  #track(run: DockerRun): void {
    this.#runs.add(run);
    void run.finished.then(() => this.#runs.delete(run));
    if (this.#closed) run.cancel();
  }

  async #check(signal: AbortSignal): Promise<Outcome<RuntimeInfo>> {
    if (this.#closed) return failure("docker_unreachable", "the worker is closing");
    const known = this.#proven;
    if (known?.watch.alive === true) {
      const pinged = await known.engine.ping({ signal });
      if (pinged.ok) {
        const session = this.#sessionOf(known);
        if (this.#doubtful) {
          const image = await this.#ensureImage(known.engine, this.#probeImage, this.#options.pull ?? true, signal);
          const probed = image.ok ? await probe(session, this.#probeImage, signal) : image;
          if (!probed.ok) return probed;
          this.#doubtful = false;
        }
        await this.#removeOwed(session);
        return success(known.described.info);
      }
    }
    known?.watch.close();
    this.#proven = undefined;
    const proven = await this.#prove(signal);
    if (!proven.ok) return proven;
    this.#proven = proven.value;
    await this.#removeOwed(this.#sessionOf(proven.value));
    return success(proven.value.described.info);
  }

  async #prove(signal: AbortSignal): Promise<Outcome<Proven>> {
    const { pull = true, runtime } = this.#options;
    const found = await this.#described(signal);
    if (!found.ok) return found;
    const { engine, described } = found.value;
    const { osType, runtimes, info } = described;
    if (osType !== "" && osType !== "linux")
      return failure("docker_unprotected", `the engine runs ${osType} containers; switch it to Linux containers`);
    if (runtime !== undefined && !runtimes.includes(runtime)) {
      return failure("docker_unprotected", `the engine at ${info.address} does not offer the runtime ${runtime}`);
    }
    const probeImage = this.#probeImage;
    const image = await this.#ensureImage(engine, probeImage, pull, signal);
    if (!image.ok) return image;
    const watch = await EngineWatch.open(engine, () =>
      this.#options.log.warn({ engine: info.address }, "the container engine went away"),
    );
    if (!watch.ok) return watch;
    const proven: Proven = { engine, described, watch: watch.value };
    const probed = await probe(this.#sessionOf(proven), probeImage, signal);
    this.#doubtful = false;
    if (probed.ok) return success(proven);
    watch.value.close();
    return probed;
  }

  get #probeImage(): string {
    const { probeImage } = this.#options;
    return typeof probeImage === "string" ? probeImage : probeImage();
  }

  async #ensureImage(engine: Engine, image: string, pull: boolean, signal: AbortSignal): Promise<Outcome<string>> {
    let found = await findImage(engine, image, signal);
    if (!found.ok && found.fault.code === "image_missing" && pull) {
      const pulled = await pullImage(engine, image, this.#options.log, signal);
      if (!pulled.ok) return pulled;
      found = await findImage(engine, image, signal);
    }
    return found.ok ? success(found.value.id) : found;
  }

  /** What the engine is, proven or not; it is asked anew unless the connection that proves it still holds. */
  async #described(signal: AbortSignal): Promise<Outcome<Described>> {
    if (this.#proven?.watch.alive === true) return success(this.#proven);
    const found = await findEngine(this.#surroundings(), signal);
    if (!found.ok) return found;
    const described = await found.value.describe({ signal });
    return described.ok ? success({ engine: found.value, described: described.value }) : described;
  }

  /** An engine that answers, proven or not: enough to look and to pull. */
  async #engine(signal: AbortSignal): Promise<Outcome<Engine>> {
    return this.#proven?.watch.alive === true ? success(this.#proven.engine) : findEngine(this.#surroundings(), signal);
  }

  async #session(): Promise<Outcome<EngineSession>> {
    if (this.#proven?.watch.alive !== true) {
      const checked = await this.check(new AbortController().signal);
      if (!checked.ok) return checked;
    }
    if (this.#proven === undefined) return failure("docker_unreachable", "the engine went away again");
    return success(this.#sessionOf(this.#proven));
  }

  #sessionOf({ engine, described, watch }: Proven): EngineSession {
    const { log, runtime, timing } = this.#options;
    return {
      engine,
      traits: described.traits,
      clock: this.#clock,
      log,
      deadman: this.#deadman,
      runtime,
      timing: { ...TIMING, ...timing },
      unbroken: () => watch.alive,
      owe: (id) => this.#owed.add(id),
    };
  }

  async #removeOwed(session: EngineSession): Promise<void> {
    const owed = [...this.#owed];
    this.#owed.clear();
    await Promise.all(owed.map((id) => removeOrOwe(session, id)));
  }

  #surroundings(): Surroundings {
    const { env, dockerHost } = this.#options;
    const chosen = dockerHost === undefined ? env : { ...env, DOCKER_HOST: dockerHost };
    return { env: chosen, platform: process.platform, home: homedir(), uid: process.getuid?.() };
  }
}
