import { mkdirSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { findEngine } from "../../main/adapters/docker/find-engine.ts";
import { containersOf, IMAGE, memoryLog, must, runtimeForTest, run, specOf, start } from "../support/docker.ts";
import { EngineProxy } from "../support/engine-proxy.ts";
import { SecondEngine } from "../support/second-engine.ts";
import { temporaryDirectory } from "../support/temporary-directory.ts";

const never = new AbortController().signal;
/** An engine on a machine under load is back after a while; giving it up is a test of its own. */
const PATIENT = { engineReturnMs: 120_000 };

describe("an engine that stops under a task", () => {
  const engine = new SecondEngine();
  beforeAll(async () => {
    await engine.start();
    await engine.copyImage();
  });
  afterAll(() => engine.dispose());

  it.each([
    ["in order, ending the task with a signal that it answers with success", "SIGTERM"],
    ["at once", "SIGKILL"],
  ] as const)(
    "%s: the run is interrupted, and after the restart it is gone and the next one runs",
    async (_how, signal) => {
      const log = memoryLog();
      const runtime = runtimeForTest({ dockerHost: engine.host, log, timing: PATIENT });
      const { running, said, spec } = await start(
        runtime,
        specOf("trap 'exit 0' TERM; echo ready; while :; do sleep 0.05; done"),
      );
      await said("ready");
      await engine.end(signal);
      await engine.start();
      expect(await running.finished).toMatchObject({ reason: "interrupted", exitCode: -1 });
      expect(await containersOf(spec.instanceId, engine.host)).toEqual([]);
      expect(await run(runtime, "echo again")).toMatchObject({ reason: "exited", stdout: { text: "again\n" } });
      expect(log.entries.filter(({ level }) => level === "error")).toEqual([]);
    },
  );

  it("behind a socket that stays open: its end is noticed although every request is answered", async () => {
    const proxy = await EngineProxy.open(engine.host);
    const runtime = runtimeForTest({ dockerHost: proxy.host, timing: PATIENT });
    const script = "trap 'exit 0' TERM; echo ready; while :; do sleep 0.05; done";
    const { running, said, spec } = await start(runtime, specOf(script));
    await said("ready");
    await engine.end("SIGTERM");
    await engine.start();
    expect(await running.finished).toMatchObject({ reason: "interrupted", exitCode: -1 });
    expect(await containersOf(spec.instanceId, engine.host)).toEqual([]);
  });

  it("and stays away: the run is given up, and what is left is removed once the engine is back", async () => {
    const runtime = runtimeForTest({ dockerHost: engine.host, timing: { engineReturnMs: 300 } });
    const { running, said, spec } = await start(runtime, specOf("echo ready; sleep 60"));
    await said("ready");
    await engine.end("SIGKILL");
    expect(await running.finished).toMatchObject({ reason: "interrupted" });
    expect(await runtime.check(never)).toMatchObject({
      ok: false,
      fault: { code: expect.stringMatching(/^docker_(unreachable|missing)$/) },
    });
    await engine.start();
    expect(await containersOf(spec.instanceId, engine.host)).toHaveLength(1);
    must(await runtime.check(never));
    expect(await containersOf(spec.instanceId, engine.host)).toEqual([]);
  });

  it("is proven anew after each start, and only then", async () => {
    const runtime = runtimeForTest({ dockerHost: engine.host });
    const probes = async (): Promise<number> => {
      const events = await fetchEvents(engine.host);
      return events.filter(
        ({ Action, Actor }) => Action === "start" && Actor.Attributes["dgrid.instance"] === "dgrid-probe",
      ).length;
    };
    const before = await probes();
    must(await runtime.check(never));
    await Promise.all([runtime.check(never), runtime.check(never)]);
    expect((await probes()) - before).toBe(1);
    await engine.end("SIGTERM");
    await engine.start();
    must(await runtime.check(never));
    expect(await probes()).toBe(1);
  });
});

interface Event {
  readonly Action: string;
  readonly Actor: { readonly Attributes: Readonly<Record<string, string>> };
}

async function fetchEvents(host: string): Promise<readonly Event[]> {
  const { request } = await import("node:http");
  const until = Math.floor(Date.now() / 1000) + 1;
  return new Promise((resolve, reject) => {
    const path = `/events?since=0&until=${until}&filters=${encodeURIComponent('{"type":["container"]}')}`;
    request({ socketPath: host.replace("unix://", ""), path, agent: false }, (response) => {
      let text = "";
      response.setEncoding("utf8");
      response.on("data", (chunk: string) => (text += chunk));
      response.on("end", () =>
        resolve(
          text
            .split("\n")
            .filter(Boolean)
            .map((line) => JSON.parse(line) as Event),
        ),
      );
    })
      .on("error", reject)
      .end();
  });
}

describe("the engine's diagnosis", () => {
  const diagnose = (env: Record<string, string>, home = "/nonexistent"): ReturnType<typeof findEngine> =>
    findEngine({ env, platform: "darwin", home, uid: undefined }, never);

  it("names every socket that was tried when none is there", async () => {
    const home = temporaryDirectory();
    const found = await findEngine({ env: { XDG_RUNTIME_DIR: home }, platform: "win32", home, uid: undefined }, never);
    expect(found).toMatchObject({
      ok: false,
      fault: { code: "docker_missing", detail: expect.stringContaining("docker_engine: not there") },
    });
  });

  it("tries DOCKER_HOST alone where it is set", async () => {
    const path = join(temporaryDirectory(), "none.sock");
    expect(await diagnose({ DOCKER_HOST: `unix://${path}` })).toMatchObject({
      ok: false,
      fault: { code: "docker_missing", detail: `tried unix://${path}: not there` },
    });
  });

  it("tells a socket that nobody serves from one that is not there", async () => {
    const path = join(temporaryDirectory(), "dead.sock");
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(path, resolve));
    // Closing a server removes its socket; a killed engine leaves it. A plain file refuses likewise.
    await new Promise((resolve) => server.close(resolve));
    mkdirSync(path);
    expect(await diagnose({ DOCKER_HOST: `unix://${path}` })).toMatchObject({
      ok: false,
      fault: { code: "docker_unreachable" },
    });
    rmSync(path, { recursive: true });
  });

  it("tells a listener that is no engine from an engine", async () => {
    const path = join(temporaryDirectory(), "other.sock");
    const server = createServer((socket) => socket.end("SSH-2.0-none\r\n"));
    await new Promise<void>((resolve) => server.listen(path, resolve));
    onTestFinished(() => void server.close());
    expect(await diagnose({ DOCKER_HOST: `unix://${path}` })).toMatchObject({
      ok: false,
      fault: { code: "docker_unreachable" },
    });
  });

  it("refuses a DOCKER_HOST that names no engine", async () => {
    expect(await diagnose({ DOCKER_HOST: "ssh://somewhere" })).toMatchObject({
      ok: false,
      fault: { code: "docker_unreachable" },
    });
  });
});

describe("images", () => {
  it("that are here are told by their id; ones that are not, by a named reason", async () => {
    const runtime = runtimeForTest();
    expect(must(await runtime.ensureImage(IMAGE, false, never))).toMatch(/^sha256:/);
    expect(await runtime.ensureImage("dgrid-no-such-image:1", false, never)).toMatchObject({
      ok: false,
      fault: { code: "image_missing" },
    });
    expect(await runtime.ensureImage("localhost:1/none:1", true, never)).toMatchObject({
      ok: false,
      fault: { code: "image_pull_failed" },
    });
    expect(await runtime.ensureImage("a/../../containers/json", false, never)).toMatchObject({
      ok: false,
      fault: { code: "image_missing" },
    });
  });
});
