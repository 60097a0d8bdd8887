/** Trivial tasks through a worker, against the same containers started by `docker run`, four at a time. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createBareGrid } from "../tests/support/bare-grid.ts";
import { inspectGrid } from "../tests/support/inspect-grid.ts";
import { startCli } from "../tests/support/run-cli.ts";
import type { BenchPart } from "./bench-part.ts";
import { median, type BenchTable } from "./table.ts";
import { withEngine } from "./with-engine.ts";

const AT_ONCE = 4;
const AIM = 0.75;

export const runsPart: BenchPart = {
  name: "runs",
  measure: (scale, progress) =>
    withEngine(progress, async (image) => {
      const tasks = scale.quick ? 4 : 40;
      const { figures, table } = await measureRuns({ tasks, repetitions: scale.repetitions, image });
      return { figures, tables: [table] };
    }),
};

interface RunsOptions {
  readonly tasks: number;
  readonly repetitions: number;
  readonly image: string;
}

interface RunsFigures {
  readonly workerTasksPerSecond: number;
  readonly dockerTasksPerSecond: number;
  readonly ratio: number;
}

/** Both sides in turn, so that a noisy moment hits both; medians. */
async function measureRuns(options: RunsOptions): Promise<{ figures: RunsFigures; table: BenchTable }> {
  const worker: number[] = [];
  const docker: number[] = [];
  for (let i = 0; i < options.repetitions; i++) {
    docker.push(await dockerRate(options));
    worker.push(await workerRate(options));
  }
  const figures = {
    workerTasksPerSecond: median(worker),
    dockerTasksPerSecond: median(docker),
    ratio: median(worker.map((rate, index) => rate / (docker[index] ?? Number.NaN))),
  };
  return {
    figures,
    table: {
      title: `runs: ${options.tasks} trivial tasks, ${AT_ONCE} at a time`,
      columns: ["side", "tasks/s", "ratio"],
      rows: [
        ["docker run", figures.dockerTasksPerSecond, 1],
        ["worker, claim to committed result", figures.workerTasksPerSecond, figures.ratio],
      ],
      notes: [`aim: at least ${AIM} of docker run's rate: ${figures.ratio >= AIM ? "reached" : "NOT reached"}`],
    },
  };
}

/** From the first container's start to the commit of the last result. */
async function workerRate({ tasks, image }: RunsOptions): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), "dgrid-bench-"));
  try {
    const queue = Array.from({ length: tasks }, (_, index) => ({ task_id: `t-${index}`, script: "true" }));
    const grid = await createBareGrid({
      dir: join(folder, "grid.git"),
      tasks: queue,
      gridJson: { push_budget_per_minute: 6000 },
    });
    const run = startCli(["worker", "--exit-when-idle", "--json"], {
      DGRID_REPO_URL: grid.url,
      DGRID_DATA_DIR: join(folder, "data"),
      DGRID_IMAGE: image,
      DGRID_PARALLEL: String(AT_ONCE),
      DGRID_CPUS: String(AT_ONCE),
      DGRID_MEMORY_MB: "1024",
      PULL_INTERVAL: "1",
    });
    const code = await run.exited;
    if (code !== 0) throw new Error(`the worker ended with ${code}: ${run.output().stderr.slice(-2000)}`);
    const { results } = await inspectGrid(grid.dir);
    if (results.length !== tasks) throw new Error(`${results.length} of ${tasks} results`);
    const begun = Math.min(...results.map(({ started_at }) => Date.parse(started_at ?? "")));
    const log = run
      .output()
      .stderr.split("\n")
      .filter((line) => line.includes('"result committed"'));
    const committed = Math.max(...log.map((line) => Date.parse((JSON.parse(line) as { time: string }).time)));
    return (tasks * 1000) / (committed - begun);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The same confinement, the same command, by hand. */
async function dockerRate({ tasks, image }: RunsOptions): Promise<number> {
  let left = tasks;
  const startedAt = performance.now();
  const lane = async (): Promise<void> => {
    while (left-- > 0) {
      const child = spawn("docker", ["run", "--rm", ...FLAGS, image, "sh", "-c", "true"], { stdio: "ignore" });
      const [code] = (await once(child, "close")) as [number | null];
      if (code !== 0) throw new Error(`docker run ended with ${String(code)}`);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
  return (tasks * 1000) / (performance.now() - startedAt);
}

const FLAGS = [
  "--network=none",
  "--read-only",
  "--init",
  "--user=1000:1000",
  "--cap-drop=ALL",
  "--security-opt=no-new-privileges:true",
  "--pids-limit=64",
  "--memory=256m",
  "--memory-swap=256m",
  "--cpus=1",
  "--shm-size=16m",
  "--tmpfs=/tmp:uid=1000,gid=1000,size=64m,nosuid,nodev,noexec",
  "--workdir=/tmp",
  "--log-driver=local",
];
