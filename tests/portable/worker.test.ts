/** Whole workers on real repositories; their containers end as the test says. */
import { join } from "node:path";
import { rmSync } from "node:fs";
import { afterEach, describe, expect, it } from "vitest";
import { createBareGrid, addFiles, rewriteHistory } from "../support/bare-grid.ts";
import { startGitServer, type GitServer } from "../support/git-server.ts";
import { fsck, installHook } from "../support/grid-history.ts";
import { inspectGrid } from "../support/inspect-grid.ts";
import { instantRuntime } from "../support/instant-runtime.ts";
import { runWorker } from "../../main/headless/commands/worker.ts";
import { readConfiguration } from "../../main/worker/configuration.ts";
import { acceleratedClock } from "../support/accelerated-clock.ts";
import { temporaryDirectory } from "../support/temporary-directory.ts";
import {
  createTestWorker,
  recordingLog,
  startTestWorker,
  until,
  type TestWorker,
  type TestWorkerOptions,
} from "../support/test-worker.ts";

const QUICK = { push_budget_per_minute: 6000 };
const HOUR_MS = 60 * 60_000;
const TOKEN = "s3cret-token-0123456789";
const cleanups: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

async function grid(tasks: number | { task_id: string }[], more: object = {}): Promise<{ dir: string; url: string }> {
  return createBareGrid({ dir: join(temporaryDirectory(), "grid.git"), tasks, gridJson: { ...QUICK, ...more } });
}

async function servedGrid(tasks: number): Promise<{ dir: string; url: string; server: GitServer }> {
  const root = temporaryDirectory();
  const { dir } = await createBareGrid({ dir: join(root, "grid.git"), tasks, gridJson: QUICK });
  const server = await startGitServer({ root, token: TOKEN });
  cleanups.push(() => server.close());
  return { dir, url: server.url("grid.git"), server };
}

function start(options: Omit<TestWorkerOptions, "dataDir"> & { dataDir?: string }): TestWorker & { dataDir: string } {
  const dataDir = options.dataDir ?? temporaryDirectory();
  const worker = startTestWorker({ ...options, dataDir });
  let stopped: Promise<void> | undefined;
  const stop = (how?: "finish" | "give_back"): Promise<void> => (stopped ??= worker.stop(how));
  cleanups.push(() => stop());
  return { ...worker, stop, dataDir };
}

/** As the command does it, ended by its own idleness. */
async function runWorkerUntilIdle(url: string): Promise<{ code: number }> {
  const read = readConfiguration(
    { repoUrl: url, nodeId: "idle", dataDir: temporaryDirectory(), pullInterval: "1" },
    {},
  );
  if ("errors" in read) throw new Error(read.errors.join("; "));
  const flags = { exitWhenIdle: true, acceptRewrite: false, dashboard: false };
  return { code: await runWorker(read.value, flags, recordingLog([]), { runtime: instantRuntime() }) };
}

const done = async (dir: string): Promise<number> => (await inspectGrid(dir)).results.length;
const states = (worker: TestWorker): string[] => worker.history.recent(100).map(({ state }) => state);

describe("a worker", () => {
  it("takes, runs and reports everything, says who it is, and leaves orderly", async () => {
    const { dir, url } = await grid(6);
    const worker = start({ url, node: "one" });
    await until(() => worker.engine.idle);
    await worker.stop("finish");
    const seen = await inspectGrid(dir);
    expect(seen.results.map(({ status }) => status)).toEqual(Array.from({ length: 6 }, () => "success"));
    expect(seen.tasks).toMatchObject({ queue: [], in_progress: [], failed: [] });
    expect(seen.nodes).toMatchObject([{ node_id: "one", status: "offline", limits: { parallel: 2 } }]);
    expect(seen.unreadable).toEqual([]);
    await fsck(dir);
  });

  it("never runs what is not a task, and goes on with the others", async () => {
    const { dir, url } = await createBareGrid({
      dir: join(temporaryDirectory(), "grid.git"),
      tasks: [{ task_id: "good", script: "true" } as { task_id: string }],
      gridJson: QUICK,
      files: [
        { path: "tasks/queue/link.json", content: "/etc/passwd", mode: "120000" },
        { path: "tasks/queue/module.json", mode: "160000", content: "a".repeat(40) },
        { path: "tasks/queue/huge.json", content: "x".repeat(10 * 1024 * 1024) },
        { path: Buffer.from("tasks/queue/\xff\xfe.json", "latin1"), content: "{}" },
        { path: "tasks/queue/..json", content: "{}" },
        { path: 'tasks/queue/a"b\\c\n.json', content: "{}" },
        { path: "tasks/queue/sub/inner.json", content: { task_id: "inner", script: "true" } },
        { path: "tasks/queue/other.json", content: { task_id: "good", script: "true" } },
        { path: "tasks/queue/deep.json", content: "[".repeat(20_000) },
      ],
    });
    const worker = start({ url, node: "one" });
    await until(() => worker.engine.idle);
    await worker.stop("finish");
    expect(worker.runtime.started.map(({ taskId }) => taskId)).toEqual(["good"]);
    const problems = worker.lines.filter(({ fields }) => "problem" in fields).map(({ fields }) => fields["problem"]);
    expect([...new Set(problems.map(String))].sort()).toEqual([
      "bad_file_name",
      "name_is_not_id",
      "not_a_file",
      "too_deep",
      "too_large",
    ]);
    expect((await inspectGrid(dir)).tasks.queue).toHaveLength(9);
  });

  it("waits for what a task depends on, and names a dependency that is nowhere", async () => {
    const tasks = [
      { task_id: "second", script: "true", depends_on: ["first"], priority: "critical" },
      { task_id: "first", script: "true", priority: "low" },
      { task_id: "orphan", script: "true", depends_on: ["nowhere"] },
      { task_id: "ring-a", script: "true", depends_on: ["ring-b"] },
      { task_id: "ring-b", script: "true", depends_on: ["ring-a"] },
    ];
    const { url } = await grid(tasks);
    const worker = start({ url, node: "one" });
    await until(() => worker.runtime.started.length === 2 && worker.engine.idle);
    expect(worker.runtime.started.map(({ taskId }) => taskId)).toEqual(["first", "second"]);
    expect(
      worker.lines.flatMap(({ fields }) => ("problem" in fields ? [String(fields["problem"])] : [])).sort(),
    ).toEqual(["dependency_cyclic", "dependency_cyclic", "dependency_missing"]);
  });

  it("gives back what has not ended when it is stopped, and another node does it", async () => {
    const { dir, url } = await grid(1);
    const slow = instantRuntime(() => new Promise(() => undefined));
    const first = start({ url, node: "one", runtime: slow });
    await until(() => slow.started.length === 1);
    await first.stop("give_back");
    expect(await inspectGrid(dir)).toMatchObject({ tasks: { queue: ["task-0001.json"], in_progress: [] } });
    const second = start({ url, node: "two" });
    await until(() => second.engine.idle);
    expect((await inspectGrid(dir)).results).toMatchObject([{ node_id: "two", attempts: 2 }]);
  });

  it("refuses a node id that is active on another machine", async () => {
    const { url } = await grid(1);
    const first = start({ url, node: "one" });
    await until(() => first.engine.idle);
    const second = start({ url, node: "one" });
    await until(() => second.engine.status().grids[0]?.fault?.code === "node_id_taken");
    expect(second.runtime.started).toEqual([]);
  });

  it("refuses a data directory that another process holds", () => {
    const dataDir = temporaryDirectory();
    const options = { url: "file:///nowhere", node: "one", dataDir };
    const first = createTestWorker(options);
    expect(() => createTestWorker(options)).toThrow("data_directory_in_use");
    first.close();
    createTestWorker(options).close();
  });

  it("claims no more than its tasks an hour", async () => {
    const { url } = await grid(5);
    const worker = start({ url, node: "one", settings: { tasksPerHour: "3" } });
    await until(() => worker.engine.status().verdict.reason === "rate_limit");
    await until(() => worker.engine.status().grids[0]?.held === 0);
    expect(worker.runtime.started).toHaveLength(3);
  });
});

describe("an answer that was lost", () => {
  it.each([
    [1, "header"],
    [2, "header"],
    [3, "header"],
    [2, "nothing"],
  ] as const)("after push %i (%s came): nothing is doubled and nothing superseded", async (which, answer) => {
    const { dir, url, server } = await servedGrid(3);
    for (let i = 1; i < which; i++) server.inject({ kind: "status", status: 503 }, { match: "pushes", times: 1 });
    server.inject({ kind: "cut-after-apply", answer }, { times: which });
    const worker = start({ url, node: "one", token: TOKEN });
    await until(async () => (await done(dir)) === 3 && worker.engine.idle);
    expect(worker.runtime.started).toHaveLength(3);
    expect(states(worker)).not.toContain("superseded");
    expect(states(worker).filter((state) => state === "reported")).toHaveLength(3);
    expect((await inspectGrid(dir)).results.every(({ attempts }) => attempts === 1)).toBe(true);
  });
});

describe("a server that refuses an output", () => {
  it("gets that result withheld and all others as they are", async () => {
    const { dir, url } = await grid(6);
    installHook(
      dir,
      "pre-receive",
      `#!/bin/sh
while read -r old new ref; do
  if git grep -q AKIA-LOOKS-LIKE-A-SECRET "$new" -- tasks; then echo "push declined: secret found" >&2; exit 1; fi
done
`,
    );
    const runtime = instantRuntime(({ taskId }) =>
      taskId === "task-0004" ? { stdout: { text: "AKIA-LOOKS-LIKE-A-SECRET", bytes: 24, truncated: false } } : {},
    );
    const worker = start({ url, node: "one", runtime, settings: { parallel: "4", memoryMb: "2048" } });
    await until(async () => (await done(dir)) === 6);
    const { results } = await inspectGrid(dir);
    expect(
      results.filter(({ reason }) => reason === "output_refused").map(({ task_id, stdout }) => [task_id, stdout]),
    ).toEqual([["task-0004", ""]]);
    expect(results.filter(({ stdout }) => stdout === "ok\n")).toHaveLength(5);
    await worker.stop("finish");
    expect(worker.runtime.started).toHaveLength(6);
  });
});

describe("leases", () => {
  const MINUTE = 60_000;
  // Git's commands take as long as they take: a lease has to outlast some lost races on a slow machine.
  const LEASE_SPEED = 8;

  it("hold while three machines disagree about the time by an hour", async () => {
    const { dir, url } = await grid(6, { lease_seconds: 60, heartbeat_seconds: 20 });
    const ends = Promise.withResolvers<object>();
    const workers = [-60, 0, 60].map((skew, index) =>
      start({
        url,
        node: `n${index}`,
        runtime: instantRuntime(() => ends.promise),
        clock: acceleratedClock(LEASE_SPEED, skew * MINUTE),
        settings: { parallel: "1" },
      }),
    );
    await until(() => workers.every(({ runtime }) => runtime.started.length === 1));
    // Five leases pass on everybody's clock.
    const from = performance.now();
    await until(() => performance.now() - from > (5 * MINUTE) / LEASE_SPEED);
    // Each runs one; which of them has claimed how many more, and when, is the machine's matter.
    await until(async () => (await inspectGrid(dir)).claims.every(({ renewal }) => renewal > 0));
    const { claims } = await inspectGrid(dir);
    expect(claims.length).toBeGreaterThanOrEqual(3);
    expect(claims.every(({ attempt }) => attempt === 1)).toBe(true);
    ends.resolve({});
    await until(async () => (await done(dir)) === 6);
    expect((await inspectGrid(dir)).results.every(({ attempts }) => attempts === 1)).toBe(true);
    expect(workers.reduce((sum, { runtime }) => sum + runtime.started.length, 0)).toBe(6);
  });

  it("of a worker of the seed, which writes none, end five minutes after its last sign", async () => {
    const { dir, url } = await createBareGrid({
      dir: join(temporaryDirectory(), "grid.git"),
      gridJson: QUICK,
      files: [
        {
          path: "tasks/in_progress/old-node-seed-task.json",
          content: { task_id: "seed-task", script: "true", timeout_seconds: 30 },
        },
        {
          path: "nodes/old-node.json",
          content: {
            node_id: "old-node",
            last_heartbeat: "2026-01-01T00:00:00.123456",
            status: "active",
            cpu_count: 2,
            memory_gb: 4,
            disk_gb: 10,
          },
        },
      ],
    });
    const worker = start({ url, node: "one", clock: acceleratedClock(100) });
    await until(async () => (await done(dir)) === 1);
    expect((await inspectGrid(dir)).results).toMatchObject([{ task_id: "seed-task", node_id: "one", attempts: 2 }]);
    await worker.stop("finish");
  });

  it("of a machine that never comes back end, and its late result is superseded, not committed", async () => {
    const { dir, url, server } = await servedGrid(1);
    const late = Promise.withResolvers<object>();
    const lost = start({
      url,
      node: "lost",
      token: TOKEN,
      runtime: instantRuntime(() => late.promise),
      clock: acceleratedClock(50),
      settings: { leaseSeconds: "60" },
    });
    await until(() => lost.runtime.started.length === 1);
    // The lost machine alone is cut off: its token no longer works, the other has a new one.
    server.token = "another-token-9876543210";
    const second = start({ url, node: "second", token: "another-token-9876543210", clock: acceleratedClock(50) });
    await until(async () => (await done(dir)) === 1);
    late.resolve({ stdout: { text: "late", bytes: 4, truncated: false } });
    server.token = undefined;
    await until(() => states(lost).includes("superseded"));
    const { results } = await inspectGrid(dir);
    expect(results).toMatchObject([{ node_id: "second", stdout: "ok\n" }]);
    await second.stop("finish");
  });
});

describe("a grid in trouble", () => {
  it("with a rewritten history is left alone until the donor accepts it", async () => {
    const { dir, url } = await grid(1);
    const worker = start({ url, node: "one" });
    await until(() => worker.engine.idle);
    await rewriteHistory(dir);
    await addFiles(dir, [{ path: "tasks/queue/after.json", content: { task_id: "after", script: "true" } }], "after");
    await until(() => worker.engine.status().verdict.fault?.code === "grid_history_rewritten");
    expect(worker.runtime.started).toHaveLength(1);
    worker.engine.acceptRewrite();
    await until(async () => (await done(dir)) === 2);
  });

  it("whose server is away holds with a named reason, loses no result and goes on by itself", async () => {
    const { dir, url, server } = await servedGrid(2);
    const ends = Promise.withResolvers<object>();
    const worker = start({
      url,
      node: "one",
      token: TOKEN,
      runtime: instantRuntime(() => ends.promise),
      clock: acceleratedClock(10),
    });
    await until(() => worker.runtime.started.length === 2);
    await server.refuseConnections();
    ends.resolve({});
    await until(() => worker.engine.status().verdict.reason === "not_ready");
    expect(worker.engine.status().verdict.fault?.code).toBe("grid_unreachable");
    // Away for a minute of the worker's time.
    const from = performance.now();
    await until(() => performance.now() - from > 6_000);
    await server.listenAgain();
    await until(async () => (await done(dir)) === 2);
    await until(() => worker.engine.status().verdict.reason === "donating");
    expect(worker.runtime.started).toHaveLength(2);
  });

  it("with a grid.json that cannot be read is not claimed from", async () => {
    const { url } = await createBareGrid({
      dir: join(temporaryDirectory(), "grid.git"),
      tasks: 1,
      files: [{ path: "grid.json", content: '{"images": "all"}' }],
    });
    const worker = start({ url, node: "one" });
    await until(() => worker.engine.status().verdict.fault?.code === "grid_settings_invalid");
    expect(worker.runtime.started).toEqual([]);
  });

  it("may narrow the images, never widen them", async () => {
    const tasks = [
      { task_id: "default", script: "true" },
      { task_id: "foreign", script: "true", image: "evil:latest" },
    ];
    const { url } = await grid(tasks, { images: ["evil:latest", "python:3.11-alpine"] });
    const worker = start({ url, node: "one" });
    await until(() => worker.engine.idle && worker.runtime.started.length > 0);
    expect(worker.runtime.started.map(({ taskId }) => taskId)).toEqual(["default"]);
  });
});

describe("a worker that starts again", () => {
  it("reports what it had finished, without running it twice", async () => {
    const { dir, url, server } = await servedGrid(1);
    const dataDir = temporaryDirectory();
    const worker = start({ url, node: "one", token: TOKEN, dataDir });
    server.inject(
      { kind: "status", status: 503 },
      { match: ({ service, phase }) => service === "push" && phase === "pack" && worker.runtime.started.length > 0 },
    );
    await until(() => states(worker).includes("finished"));
    await worker.stop("give_back");
    server.clearFailures();
    const again = start({ url, node: "one", token: TOKEN, dataDir });
    await until(async () => (await done(dir)) === 1);
    await again.stop("finish");
    expect(again.runtime.started).toEqual([]);
  });

  it("runs again what it had only claimed", async () => {
    const { dir, url, server } = await servedGrid(1);
    const dataDir = temporaryDirectory();
    const first = start({
      url,
      node: "one",
      token: TOKEN,
      dataDir,
      runtime: instantRuntime(() => new Promise(() => undefined)),
    });
    await until(() => first.runtime.started.length === 1);
    server.inject({ kind: "status", status: 503 }, { match: "pushes" });
    await first.stop("give_back");
    server.clearFailures();
    rmSync(join(dataDir, "grids"), { recursive: true });
    start({ url, node: "one", token: TOKEN, dataDir });
    await until(async () => (await done(dir)) === 1);
    expect((await inspectGrid(dir)).results).toMatchObject([{ attempts: 1 }]);
  });
});

describe("what a stranger writes into the grid", () => {
  it("in this node's name is not run: only what was written down before a push is ours", async () => {
    const { dir, url } = await grid(0, { images: ["python:3.11-alpine"] });
    const worker = start({ url, node: "one", settings: { allowedImages: "private:latest" } });
    await until(async () => (await inspectGrid(dir)).nodes.length === 1);
    const [node] = (await inspectGrid(dir)).nodes;
    const claim = {
      claim_id: "forged-claim-0001",
      node_id: "one",
      instance_id: node?.instance_id,
      task_id: "evil",
      claimed_at: "2026-01-01T00:00:00Z",
      lease_seconds: 600,
    };
    await addFiles(
      dir,
      [
        {
          path: "tasks/in_progress/one-evil.json",
          content: { task_id: "evil", script: "true", image: "private:latest" },
        },
        { path: "tasks/in_progress/one-evil.json.claim", content: claim },
        { path: "tasks/queue/honest.json", content: { task_id: "honest", script: "true" } },
      ],
      "forged",
    );
    await until(async () => (await done(dir)) === 1);
    expect(worker.runtime.started.map(({ taskId }) => taskId)).toEqual(["honest"]);
  });

  it("beside a task, named like another's result, does not finish that other task", async () => {
    const { dir, url } = await createBareGrid({
      dir: join(temporaryDirectory(), "grid.git"),
      gridJson: QUICK,
      tasks: [{ task_id: "mine", script: "true" } as { task_id: string }],
      files: [{ path: "tasks/queue/mine.json.-victim.json", content: { task_id: "victim", script: "true" } }],
    });
    const worker = start({ url, node: "one" });
    await until(async () => (await done(dir)) === 1);
    await addFiles(
      dir,
      [{ path: "tasks/queue/victim.json", content: { task_id: "victim", script: "true" } }],
      "victim",
    );
    await until(async () => (await done(dir)) === 2);
    expect(worker.runtime.started.map(({ taskId }) => taskId)).toEqual(["mine", "victim"]);
  });

  it("under names that Git cannot take back stops nobody", async () => {
    const { dir, url } = await createBareGrid({
      dir: join(temporaryDirectory(), "grid.git"),
      gridJson: QUICK,
      tasks: 1,
      files: [
        { path: Buffer.from("tasks/in_progress/x-\xff.json", "latin1"), content: { task_id: "x", script: "true" } },
        { path: "tasks/in_progress/x-a.json", content: { task_id: "a", script: "true" } },
        { path: "tasks/in_progress/x-a.json.b.json", content: { task_id: "b", script: "true" } },
      ],
    });
    // Five minutes of silence pass, and everything there expires.
    const worker = start({ url, node: "one", clock: acceleratedClock(100) });
    await until(async () => (await done(dir)) === 2);
    expect(worker.runtime.started.map(({ taskId }) => taskId).sort()).toEqual(["a", "task-0001"]);
  });

  it("as a task whose claim the server refuses keeps nobody from the others", async () => {
    const { dir, url } = await grid([
      { task_id: "ghp_secret", script: "true", priority: "critical" } as { task_id: string },
      { task_id: "honest-1", script: "true" } as { task_id: string },
      { task_id: "honest-2", script: "true" } as { task_id: string },
    ]);
    installHook(
      dir,
      "pre-receive",
      `#!/bin/sh
while read -r old new ref; do
  if git grep -q '"claim_id"' "$new" -- '*ghp_secret*'; then echo declined >&2; exit 1; fi
done
`,
    );
    const worker = start({ url, node: "one" });
    await until(async () => (await done(dir)) === 2);
    expect(worker.runtime.started.map(({ taskId }) => taskId).sort()).toEqual(["honest-1", "honest-2"]);
  });
});

describe("a donor's pause", () => {
  it("freezes what runs, thaws it when it is over, and holds while the grid is away", async () => {
    const { url, server } = await servedGrid(1);
    const runtime = instantRuntime(() => new Promise(() => undefined));
    const worker = start({ url, node: "one", token: TOKEN, runtime });
    await until(() => worker.engine.status().running.length === 1);
    worker.engine.pause();
    await until(() => runtime.changes.at(-1) === "freeze");
    await server.refuseConnections();
    await until(() => worker.engine.status().verdict.reason === "not_ready");
    expect(worker.engine.status().verdict.state).toBe("suspended");
    expect(runtime.changes).toEqual(["freeze"]);
    await server.listenAgain();
    worker.engine.setMode({ kind: "donate" });
    await until(() => runtime.changes.at(-1) === "thaw");
  });

  it("that is timed survives a restart and ends by itself", async () => {
    const { dir, url } = await grid(1);
    const dataDir = temporaryDirectory();
    const first = createTestWorker({ url, node: "one", dataDir });
    const untilMs = Date.now() + HOUR_MS;
    first.engine.pause(untilMs);
    first.engine.start();
    await first.stop();
    const again = start({ url, node: "one", dataDir });
    await until(() => again.engine.status().verdict.reason === "paused_by_donor");
    expect(again.runtime.started).toEqual([]);
    await again.stop();
    // Started once more when almost all of it is over: the machine may take as long as it likes for either start.
    const clock = acceleratedClock(1, HOUR_MS - 3_000);
    const last = start({ url, node: "one", dataDir, clock });
    await until(async () => (await done(dir)) === 1);
    expect(clock.now()).toBeGreaterThanOrEqual(untilMs);
    expect(last.engine.status().mode).toEqual({ kind: "donate" });
  });

  it("gives the task back when it outlives the lease", async () => {
    const { dir, url } = await grid(1, { lease_seconds: 60 });
    const runtime = instantRuntime(() => new Promise(() => undefined));
    const worker = start({ url, node: "one", runtime, clock: acceleratedClock(30) });
    await until(() => worker.engine.status().running.length === 1);
    worker.engine.pause();
    await until(async () => (await inspectGrid(dir)).tasks.queue.length === 1);
    expect((await inspectGrid(dir)).tasks.in_progress).toEqual([]);
  });
});

describe("a busy grid", () => {
  it("with many nodes and a small push budget is not fetched in a loop", async () => {
    const now = new Date().toISOString();
    const nodes = Array.from({ length: 60 }, (_, index) => ({
      path: `nodes/n${index}.json`,
      content: { node_id: `n${index}`, last_heartbeat: now, status: "active" },
    }));
    const root = temporaryDirectory();
    await createBareGrid({
      dir: join(root, "grid.git"),
      tasks: 1,
      files: nodes,
      gridJson: { push_budget_per_minute: 0.1 },
    });
    const server = await startGitServer({ root });
    cleanups.push(() => server.close());
    const runtime = instantRuntime(() => new Promise(() => undefined));
    const worker = start({
      url: server.url("grid.git"),
      node: "one",
      runtime,
      clock: acceleratedClock(20),
      settings: { leaseSeconds: "60", pullInterval: "10" },
    });
    await until(() => worker.engine.status().running.length === 1);
    const before = server.traffic.requests;
    const from = performance.now();
    // 200 s of the worker's time: twenty polls, five renewals, and the requests that go with them.
    await until(() => performance.now() - from > 10_000);
    expect(server.traffic.requests - before).toBeLessThan(150);
  });

  it("with a dependency is not left before what it allows is done", async () => {
    const { dir, url } = await grid([
      { task_id: "first", script: "true" } as { task_id: string },
      { task_id: "second", script: "true", depends_on: ["first"] } as { task_id: string },
    ]);
    const { code } = await runWorkerUntilIdle(url);
    expect([code, await done(dir)]).toEqual([0, 2]);
  });
});
