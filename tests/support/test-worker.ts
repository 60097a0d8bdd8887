/** A whole worker in this process: the real engine, Git and history; the containers as the test says. */
import { setTimeout as wait } from "node:timers/promises";
import { readConfiguration, type SettingName } from "../../main/worker/configuration.ts";
import { openWorker, type WorkerHost, type WorkerOverrides } from "../../main/worker/open-worker.ts";
import type { Log } from "../../main/engine/ports.ts";
import { instantRuntime, type InstantRuntime } from "./instant-runtime.ts";

export interface LogLine {
  readonly level: string;
  readonly fields: Readonly<Record<string, unknown>>;
  readonly message: string;
}

export interface TestWorker extends WorkerHost {
  readonly runtime: InstantRuntime;
  readonly lines: readonly LogLine[];
  /** Orderly end, data kept. */
  stop(how?: "finish" | "give_back"): Promise<void>;
}

export interface TestWorkerOptions extends Omit<WorkerOverrides, "runtime"> {
  readonly url: string;
  readonly node: string;
  readonly dataDir: string;
  readonly token?: string;
  readonly runtime?: InstantRuntime;
  readonly settings?: Partial<Record<SettingName, string>>;
}

/** Opens a worker without starting it. */
export function createTestWorker({
  url,
  node,
  dataDir,
  token,
  runtime = instantRuntime(),
  settings,
  ...overrides
}: TestWorkerOptions): TestWorker {
  const read = readConfiguration(
    { repoUrl: url, nodeId: node, dataDir, parallel: "2", cpus: "2", memoryMb: "1024", pullInterval: "1", ...settings },
    token === undefined ? {} : { GIT_TOKEN: token },
  );
  if ("errors" in read) throw new Error(read.errors.join("; "));
  const lines: LogLine[] = [];
  const opened = openWorker(read.value, recordingLog(lines), { ...overrides, runtime });
  if (!opened.ok) throw new Error(JSON.stringify(opened.fault));
  return {
    ...opened.value,
    runtime,
    lines,
    stop: async (how = "give_back") => {
      await opened.value.engine.stop(how);
      opened.value.close();
    },
  };
}

export function startTestWorker(options: TestWorkerOptions): TestWorker {
  const worker = createTestWorker(options);
  worker.engine.start();
  return worker;
}

export function recordingLog(lines: LogLine[]): Log {
  const at = (level: string) => (fields: Readonly<Record<string, unknown>>, message: string) => {
    lines.push({ level, fields, message });
  };
  return { debug: at("debug"), info: at("info"), warn: at("warn"), error: at("error") };
}

/** Waits for a condition, looked at often; the test's own deadline is the limit. */
export async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) await wait(20);
}
