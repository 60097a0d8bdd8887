/** Worker processes on one grid with real containers: many at once, and killed at every step. */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { readdirSync, readFileSync } from "node:fs";
import { afterEach, describe, expect, it } from "vitest";
import { createBareGrid } from "../support/bare-grid.ts";
import { startGitServer, type GitServer } from "../support/git-server.ts";
import type { GitRequest } from "../support/server-failure.ts";
import { fsck, historyOf } from "../support/grid-history.ts";
import { inspectGrid, type InspectedGrid } from "../support/inspect-grid.ts";
import { startCli, type CliRun } from "../support/run-cli.ts";
import { temporaryDirectory } from "../support/temporary-directory.ts";
import { until } from "../support/test-worker.ts";

const QUICK = { push_budget_per_minute: 6000 };
const TOKEN = "s3cret-token-0123456789";
const cleanups: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

function startWorker(
  url: string,
  node: string,
  dataDir: string,
  more: Record<string, string> = {},
  flags: readonly string[] = [],
): CliRun {
  const run = startCli(["worker", "--no-dashboard", "--json", ...flags], {
    DGRID_REPO_URL: url,
    NODE_ID: node,
    DGRID_DATA_DIR: dataDir,
    DGRID_PARALLEL: "2",
    DGRID_CPUS: "2",
    DGRID_MEMORY_MB: "512",
    PULL_INTERVAL: "1",
    GIT_TOKEN: TOKEN,
    ...more,
  });
  cleanups.push(async () => {
    run.child.kill("SIGTERM");
    await run.exited;
  });
  return run;
}

async function served(
  tasks: readonly { task_id: string }[],
  more: object = {},
): Promise<{ dir: string; url: string; server: GitServer }> {
  const root = temporaryDirectory();
  const { dir } = await createBareGrid({ dir: join(root, "grid.git"), tasks, gridJson: { ...QUICK, ...more } });
  const server = await startGitServer({ root, token: TOKEN });
  cleanups.push(() => server.close());
  return { dir, url: server.url("grid.git"), server };
}

/** What the engine says of a task of this grid, in lines. */
function askEngine(url: string, taskId: string, ...args: readonly string[]): string[] {
  const labels = ["--filter", `label=dgrid.task=${taskId}`, "--filter", `label=dgrid.grid=${url}`];
  const { status, stdout, stderr } = spawnSync("docker", [...args, ...labels], { encoding: "utf8" });
  if (status !== 0) throw new Error(stderr);
  return stdout.split("\n").filter((line) => line !== "");
}

/** Containers of a task, by the engine's own word: in any state, or running ones alone. */
function containersOf(url: string, taskId: string, which: "any" | "running" = "any"): string[] {
  const state = which === "running" ? ["--filter", "status=running"] : ["--all"];
  return askEngine(url, taskId, "ps", ...state, "--quiet");
}

/** When something happened to the containers of a task since a time (s since the epoch), in ms of the engine's clock. */
function timesOf(url: string, taskId: string, action: "start" | "die", sinceSeconds: number): number[] {
  const nowSeconds = Math.ceil(Date.now() / 1000);
  const range = ["--since", String(sinceSeconds), "--until", String(nowSeconds), "--filter", `event=${action}`];
  return askEngine(url, taskId, "events", ...range, "--format", "{{.TimeNano}}").map((nanos) => Number(nanos) / 1e6);
}

const resultsOf = ({ results }: InspectedGrid): string[] => results.map(({ task_id }) => task_id).sort();
const idle = ["--exit-when-idle"];

describe("four workers on one grid", () => {
  it("do 60 tasks: each has exactly one result, none is lost, none runs twice", async () => {
    const tasks = Array.from({ length: 60 }, (_, index) => ({
      task_id: `t-${index}`,
      script: `echo ${index}`,
      timeout_seconds: 60,
    }));
    const { dir, url } = await served(tasks);
    const runs = [1, 2, 3, 4].map((n) => startWorker(url, `node-${n}`, temporaryDirectory(), {}, idle));
    expect(await Promise.all(runs.map(({ exited }) => exited))).toEqual([0, 0, 0, 0]);
    const seen = await inspectGrid(dir);
    expect(resultsOf(seen)).toEqual(tasks.map(({ task_id }) => task_id).sort());
    expect(
      seen.results.filter(({ status, stdout, task_id }) => status === "success" && `t-${stdout.trim()}` === task_id),
    ).toHaveLength(60);
    expect(seen.tasks).toMatchObject({ queue: [], in_progress: [], failed: [], attempts: [] });
    expect(new Set(seen.results.map(({ claim_id }) => claim_id)).size).toBe(60);
    const started = runs
      .flatMap((run) => run.output().stderr.split("\n"))
      .filter((line) => line.includes('"task started"'));
    expect(started).toHaveLength(60);
    await fsck(dir);
    for (const { path } of seen.results.slice(0, 5)) {
      const steps = await historyOf(dir, path.slice(0, -".log".length));
      expect(steps.map((step) => step.path.split("/").slice(0, 2).join("/"))).toEqual([
        "tasks/queue",
        "tasks/in_progress",
        "tasks/completed",
      ]);
    }
  });
});

interface Victim {
  readonly server: GitServer;
  readonly dir: string;
  readonly url: string;
  readonly run: CliRun;
}

/** Once its task has ended. */
const afterRun =
  ({ run }: Victim, match: (request: GitRequest) => boolean) =>
  (request: GitRequest): boolean =>
    match(request) && run.output().stderr.includes('"task ended"');

/** Where a worker is killed. `ready` resolves when it is there, `seconds` are the time that the task gives for it. */
const STEPS: readonly {
  readonly name: string;
  readonly seconds: number;
  readonly ready: (victim: Victim) => Promise<unknown>;
}[] = [
  {
    name: "after the claim",
    seconds: 5,
    ready: async ({ dir }) => until(async () => (await inspectGrid(dir)).claims.length === 1),
  },
  {
    name: "while the task runs",
    seconds: 5,
    ready: async ({ url }) => until(() => containersOf(url, "victim", "running").length === 1),
  },
  {
    name: "after the run, before the push",
    seconds: 1,
    ready: async (victim) => {
      const match = afterRun(victim, ({ service }) => service === "push");
      victim.server.inject({ kind: "status", status: 503 }, { match });
      await victim.server.nextArrival(match);
    },
  },
  {
    name: "during the push",
    seconds: 1,
    ready: async (victim) => {
      const match = afterRun(victim, ({ service, phase }) => service === "push" && phase === "pack");
      victim.server.inject({ kind: "hang" }, { match });
      await victim.server.nextArrival(match);
    },
  },
];

describe.each(STEPS)("a worker killed $name", ({ ready, seconds }) => {
  it.each([
    ["restarted with its data", true],
    ["replaced by another node", false],
  ])("and %s: the result is committed exactly once", async (_how, keepsData) => {
    const { dir, url, server } = await served([
      { task_id: "victim", script: `sleep ${seconds}; echo done`, timeout_seconds: 60 } as { task_id: string },
    ]);
    const dataDir = temporaryDirectory();
    const victim = startWorker(url, "victim-node", dataDir, { DGRID_LEASE_SECONDS: "6" });
    await ready({ server, dir, url, run: victim });
    victim.child.kill("SIGKILL");
    await victim.exited;
    server.clearFailures();
    const heir = keepsData
      ? startWorker(url, "victim-node", dataDir)
      : startWorker(url, "heir-node", temporaryDirectory());
    await until(async () => (await inspectGrid(dir)).results.length > 0);
    const seen = await inspectGrid(dir);
    expect(seen.results).toMatchObject([{ task_id: "victim", status: "success", stdout: "done\n" }]);
    expect(seen.tasks).toMatchObject({ queue: [], in_progress: [] });
    heir.child.kill("SIGTERM");
    expect(await heir.exited).toBe(0);
    expect(resultsOf(await inspectGrid(dir))).toEqual(["victim"]);
    await fsck(dir);
  });
});

describe("a worker killed for good", () => {
  it("leaves no container alive past its deadline and 30 s", async () => {
    const { url } = await served([
      { task_id: "endless", script: "trap '' TERM; while :; do sleep 1; done", timeout_seconds: 10 } as {
        task_id: string;
      },
    ]);
    const sinceSeconds = Math.floor(Date.now() / 1000);
    const worker = startWorker(url, "gone-node", temporaryDirectory());
    await until(() => containersOf(url, "endless", "running").length === 1);
    worker.child.kill("SIGKILL");
    await worker.exited;
    await until(() => containersOf(url, "endless").length === 0);
    // By the engine's own clock: how soon this test looks is no matter of the switch's.
    const [startedMs = expect.fail(), ...more] = timesOf(url, "endless", "start", sinceSeconds);
    const [diedMs = expect.fail()] = timesOf(url, "endless", "die", sinceSeconds);
    expect(more).toEqual([]);
    expect(diedMs - startedMs).toBeLessThanOrEqual(40_000);
  });
});

describe("an orderly stop", () => {
  it("by Ctrl-C lets what runs end and gives back what has not started", async () => {
    const slow = ["slow-a", "slow-b", "slow-c"].map((task_id) => ({
      task_id,
      script: "sleep 12",
      timeout_seconds: 60,
    }));
    const { dir, url } = await served(slow);
    const worker = startWorker(url, "one", temporaryDirectory(), { DGRID_PARALLEL: "1" });
    await until(
      async () =>
        (await inspectGrid(dir)).claims.length === 2 &&
        slow.some(({ task_id }) => containersOf(url, task_id, "running").length > 0),
    );
    worker.child.kill("SIGINT");
    expect(await worker.exited).toBe(0);
    const seen = await inspectGrid(dir);
    expect(seen.results).toHaveLength(1);
    expect(seen.tasks).toMatchObject({ in_progress: [] });
    expect(seen.tasks.queue).toHaveLength(2);
    expect(seen.nodes).toMatchObject([{ status: "offline" }]);
  });

  it("by SIGTERM stops what runs, gives it back and leaves no container", async () => {
    const slow = { task_id: "slow-a", script: "sleep 25", timeout_seconds: 60 };
    const { dir, url } = await served([slow]);
    const worker = startWorker(url, "one", temporaryDirectory());
    await until(() => containersOf(url, "slow-a", "running").length === 1);
    worker.child.kill("SIGTERM");
    expect(await worker.exited).toBe(0);
    expect(containersOf(url, "slow-a")).toEqual([]);
    expect(await inspectGrid(dir)).toMatchObject({ results: [], tasks: { queue: ["slow-a.json"], in_progress: [] } });
  });
});

describe("a disk that is full", () => {
  it("is named, loses no result, and the work goes on by itself once there is space", async () => {
    const disk = temporaryDirectory();
    const mounted = spawnSync("mount", ["-t", "tmpfs", "-o", "size=24m", "tmpfs", disk], { encoding: "utf8" });
    expect(mounted.stderr).toBe("");
    cleanups.push(async () => spawnSync("umount", ["--lazy", disk]));
    const { dir, url } = await served([
      { task_id: "before", script: "sleep 3; echo before", timeout_seconds: 30 } as { task_id: string },
    ]);
    const worker = startWorker(url, "one", disk);
    await until(() => containersOf(url, "before", "running").length === 1);
    spawnSync("dd", ["if=/dev/zero", `of=${join(disk, "filler")}`, "bs=1M", "count=40"]);
    await until(() => worker.output().stderr.includes("disk_full"));
    expect(readdirSync(disk)).toContain("filler");
    spawnSync("rm", [join(disk, "filler")]);
    await until(async () => (await inspectGrid(dir)).results.length === 1);
    expect((await inspectGrid(dir)).results).toMatchObject([{ task_id: "before", stdout: "before\n" }]);
    worker.child.kill("SIGTERM");
    expect(await worker.exited).toBe(0);
    expect(readFileSync(join(disk, "donor.json"), "utf8")).toContain("one");
  });
});
