import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { checkGrid } from "../../bench/check-grid.ts";
import { measureClaims } from "../../bench/claims.ts";
import { claimsTable } from "../../bench/claims-table.ts";
import { readProcessUsage } from "../../bench/process-usage.ts";
import { runWorkers } from "../../bench/processes.ts";
import { REFERENCE } from "../../bench/reference-side.ts";
import { measureSizes } from "../../bench/size.ts";
import { median, printTable, writeResult } from "../../bench/table.ts";
import { addFiles, createBareGrid } from "../support/bare-grid.ts";
import { finishedTasks } from "../support/grid-file.ts";
import { historyOf } from "../support/grid-history.ts";
import { git } from "../support/isolated-git.ts";
import { temporaryDirectory } from "../support/temporary-directory.ts";

/** A worker's first words at the barrier, then what it does. */
const worker = (script: string): { argv: string[] } => ({
  argv: [process.execPath, "-e", `console.log("ready"); process.stdin.once("data", () => { ${script} });`],
});

test("the median is the middle, or between the two in the middle", () => {
  expect(median([9, 1, 5])).toBe(5);
  expect(median([4, 1, 2, 9])).toBe(3);
  expect(median([])).toBeNaN();
});

test("a table shows three digits, and a dash for what was not measured", () => {
  const table = {
    title: "speed",
    columns: ["side", "rate"],
    rows: [
      ["ours", 12.3456],
      ["theirs", null],
    ],
    notes: ["end"],
  };
  const text = printTable(table);
  expect(text).toMatch(/speed[^]*ours[^]*12\.3 [^]*theirs[^]*-[^]*end/);
  const path = writeResult(temporaryDirectory(), "speed", table);
  expect(JSON.parse(readFileSync(path, "utf8"))).toEqual(table);
});

test("workers start together and their last JSON lines come back in order", async () => {
  const { lines, ms } = await runWorkers(
    [
      worker("console.log('noise'); console.log('{\"n\":1}'); process.exit()"),
      worker("console.log(2); process.exit()"),
    ],
    { timeoutMs: 60_000 },
  );
  expect(lines).toEqual([{ n: 1 }, 2]);
  expect(ms).toBeGreaterThan(0);
});

test.each([
  ["fails", worker("console.error('no luck'); process.exit(3)"), "ended with 3: no luck"],
  ["ends before the start", { argv: [process.execPath, "-e", ""] }, "ended before the start"],
  ["says nothing that is JSON", worker("console.log('done'); process.exit()"), "did not end with a JSON line"],
  ["never ends", worker("setInterval(() => 0, 1000)"), "SIGKILL"],
])("a worker that %s fails the run", async (_, failing, message) => {
  const timeoutMs = message === "SIGKILL" ? 2000 : 60_000;
  await expect(runWorkers([worker("console.log(1); process.exit()"), failing], { timeoutMs })).rejects.toThrow(message);
});

test("a grid's check finds what is lost and what is doubled", async () => {
  const dir = temporaryDirectory();
  await createBareGrid({ dir, tasks: 2, finished: 2 });
  await addFiles(dir, [...finishedTasks(1, "another")], "The first again, by another node");
  const check = await checkGrid(dir, ["task-0001", "old-000001", "old-000002"]);
  expect(check).toMatchObject({
    finished: 1,
    lost: ["task-0001"],
    doubled: ["old-000001"],
    commits: 2,
    acceptedPushes: 0,
  });
});

test("the reference does the seed's algorithm: contending workers finish every task once", async () => {
  const seen: string[] = [];
  const figures = await measureClaims({
    sides: [REFERENCE],
    cases: [
      { workers: 3, transport: "file", tasks: 6 },
      { workers: 2, transport: "http", tasks: 3 },
    ],
    repetitions: 1,
    delayMs: 5,
    timeoutMs: 100_000,
    onRun: (run) => seen.push(`${run.transport} ${run.workers}`),
  });
  expect(seen).toEqual(["file 3", "http 2"]);
  for (const figure of figures) {
    expect(figure).toMatchObject({ side: "reference", lost: 0, doubled: 0, acceptedPushesPerTask: 2 });
    expect(figure.pushesPerTask).toBeGreaterThanOrEqual(2);
    expect(figure.tasksPerSecond).toBeGreaterThan(0);
  }
  expect(claimsTable(figures, "reference").rows.map((row) => row[6])).toEqual([1, 1]);
});

test("the reference leaves the history that the seed leaves", async () => {
  const dir = temporaryDirectory();
  const { url } = await createBareGrid({ dir, tasks: 1 });
  const argv = REFERENCE.command(url, "node-a", 1);
  const { lines } = await runWorkers([{ argv }], { timeoutMs: 60_000 });
  expect(lines).toEqual([{ tasks: 1, pushes: 2, rejected: 0, ms: expect.any(Number) }]);
  const path = "tasks/completed/node-a-task-0001.json";
  expect((await historyOf(dir, path)).map((step) => step.path)).toEqual([
    "tasks/queue/task-0001.json",
    "tasks/in_progress/node-a-task-0001.json",
    path,
  ]);
});

test("the size of a grid is measured step by step, with what went over the wire", async () => {
  const figures = await measureSizes({
    sizes: [1, 50],
    repetitions: 1,
    worker: async (url, done) => {
      const dir = join(temporaryDirectory(), "clone");
      await git(["clone", "--quiet", url, dir]);
      done("clone");
      for (const step of ["claim", "report"] as const) {
        await git(["commit", "--quiet", "--allow-empty", "-m", step], { dir });
        await git(["push", "--quiet"], { dir });
        done(step);
      }
    },
  });
  expect(figures.map((figure) => figure.finished)).toEqual([1, 50]);
  const [small, large] = figures;
  expect(large?.clone.bytesOut).toBeGreaterThan(small?.clone.bytesOut ?? 0);
  expect(large?.report.bytesIn).toBeGreaterThan(0);
});

test("every part of the benchmark named on the command line runs small, and writes its figures", () => {
  const out = temporaryDirectory();
  const run = fileURLToPath(new URL("../../bench/run.ts", import.meta.url));
  const { stdout, status } = spawnSync(process.execPath, [run, "claims", "--quick", "--out", out], {
    encoding: "utf8",
  });
  expect(status).toBe(0);
  expect(stdout).toContain("tasks/s");
  expect(JSON.parse(readFileSync(join(out, "claims.json"), "utf8"))).toMatchObject({
    part: "claims",
    scale: { quick: true },
  });
});

test("a process's memory and CPU time are known on Linux, and never invented elsewhere", () => {
  const usage = readProcessUsage(process.pid);
  if (process.platform === "linux") {
    expect(usage?.residentBytes).toBeGreaterThan(10_000_000);
    expect(usage?.cpuMs).toBeGreaterThan(0);
  } else expect(usage).toBeUndefined();
  expect(readProcessUsage(-1)).toBeUndefined();
});
