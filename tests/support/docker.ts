/**
 * What the tests of real containers share: a runtime on the engine that the launcher provides,
 * and looks at the engine that do not go through the code under test.
 */
import { randomUUID } from "node:crypto";
import { request } from "node:http";
import { onTestFinished } from "vitest";
import { createDockerRuntime, type DockerRuntimeOptions } from "../../main/adapters/docker/docker-runtime.ts";
import { systemClock } from "../../main/adapters/sensors/clock.ts";
import type {
  ContainerOutcome,
  ContainerRuntime,
  ContainerSpec,
  Log,
  RunningContainer,
} from "../../main/engine/ports.ts";
import { describeFault, type Outcome } from "../../shared/contract/fault.ts";
import { MEBIBYTE, type Share } from "../../shared/domain/limits.ts";

export const IMAGE = process.env["DGRID_IMAGE"] ?? "dgrid-task:bookworm";
export const SHARE: Share = { cpus: 1, memoryBytes: 200 * MEBIBYTE, pids: 64, tmpBytes: 32 * MEBIBYTE };

export interface LogEntry {
  readonly level: "debug" | "info" | "warn" | "error";
  readonly message: string;
}

/** A log that remembers. */
export function memoryLog(): Log & { readonly entries: LogEntry[] } {
  const entries: LogEntry[] = [];
  const at = (level: LogEntry["level"]) => (_fields: unknown, message: string) => void entries.push({ level, message });
  return { entries, debug: at("debug"), info: at("info"), warn: at("warn"), error: at("error") };
}

/** A runtime on the provided engine, closed when the test or the file's hook is over. */
export function openRuntime(options: Partial<DockerRuntimeOptions> = {}): ContainerRuntime {
  return createDockerRuntime({ env: process.env, log: memoryLog(), clock: systemClock, probeImage: IMAGE, ...options });
}

/** The same, for one test. */
export function runtimeForTest(options: Partial<DockerRuntimeOptions> = {}): ContainerRuntime {
  const runtime = openRuntime(options);
  onTestFinished(() => runtime.close());
  return runtime;
}

export function specOf(script: string, changes: Partial<ContainerSpec> = {}): ContainerSpec {
  return {
    grid: "https://grid.example/repo.git",
    taskId: "task-1",
    claimId: randomUUID(),
    nodeId: "test-node",
    instanceId: `test-${randomUUID()}`,
    image: IMAGE,
    script,
    timeoutMs: 30_000,
    share: SHARE,
    ...changes,
  };
}

/** The value, or a failed test that says the fault. */
export function must<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(describeFault(outcome.fault));
  return outcome.value;
}

export interface Started {
  readonly running: RunningContainer;
  readonly spec: ContainerSpec;
  /** Resolves once standard output contains the text; rejects where the container ends without it. */
  said(text: string): Promise<void>;
}

export async function start(runtime: ContainerRuntime, spec: ContainerSpec): Promise<Started> {
  let heard = "";
  let listeners: (() => void)[] = [];
  const running = must(
    await runtime.start(spec, ({ stream, chunk }) => {
      if (stream === "stdout" && heard.length < 100_000) heard += Buffer.from(chunk).toString("latin1");
      for (const listener of listeners) listener();
    }),
  );
  const said = (text: string): Promise<void> =>
    new Promise((resolve, reject) => {
      const listener = (): void => {
        if (!heard.includes(text)) return;
        listeners = listeners.filter((other) => other !== listener);
        resolve();
      };
      listeners.push(listener);
      listener();
      void running.finished.then((outcome) =>
        reject(new Error(`ended without saying ${text}: ${JSON.stringify(outcome)}`)),
      );
    });
  return { running, spec, said };
}

/** Runs a script to its end. */
export async function run(
  runtime: ContainerRuntime,
  script: string,
  changes: Partial<ContainerSpec> = {},
): Promise<ContainerOutcome & { readonly spec: ContainerSpec }> {
  const started = await start(runtime, specOf(script, changes));
  return { ...(await started.running.finished), spec: started.spec };
}

/** Asks an engine directly, past the adapter. */
export function engineRequest(
  method: "GET" | "POST" | "DELETE",
  path: string,
  { host = process.env["DOCKER_HOST"] ?? "", body }: { host?: string; body?: unknown } = {},
): Promise<{ readonly status: number; readonly json: unknown }> {
  const json = body === undefined ? undefined : JSON.stringify(body);
  const headers =
    json === undefined ? {} : { "Content-Type": "application/json", "Content-Length": Buffer.byteLength(json) };
  return new Promise((resolve, reject) => {
    const sent = request(
      { socketPath: host.replace(/^unix:\/\//, ""), method, path, headers, agent: false },
      (response) => {
        let text = "";
        response.setEncoding("utf8");
        response.on("data", (chunk: string) => (text += chunk));
        response.on("end", () => resolve({ status: response.statusCode ?? 0, json: parse(text) }));
      },
    );
    sent.on("error", reject);
    sent.end(json);
  });
}

function parse(text: string): unknown {
  return /^\s*[[{]/.test(text) ? (JSON.parse(text) as unknown) : text;
}

export interface ListedContainer {
  readonly Id: string;
  readonly State: string;
  readonly Names: readonly string[];
  readonly Labels: Readonly<Record<string, string>>;
}

/** The containers of an instance that the engine has, running or not. */
export async function containersOf(instanceId: string, host?: string): Promise<readonly ListedContainer[]> {
  const filters = encodeURIComponent(JSON.stringify({ label: [`dgrid.instance=${instanceId}`] }));
  const answer = await engineRequest(
    "GET",
    `/containers/json?all=1&filters=${filters}`,
    host === undefined ? {} : { host },
  );
  return answer.json as readonly ListedContainer[];
}

/** The one container of a claim. */
export async function containerOf(spec: ContainerSpec, host?: string): Promise<ListedContainer> {
  const found = (await containersOf(spec.instanceId, host)).find(
    ({ Labels }) => Labels["dgrid.claim"] === spec.claimId,
  );
  if (found === undefined) throw new Error(`no container of ${spec.claimId}`);
  return found;
}

/**
 * Looks until the condition holds. The only wait of the container tests: for what happens in
 * another process there is no event to await.
 */
export async function until(what: string, holds: () => Promise<boolean> | boolean, withinMs = 90_000): Promise<void> {
  const deadlineMs = performance.now() + withinMs;
  while (!(await holds())) {
    if (performance.now() > deadlineMs) throw new Error(`not within ${withinMs} ms: ${what}`);
    await systemClock.sleep(20, new AbortController().signal);
  }
}
