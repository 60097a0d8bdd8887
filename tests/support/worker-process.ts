/** A real worker in a process of its own, with its dashboard: `dgrid worker` as a person starts it. */
import { once } from "node:events";
import { startCli, type CliRun } from "./run-cli.ts";

export interface WorkerProcess {
  /** With the token. */
  readonly link: string;
  /** Without, and without a slash at the end. */
  readonly url: string;
  readonly dataDir: string;
  readonly run: CliRun;
  /** Orderly end: what runs is given back. */
  stop(): Promise<void>;
}

export interface WorkerProcessOptions {
  readonly dataDir: string;
  /** 0 where absent: any that is free. */
  readonly port?: number;
  readonly env?: Readonly<Record<string, string>>;
  readonly args?: readonly string[];
}

/** Resolves once the worker has said where its dashboard is. */
export async function startWorkerProcess(options: WorkerProcessOptions): Promise<WorkerProcess> {
  const { dataDir, port = 0, env = {}, args = [] } = options;
  const run = startCli(["worker", "--port", String(port), "--data-dir", dataDir, "--json", ...args], {
    PULL_INTERVAL: "1",
    ...env,
  });
  const link = await saidLink(run);
  return {
    link,
    url: new URL(link).origin,
    dataDir,
    run,
    stop: async () => {
      run.child.kill("SIGTERM");
      await run.exited;
    },
  };
}

async function saidLink(run: CliRun): Promise<string> {
  const over = run.exited.then((code) => {
    throw new Error(`the worker ended with ${code}: ${run.output().stderr}`);
  });
  for (;;) {
    const link = /^Dashboard: (\S+)$/m.exec(run.output().stdout)?.[1];
    if (link !== undefined) {
      over.catch(() => undefined);
      return link;
    }
    if (run.child.stdout === null) throw new Error("the worker has no standard output");
    await Promise.race([once(run.child.stdout, "data"), over]);
  }
}
