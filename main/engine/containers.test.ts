import { describe, expect, it } from "vitest";
import { failure, success, type FaultCode, type Outcome } from "../../shared/contract/fault.ts";
import { MEBIBYTE, type Limits, type Share } from "../../shared/domain/limits.ts";
import type { Resources } from "../../shared/domain/task.ts";
import { Settings } from "../../shared/settings/settings.ts";
import { Containers } from "./containers.ts";
import type { Held } from "./held-claim.ts";
import type { ContainerOutcome, ContainerRuntime, RunningContainer } from "./ports.ts";

const LIMITS: Limits = {
  cpus: 4,
  memoryBytes: 4096 * MEBIBYTE,
  parallel: 4,
  pids: 64,
  tmpBytes: 64 * MEBIBYTE,
};
const SILENT = { text: "", bytes: 0, truncated: false };
const EXITED: ContainerOutcome = {
  reason: "exited",
  exitCode: 0,
  stdout: SILENT,
  stderr: SILENT,
  startedAtMs: 0,
  finishedAtMs: 0,
  durationMs: 0,
  imageId: "sha256:x",
};

/** A container engine of which the test decides what becomes of each request. */
class FakeEngine {
  /** What each container has, from the moment the engine was asked until it ended. */
  readonly applied = new Map<string, Share>();
  /** The cores and the memory of all together after every change, in order. */
  readonly sums: { readonly cpus: number; readonly memoryBytes: number }[] = [];
  readonly updates: { readonly claimId: string; readonly share: Share }[] = [];
  /** What an update comes to; it works where the test says nothing. */
  onUpdate: (claimId: string, share: Share) => Promise<Outcome<void>> = async () => success(undefined);
  /** Holds a start back until it resolves. */
  readonly starts = new Map<string, Promise<void>>();
  /** What every start comes to instead of a container. */
  refusal: FaultCode | undefined;
  readonly #ends = new Map<string, (outcome: ContainerOutcome) => void>();
  readonly runtime: ContainerRuntime;

  constructor() {
    const unused = async (): Promise<never> => {
      throw new Error("not asked for here");
    };
    this.runtime = {
      look: unused,
      confinement: unused,
      check: unused,
      ensureImage: unused,
      leftovers: unused,
      adopt: unused,
      remove: unused,
      close: unused,
      start: async ({ claimId, share }) => {
        if (this.refusal !== undefined) return failure(this.refusal);
        this.#apply(claimId, share);
        await this.starts.get(claimId);
        return success(this.#container(claimId));
      },
    };
  }

  end(claimId: string, outcome: Partial<ContainerOutcome> = {}): void {
    this.applied.delete(claimId);
    this.#ends.get(claimId)?.({ ...EXITED, ...outcome });
  }

  #container(claimId: string): RunningContainer {
    const { promise, resolve } = Promise.withResolvers<ContainerOutcome>();
    this.#ends.set(claimId, resolve);
    return {
      claimId,
      imageId: "sha256:x",
      confinement: undefined,
      ranMs: () => 0,
      usage: async () => success({ cpus: 0, memoryBytes: 0 }),
      finished: promise,
      cancel: () => this.end(claimId, { reason: "cancelled" }),
      freeze: async () => success(undefined),
      thaw: async () => success(undefined),
      update: async (share) => {
        this.updates.push({ claimId, share });
        const updated = await this.onUpdate(claimId, share);
        if (updated.ok && this.applied.has(claimId)) this.#apply(claimId, share);
        return updated;
      },
    };
  }

  #apply(claimId: string, share: Share): void {
    this.applied.set(claimId, share);
    const all = [...this.applied.values()];
    this.sums.push({
      cpus: all.reduce((sum, { cpus }) => sum + cpus, 0),
      memoryBytes: all.reduce((sum, { memoryBytes }) => sum + memoryBytes, 0),
    });
  }
}

interface Fixture {
  readonly engine: FakeEngine;
  readonly containers: Containers;
  readonly tooBig: string[];
  readonly held: Held[];
  limits: Limits;
  /** Hands in a claim and starts what fits. */
  claim(claimId: string, resources?: Resources): Held;
  /** Time passes by so much. */
  pass(ms: number): void;
  /** Waits until it runs, or is over. */
  reached(claimId: string, state: Held["state"]): Promise<void>;
}

/** `onTooBig` cancels as the engine does, unless the test keeps what is too big running. */
function fixture({ cancels = true }: { readonly cancels?: boolean } = {}): Fixture {
  const engine = new FakeEngine();
  const held: Held[] = [];
  const tooBig: string[] = [];
  const waiters = new Set<() => void>();
  let startedAt = 0;
  let monotonicMs = 0;
  const quiet = (): void => undefined;
  const { images, policy } = Settings.parse({});
  const containers = new Containers({
    runtime: engine.runtime,
    clock: { now: () => ++startedAt, monotonic: () => monotonicMs, sleep: async () => undefined },
    log: { debug: quiet, info: quiet, warn: quiet, error: quiet },
    rules: () => ({ limits: self.limits, policy, images }),
    nodeId: "one",
    instanceId: "instance",
    onChange: () => {
      for (const look of waiters) look();
    },
    held: () => held,
    onTooBig: (one) => {
      tooBig.push(one.claimId);
      if (!cancels) return;
      one.state = "returning";
      one.container?.cancel();
    },
    onRuntimeFault: quiet,
  });
  const self: Fixture = {
    engine,
    containers,
    tooBig,
    held,
    limits: LIMITS,
    claim: (claimId, resources) => {
      const one = waiting(claimId, resources);
      held.push(one);
      containers.startWaiting([one]);
      return one;
    },
    pass: (ms) => void (monotonicMs += ms),
    reached: (claimId, state) =>
      new Promise((resolve) => {
        const look = (): void => {
          if (held.find((one) => one.claimId === claimId)?.state !== state) return;
          waiters.delete(look);
          resolve();
        };
        waiters.add(look);
        look();
      }),
  };
  return self;
}

function waiting(claimId: string, resources: Resources | undefined): Held {
  return {
    claimId,
    taskId: claimId,
    grid: "grid",
    path: `tasks/in_progress/one-${claimId}.json`,
    task: { task_id: claimId, script: "true", timeout_seconds: 30, ...(resources === undefined ? {} : { resources }) },
    attempt: 1,
    leaseMs: 600_000,
    claimedAtMs: 0,
    state: "waiting",
    renewedAtMs: 0,
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

/** Starts these one after the other, so that the last is the newest. */
async function running(fake: Fixture, ...claims: readonly (readonly [string, Resources?])[]): Promise<void> {
  for (const [claimId, resources] of claims) {
    fake.claim(claimId, resources);
    await fake.reached(claimId, "running");
  }
}

/** After every change: within the limits, or no more than before it. */
function expectNeverExceeded({ engine, limits }: Fixture, since: number): void {
  let before = engine.sums[since - 1] ?? { cpus: 0, memoryBytes: 0 };
  for (const sum of engine.sums.slice(since)) {
    expect(sum.cpus).toBeLessThanOrEqual(Math.max(limits.cpus, before.cpus) + 1e-9);
    expect(sum.memoryBytes).toBeLessThanOrEqual(Math.max(limits.memoryBytes, before.memoryBytes));
    before = sum;
  }
  const all = [...engine.applied.values()];
  expect(all.reduce((sum, { cpus }) => sum + cpus, 0)).toBeLessThanOrEqual(limits.cpus + 1e-9);
  expect(all.reduce((sum, { memoryBytes }) => sum + memoryBytes, 0)).toBeLessThanOrEqual(limits.memoryBytes);
}

describe("a start that fails", () => {
  /** Tries again and again until the claim is over; the number of attempts. */
  async function attempts(fake: Fixture, claimId: string): Promise<number> {
    const held = fake.claim(claimId);
    for (let attempt = 1; ; attempt++) {
      await fake.containers.drained();
      if (held.state !== "waiting") return attempt;
      fake.pass(5_000);
      fake.containers.startWaiting([held]);
    }
  }

  it.each(["docker_failed", "deadman_failed"] as const)(
    "for %s is this machine's fault: the task goes back",
    async (code) => {
      const fake = fixture();
      fake.engine.refusal = code;
      expect(await attempts(fake, "a")).toBe(3);
      expect(fake.held[0]).toMatchObject({ state: "returning", result: undefined });
    },
  );

  it("twice for the task itself is the task's failure", async () => {
    const fake = fixture();
    fake.engine.refusal = "container_failed";
    expect(await attempts(fake, "a")).toBe(2);
    expect(fake.held[0]).toMatchObject({ state: "finished", result: { status: "failed", reason: "engine_error" } });
  });
});

describe("lowered limits", () => {
  it.each<[string, Partial<Limits>]>([
    ["fewer cores", { cpus: 2 }],
    ["less memory", { memoryBytes: 1024 * MEBIBYTE }],
    ["fewer cores and more memory", { cpus: 1, memoryBytes: 8192 * MEBIBYTE }],
    ["more cores and less memory", { cpus: 8, memoryBytes: 2048 * MEBIBYTE }],
    ["fewer side by side", { parallel: 2 }],
    ["less of everything", { cpus: 1, memoryBytes: 512 * MEBIBYTE, parallel: 3 }],
  ])("are at no moment exceeded by what runs: %s", async (_, change) => {
    const fake = fixture();
    await running(fake, ["a"], ["b"], ["c"], ["d"]);
    const since = fake.engine.sums.length;
    fake.limits = { ...LIMITS, ...change };
    await fake.containers.resize();
    expectNeverExceeded(fake, since);
    expect(fake.engine.applied.size).toBe(Math.min(4, fake.limits.parallel));
  });

  it("are at no moment exceeded while tasks wish for more than their part", async () => {
    const fake = fixture();
    await running(fake, ["even"], ["wide", { cpus: 2, memory_mb: 256 }], ["other"]);
    const since = fake.engine.sums.length;
    fake.limits = { ...LIMITS, cpus: 3, memoryBytes: 1024 * MEBIBYTE, parallel: 2 };
    await fake.containers.resize();
    expectNeverExceeded(fake, since);
    expect(fake.tooBig).toEqual(["wide"].concat(fake.engine.applied.has("other") ? [] : ["other"]));
  });

  it("hand back the newest of what no longer fits", async () => {
    const fake = fixture();
    await running(fake, ["a"], ["b"], ["c"], ["d"]);
    fake.limits = { ...LIMITS, parallel: 2 };
    await fake.containers.resize();
    expect([...fake.tooBig].sort()).toEqual(["c", "d"]);
    expect([...fake.engine.applied.keys()]).toEqual(["a", "b"]);
  });

  it("hand back a task that wishes for more than there is now, and keep the newer ones", async () => {
    const fake = fixture();
    await running(fake, ["wide", { cpus: 2 }], ["small", { cpus: 0.5 }]);
    fake.limits = { ...LIMITS, cpus: 1 };
    await fake.containers.resize();
    expect(fake.tooBig).toEqual(["wide"]);
    expect(fake.engine.applied.get("small")?.cpus).toBe(0.5);
  });

  it("hold for a task that was being started when they changed", async () => {
    const fake = fixture();
    await running(fake, ["a"], ["b"]);
    const started = Promise.withResolvers<void>();
    fake.engine.starts.set("late", started.promise);
    const late = fake.claim("late");
    const since = fake.engine.sums.length;
    fake.limits = { ...LIMITS, cpus: 2, memoryBytes: 2048 * MEBIBYTE };
    await fake.containers.resize();
    started.resolve();
    await fake.reached("late", "running");
    await fake.containers.resize();
    expect(late.state).toBe("running");
    expect(fake.tooBig).toEqual([]);
    expectNeverExceeded(fake, since);
    expect(fake.engine.applied.get("late")).toMatchObject({ cpus: 0.5, memoryBytes: 512 * MEBIBYTE });
  });

  it("hand back a running task that does not take them", async () => {
    const fake = fixture();
    await running(fake, ["a"], ["b"]);
    fake.engine.onUpdate = async (claimId) => (claimId === "a" ? failure("container_failed") : success(undefined));
    fake.limits = { ...LIMITS, memoryBytes: 1024 * MEBIBYTE };
    await fake.containers.resize();
    expect(fake.tooBig).toEqual(["a"]);
    expect(fake.engine.applied.get("b")?.memoryBytes).toBe(256 * MEBIBYTE);
  });

  it.each(["fails", "works"] as const)("hand back no task that ends meanwhile, whose change then %s", async (how) => {
    const fake = fixture({ cancels: false });
    await running(fake, ["a"], ["b"]);
    const asked = Promise.withResolvers<void>();
    const answer = Promise.withResolvers<Outcome<void>>();
    fake.engine.onUpdate = (claimId) => {
      if (claimId !== "a") return Promise.resolve(success(undefined));
      asked.resolve();
      return answer.promise;
    };
    fake.limits = { ...LIMITS, cpus: 2 };
    const resized = fake.containers.resize();
    await asked.promise;
    fake.engine.end("a");
    fake.engine.end("b");
    await fake.reached("a", "finished");
    await fake.reached("b", "finished");
    answer.resolve(how === "fails" ? failure("container_failed") : success(undefined));
    await resized;
    expect(fake.tooBig).toEqual([]);
    expect(fake.containers.running).toBe(0);
    expect([fake.containers.shareOf("a"), fake.containers.shareOf("b")]).toEqual([undefined, undefined]);
  });

  it("hand back no task under which the engine stopped meanwhile: it is run again", async () => {
    const fake = fixture({ cancels: false });
    await running(fake, ["a"]);
    const asked = Promise.withResolvers<void>();
    const answer = Promise.withResolvers<Outcome<void>>();
    fake.engine.onUpdate = () => {
      asked.resolve();
      return answer.promise;
    };
    fake.limits = { ...LIMITS, cpus: 2 };
    const resized = fake.containers.resize();
    await asked.promise;
    fake.engine.end("a", { reason: "interrupted" });
    await fake.reached("a", "waiting");
    answer.resolve(failure("container_failed"));
    await resized;
    expect(fake.tooBig).toEqual([]);
  });
});

describe("raised limits", () => {
  it("give what runs its larger part", async () => {
    const fake = fixture();
    await running(fake, ["a"], ["b"]);
    fake.limits = { ...LIMITS, cpus: 8, memoryBytes: 8192 * MEBIBYTE };
    await fake.containers.resize();
    expect(fake.tooBig).toEqual([]);
    const grown = { cpus: 2, memoryBytes: 2048 * MEBIBYTE };
    expect([...fake.engine.applied.values()]).toMatchObject([grown, grown]);
    expect(fake.containers.shareOf("a")).toMatchObject(grown);
  });

  it("leave the room of a task that is being started to it", async () => {
    const fake = fixture();
    await running(fake, ["a"]);
    const started = Promise.withResolvers<void>();
    fake.engine.starts.set("wide", started.promise);
    fake.claim("wide", { cpus: 3, memory_mb: 3072 });
    const since = fake.engine.sums.length;
    // Two side by side would have two cores each, and three of the four are taken.
    fake.limits = { ...LIMITS, parallel: 2 };
    await fake.containers.resize();
    expect(fake.containers.shareOf("a")).toMatchObject({ cpus: 1, memoryBytes: 1024 * MEBIBYTE });
    started.resolve();
    await fake.reached("wide", "running");
    expectNeverExceeded(fake, since);
    expect(fake.engine.applied.get("wide")?.cpus).toBe(3);
  });

  it("are at no moment exceeded while tasks start into the room", async () => {
    const fake = fixture();
    await running(fake, ["a"], ["b"]);
    const since = fake.engine.sums.length;
    const asked = Promise.withResolvers<void>();
    const answer = Promise.withResolvers<void>();
    fake.engine.onUpdate = async () => {
      asked.resolve();
      await answer.promise;
      return success(undefined);
    };
    fake.limits = { ...LIMITS, cpus: 8, memoryBytes: 8192 * MEBIBYTE };
    const resized = fake.containers.resize();
    await asked.promise;
    fake.claim("wide", { cpus: 5, memory_mb: 5000 });
    fake.claim("even");
    answer.resolve();
    await resized;
    expectNeverExceeded(fake, since);
    expect(fake.tooBig).toEqual([]);
  });

  it("leave a task as it is that does not take them", async () => {
    const fake = fixture();
    await running(fake, ["a"]);
    fake.engine.onUpdate = async () => failure("container_failed");
    fake.limits = { ...LIMITS, cpus: 8 };
    await fake.containers.resize();
    expect(fake.tooBig).toEqual([]);
    expect(fake.containers.shareOf("a")?.cpus).toBe(1);
  });
});
