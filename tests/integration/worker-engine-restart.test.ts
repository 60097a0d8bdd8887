/** The container engine restarted under a whole worker: nothing lost, the reason named, recovery by itself. */
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { createBareGrid } from "../support/bare-grid.ts";
import { inspectGrid } from "../support/inspect-grid.ts";
import { startCli } from "../support/run-cli.ts";
import { SecondEngine } from "../support/second-engine.ts";
import { temporaryDirectory } from "../support/temporary-directory.ts";
import { until } from "../support/test-worker.ts";

it.each(["SIGTERM", "SIGKILL"] as const)("an engine ended by %s while tasks run", async (signal) => {
  const engine = new SecondEngine();
  onTestFinished(() => engine.dispose());
  await engine.start();
  await engine.copyImage();
  const tasks = ["a", "b"].map((task_id) => ({ task_id, script: "sleep 3; echo done", timeout_seconds: 30 }));
  const grid = await createBareGrid({
    dir: join(temporaryDirectory(), "grid.git"),
    tasks,
    gridJson: { push_budget_per_minute: 6000 },
  });
  const worker = startCli(["worker", "--json"], {
    DGRID_REPO_URL: grid.url,
    NODE_ID: "one",
    DGRID_DATA_DIR: temporaryDirectory(),
    DGRID_PARALLEL: "2",
    DGRID_CPUS: "2",
    DGRID_MEMORY_MB: "512",
    PULL_INTERVAL: "1",
    DOCKER_HOST: engine.host,
  });
  onTestFinished(async () => {
    worker.child.kill("SIGTERM");
    await worker.exited;
  });
  const logged = (text: string): number => worker.output().stderr.split(text).length - 1;
  await until(() => logged('"task started"') === 2);
  await engine.end(signal);
  await until(() => logged('"fault":"docker_') > 0 || logged('"not_ready"') > 0);
  await engine.start();
  await until(async () => (await inspectGrid(grid.dir)).results.length === 2);
  const { results } = await inspectGrid(grid.dir);
  expect(results.map(({ status, stdout, attempts }) => [status, stdout, attempts])).toEqual([
    ["success", "done\n", 1],
    ["success", "done\n", 1],
  ]);
  expect(worker.child.exitCode).toBeNull();
});
