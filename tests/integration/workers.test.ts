/** Worker processes on one grid with real containers: many at once, and killed at every step. */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { readdirSync, readFileSync } from "node:fs";
import { afterEach, describe, expect, it } from "vitest";
import { createBareGrid } from "../support/bare-grid.ts";
import { startGitServer, type GitServer } from "../support/git-server.ts";
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

/** Containers of a task of this grid, by the engine's own word: in any state, or running ones alone. */
function containersOf(url: string, taskId: string, which: "any" | "running" = "any"): string[] {
  const state = which === "running" ? ["--filter", "status=running"] : ["--all"];
  const listed = spawnSync(
    "docker",
    ["ps", ...state, "--quiet", "--filter", `label=dgrid.task=${taskId}`, "--filter", `label=dgrid.grid=${url}`],
    {
      encoding: "utf8",
    },
  );
  if (listed.status !== 0) throw new Error(listed.stderr);
  return listed.stdout.split("\n").filter((line) => line !== "");
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

/** Where a worker is killed. `ready` resolves when it is there. */
const STEPS: readonly {
  readonly name: string;
  readonly ready: (at: { server: GitServer; dir: string; url: string }) => Promise<unknown>;
}[] = [
  {
    name: "after the claim",
    ready: async ({ dir }) => until(async () => (await inspectGrid(dir)).claims.length === 1),
  },
  {
    name: "while the task runs",
    ready: async ({ url }) => until(() => containersOf(url, "victim", "running").length === 1),
  },
  {
    name: "after the run, before the push",
    ready: async ({ server, dir }) => {
      await until(async () => (await inspectGrid(dir)).claims.length === 1);
      server.inject({ kind: "status", status: 503 }, { match: "pushes" });
      await server.nextArrival("pushes");
    },
  },
  {
    name: "during the push",
    ready: async ({ server, dir }) => {
      await until(async () => (await inspectGrid(dir)).claims.length === 1);
      server.inject({ kind: "hang" }, { match: ({ service, phase }) => service === "push" && phase === "pack" });
      await server.nextArrival(({ service, phase }) => service === "push" && phase === "pack");
    },
  },
];

describe.each(STEPS)("a worker killed $name", ({ ready }) => {
  it.each([
    ["restarted with its data", true],
    ["replaced by another node", false],
  ])("and %s: the result is committed exactly once", async (_how, keepsData) => {
    const { dir, url, server } = await served([
      { task_id: "victim", script: "sleep 1; echo done", timeout_seconds: 20 } as { task_id: string },
    ]);
    const dataDir = temporaryDirectory();
    const victim = startWorker(url, "victim-node", dataDir, { DGRID_LEASE_SECONDS: "6" });
    await ready({ server, dir, url });
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
    const worker = startWorker(url, "gone-node", temporaryDirectory());
    await until(() => containersOf(url, "endless", "running").length === 1);
    const startedAt = performance.now();
    worker.child.kill("SIGKILL");
    await worker.exited;
    await until(() => containersOf(url, "endless").length === 0);
    expect(performance.now() - startedAt).toBeLessThan(40_000);
  });
});

describe("an orderly stop", () => {
  const slow = [
    { task_id: "slow-a", script: "sleep 4; echo a", timeout_seconds: 30 },
    { task_id: "slow-b", script: "sleep 4; echo b", timeout_seconds: 30 },
    { task_id: "slow-c", script: "sleep 4; echo c", timeout_seconds: 30 },
  ];

  it("by Ctrl-C lets what runs end and gives back what has not started", async () => {
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
    const { dir, url } = await served(slow.slice(0, 1));
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
