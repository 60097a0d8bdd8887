/**
 * `dgrid demo`: the whole thing on this machine - a grid, a dozen tasks, two workers - with a
 * progress bar and a table of results. Provisions what is missing and stops what it started.
 */
import { spawn, type ChildProcess } from "node:child_process";
import { mkdirSync, mkdtempSync, openSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createInterface } from "node:readline";
import { SingleBar } from "cli-progress";
import Table from "cli-table3";
import { describeFault } from "../../../shared/contract/fault.ts";
import { TaskResult } from "../../../shared/domain/result.ts";
import { systemClock } from "../../adapters/sensors/clock.ts";
import { GridReader } from "../../engine/core/grid-view.ts";
import { DIRECTORIES, RESULT_SUFFIX } from "../../engine/core/layout.ts";
import type { Log, RepoTree, TaskRepo } from "../../engine/ports.ts";
import { makeDemoGrid } from "../../worker/demo-grid.ts";
import { DEMO_TASKS } from "../../worker/demo-tasks.ts";
import { withGrid } from "../../worker/grid-access.ts";
import { provisionEngine } from "../provision/provision-engine.ts";
import { provisionImage } from "../provision/provision-image.ts";
import { plain } from "./status.ts";

const WORKERS = 2;
const LOOK_EVERY_MS = 400;

export async function runDemo(log: Log, keep: boolean): Promise<number> {
  const stop = new AbortController();
  const interrupt = (): void => stop.abort();
  process.on("SIGINT", interrupt);
  process.on("SIGTERM", interrupt);
  try {
    return await demo(stop.signal, log, keep);
  } finally {
    process.off("SIGINT", interrupt);
    process.off("SIGTERM", interrupt);
  }
}

async function demo(signal: AbortSignal, log: Log, keep: boolean): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), "dgrid-demo-"));
  const say = (text: string): boolean => process.stdout.write(`${text}\n`);
  const engine = await provisionEngine({ env: process.env, log: sayLog(say, log), signal });
  if (!engine.ok) return fail(describeFault(engine.fault));
  try {
    const image = await provisionImage({
      env: process.env,
      dockerHost: engine.value.dockerHost,
      log: sayLog(say, log),
      signal,
    });
    if (!image.ok) return fail(describeFault(image.fault));
    const address = { url: join(folder, "grid.git"), kind: "file" } as const;
    const made = await makeDemoGrid(address.url, log, signal);
    if (!made.ok) return fail(describeFault(made.fault));
    say(`A grid with ${DEMO_TASKS.length} tasks, and ${WORKERS} workers on it. Logs: ${folder}/worker-*.log`);
    const workers = startWorkers(folder, address.url, {
      keep,
      env: { DOCKER_HOST: engine.value.dockerHost, DGRID_IMAGE: image.value },
    });
    const ended = Promise.all(workers.map(exitOf));
    const onAbort = (): void => {
      for (const worker of workers) worker.kill("SIGTERM");
    };
    signal.addEventListener("abort", onAbort, { once: true });
    if (signal.aborted) onAbort();
    const link = await dashboardLink(workers[0], ended);
    if (link !== undefined) say(`Watch it in the browser: ${link}`);
    const results = await withGrid({ address, token: undefined, log }, (repo) => watch(repo, { ended, keep }));
    if (keep && !signal.aborted) {
      say(resultTable(results));
      say("The workers and the dashboard stay. Ctrl-C stops them.");
    }
    await ended;
    for (let i = 1; i <= WORKERS; i++) rmSync(join(folder, `node-${i}`), { recursive: true, force: true });
    if (keep) return 0;
    if (signal.aborted) return fail("Stopped; the tasks that were running went back to the queue.");
    say(resultTable(results));
    say(`The grid is a Git repository: ${address.url}`);
    say(`See who did what: git -C ${address.url} log --stat`);
    return results.length === DEMO_TASKS.length
      ? 0
      : fail(`${DEMO_TASKS.length - results.length} tasks have no result.`);
  } finally {
    await engine.value.stop();
  }
}

interface WorkerSurroundings {
  readonly keep: boolean;
  readonly env: Readonly<Record<string, string>>;
}

/** The first serves the dashboard and says on its standard output where. */
function startWorkers(folder: string, url: string, { keep, env: engine }: WorkerSurroundings): ChildProcess[] {
  const cli = fileURLToPath(new URL("../cli.ts", import.meta.url));
  const entry = process.argv[1]?.endsWith(".js") === true ? process.argv[1] : cli;
  return Array.from({ length: WORKERS }, (_, index) => {
    const name = `node-${index + 1}`;
    const dataDir = join(folder, name);
    mkdirSync(dataDir, { recursive: true });
    const output = openSync(join(folder, `worker-${index + 1}.log`), "w");
    const env = {
      ...process.env,
      ...engine,
      NODE_ID: `demo-${name}`,
      DGRID_REPO_URL: url,
      DGRID_DATA_DIR: dataDir,
      DGRID_PARALLEL: "2",
      DGRID_MEMORY_MB: "512",
      PULL_INTERVAL: "1",
      LOG_LEVEL: "INFO",
    };
    const flags = [...(keep ? [] : ["--exit-when-idle"]), ...(index === 0 ? [] : ["--no-dashboard"]), "--json"];
    return spawn(process.execPath, ["--disable-warning=ExperimentalWarning", entry, "worker", ...flags], {
      env,
      stdio: ["ignore", index === 0 ? "pipe" : output, output],
      // Ctrl-C reaches us alone; we pass it on.
      detached: process.platform !== "win32",
    });
  });
}

function exitOf(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve, reject) => {
    child.once("exit", resolve);
    child.once("error", reject);
  });
}

/** The address that a worker says, or undefined where it ended before. */
async function dashboardLink(worker: ChildProcess | undefined, ended: Promise<unknown>): Promise<string | undefined> {
  if (worker?.stdout == null) return undefined;
  const lines = createInterface({ input: worker.stdout });
  const found = new Promise<string>((resolve) => {
    lines.on("line", (line) => {
      const link = /^Dashboard: (\S+)$/.exec(line)?.[1];
      if (link !== undefined) resolve(link);
    });
  });
  return Promise.race([found, ended.then(() => undefined)]);
}

interface Watching {
  readonly ended: Promise<unknown>;
  /** The workers stay: everything is over once every task has a result. */
  readonly keep: boolean;
}

/** Shows progress until the workers have ended, then reads every result. */
async function watch(repo: TaskRepo, { ended, keep }: Watching): Promise<TaskResult[]> {
  const bar = new SingleBar({
    format: "{bar} {value}/{total} tasks | {running}",
    hideCursor: true,
    clearOnComplete: false,
    noTTYOutput: true,
    notTTYSchedule: 5_000,
  });
  bar.start(DEMO_TASKS.length, 0, { running: "starting" });
  const over = new AbortController();
  void ended.finally(() => over.abort());
  const reader = new GridReader();
  const needs = function* (tree: RepoTree): Generator<string> {
    yield* reader.needs(tree);
    yield* resultFiles(tree);
  };
  const { signal } = new AbortController();
  for (;;) {
    const last = over.signal.aborted;
    const synced = await repo.sync(needs, signal);
    if (synced.ok) {
      const view = reader.read(synced.value);
      const running = [...view.inProgress.values()].map(({ task }) => task?.task_id ?? "?");
      const files = resultFiles(synced.value);
      bar.update(files.length, { running: running.length === 0 ? "" : `running ${running.join(", ")}` });
      if (last || (keep && files.length >= DEMO_TASKS.length)) {
        bar.stop();
        return files.flatMap((path) => readResult(synced.value, path));
      }
    } else if (last) {
      bar.stop();
      return [];
    }
    await systemClock.sleep(LOOK_EVERY_MS, over.signal);
  }
}

function resultFiles(tree: RepoTree): string[] {
  return [DIRECTORIES.completed, DIRECTORIES.failed].flatMap((directory) =>
    [...tree.list(directory).keys()]
      .filter((name) => name.endsWith(RESULT_SUFFIX))
      .map((name) => `${directory}/${name}`),
  );
}

function readResult(tree: RepoTree, path: string): TaskResult[] {
  const content = tree.content(path);
  if (content === undefined || content === "too_large") return [];
  const parsed = TaskResult.safeParse(JSON.parse(new TextDecoder().decode(content)));
  return parsed.success ? [parsed.data] : [];
}

function resultTable(results: readonly TaskResult[]): string {
  const table = new Table({
    head: ["task", "node", "status", "reason", "exit", "seconds", "output"],
    style: { head: [], border: [], compact: true },
  });
  for (const result of [...results].sort((a, b) => a.task_id.localeCompare(b.task_id))) {
    const output = (result.stdout.trim() || result.stderr.trim()).split("\n").at(-1) ?? "";
    const seconds = ((result.duration_ms ?? 0) / 1000).toFixed(1);
    table.push([
      result.task_id,
      result.node_id,
      result.status,
      result.reason ?? "",
      result.exit_code,
      seconds,
      plain(output).slice(0, 50),
    ]);
  }
  return table.toString();
}

/** Provisioning says what it does to whoever watches. */
function sayLog(say: (text: string) => void, log: Log): Log {
  return {
    ...log,
    debug: (fields, message) => log.debug(fields, message),
    warn: (fields, message) => log.warn(fields, message),
    error: (fields, message) => log.error(fields, message),
    info: (_fields, message) => say(message),
  };
}

function fail(message: string): number {
  process.stderr.write(`${message}\n`);
  return 1;
}
