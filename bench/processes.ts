import { type ChildProcessByStdio, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import type { Readable, Writable } from "node:stream";
import { READY } from "./start-barrier.ts";

export interface WorkerProcess {
  readonly argv: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

export interface WorkersOutcome {
  /** From the common start until the last worker had ended. */
  readonly ms: number;
  /** The last JSON line of each worker, in the order they were given. */
  readonly lines: readonly unknown[];
}

export interface WorkersOptions {
  /** After this long all are killed and the run counts as failed. */
  readonly timeoutMs: number;
  /** Called with the process ids when all stand at the barrier. */
  readonly onStart?: (pids: readonly number[]) => void;
}

/** Starts workers, releases them together when each says it is ready, and waits for all. */
export async function runWorkers(workers: readonly WorkerProcess[], options: WorkersOptions): Promise<WorkersOutcome> {
  const started = workers.map(startWorker);
  const timer = setTimeout(() => {
    for (const { child } of started) child.kill("SIGKILL");
  }, options.timeoutMs);
  try {
    const ended = Promise.all(started.map((worker) => worker.ended));
    // `ended` rejects when a worker fails or ends before the barrier: it must not hold up the run.
    await Promise.race([Promise.all(started.map((worker) => worker.ready)), ended]);
    options.onStart?.(started.flatMap(({ child }) => child.pid ?? []));
    const startedAt = performance.now();
    for (const { child } of started) child.stdin.end("go\n");
    const lines = await ended;
    return { ms: performance.now() - startedAt, lines };
  } finally {
    clearTimeout(timer);
    for (const { child } of started) child.kill("SIGKILL");
  }
}

interface Started {
  readonly child: ChildProcessByStdio<Writable, Readable, Readable>;
  readonly ready: Promise<void>;
  readonly ended: Promise<unknown>;
}

function startWorker({ argv, env }: WorkerProcess): Started {
  const [program = "", ...args] = argv;
  const child = spawn(program, args, {
    env: { ...process.env, ...env, DGRID_BENCH_BARRIER: "1" },
    stdio: ["pipe", "pipe", "pipe"],
  });
  // One that ended early is judged by how it ended, not by the start it did not read.
  child.stdin.on("error", () => child.stdin.destroy());
  let stderr = "";
  child.stderr.on("data", (chunk: Buffer) => {
    stderr = (stderr + chunk.toString("utf8")).slice(-4000);
  });
  const lines: string[] = [];
  let atBarrier = false;
  const reader = createInterface({ input: child.stdout });
  const ready = new Promise<void>((resolve) => {
    reader.on("line", (line) => {
      if (line !== READY) return void lines.push(line);
      atBarrier = true;
      resolve();
    });
  });
  const ended = once(child, "close").then(([code, signal]: unknown[]) => {
    const how = atBarrier ? `ended with ${String(code ?? signal)}` : "ended before the start";
    if (code !== 0 || !atBarrier) throw new Error(`${argv.join(" ")} ${how}: ${stderr}`);
    return parseLine(lines.at(-1), argv);
  });
  return { child, ready, ended };
}

function parseLine(line: string | undefined, argv: readonly string[]): unknown {
  try {
    return JSON.parse(line ?? "");
  } catch (cause) {
    throw new Error(`${argv.join(" ")} did not end with a JSON line`, { cause });
  }
}
