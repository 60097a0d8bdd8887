import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, it, onTestFinished } from "vitest";
import { parseEvents, summarize, type ContainerEvent } from "./container-history.ts";
import { Engine } from "./engine.ts";
import { machineClock } from "./machine-clock.ts";
import { judgeEnd, waitForEnd, type End } from "./run-end.ts";
import { Stopwatch } from "./stopwatch.ts";

const exited = (changes: Partial<Extract<End, { kind: "exited" }>> = {}): End => ({
  kind: "exited",
  exitCode: 0,
  outOfMemory: false,
  signalled: false,
  ...changes,
});

describe("the reason of an end", () => {
  it("is out_of_memory only with a non-zero exit", () => {
    expect(judgeEnd(exited({ outOfMemory: true }), undefined, false)).toEqual({ reason: "exited", exitCode: 0 });
    expect(judgeEnd(exited({ outOfMemory: true, exitCode: 137 }), undefined, false)).toEqual({
      reason: "out_of_memory",
      exitCode: 137,
    });
  });

  it("is ours where we ended it, whatever was found", () => {
    for (const end of [exited({ exitCode: 5, outOfMemory: true }), { kind: "lost", message: "m" } as const]) {
      expect(judgeEnd(end, "timed_out", true)).toEqual({ reason: "timed_out", exitCode: -1 });
      expect(judgeEnd(end, "cancelled", false)).toEqual({ reason: "cancelled", exitCode: -1 });
    }
  });

  it("is never the task's own where somebody else ended it, even with success", () => {
    expect(judgeEnd(exited({ signalled: true }), undefined, false)).toMatchObject({
      reason: "interrupted",
      exitCode: -1,
    });
    expect(judgeEnd({ kind: "lost", message: "m" }, undefined, false)).toEqual({
      reason: "interrupted",
      exitCode: -1,
      message: "m",
    });
  });

  it("is its time where the dead-man's switch was faster than we", () => {
    expect(judgeEnd(exited({ signalled: true, exitCode: 137 }), undefined, true)).toEqual({
      reason: "timed_out",
      exitCode: -1,
    });
  });

  it("is the engine's where the engine says so", () => {
    expect(judgeEnd({ kind: "failed", message: "m" }, undefined, false)).toEqual({
      reason: "engine_error",
      exitCode: -1,
      message: "m",
    });
  });
});

/** An engine that says over HTTP that a container ended, and from which look on it has the mark of a kill for memory. */
async function engineThatMarks(fromLook: number, exitCode: number): Promise<Engine> {
  let looks = 0;
  const server = createServer(({ url = "" }, response) => {
    if (url.includes("/wait")) return response.end(JSON.stringify({ StatusCode: exitCode }));
    if (url.includes("/events"))
      return response.end('{"Action":"start","timeNano":1000000}\n{"Action":"die","timeNano":2000000}\n');
    looks += 1;
    const state = { Running: false, ExitCode: exitCode, OOMKilled: looks >= fromLook, Error: "", StartedAt: "" };
    return response.setHeader("Content-Type", "application/json").end(JSON.stringify({ State: state }));
  }).listen(0, "127.0.0.1");
  onTestFinished(() => void server.close());
  await once(server, "listening");
  return new Engine({ kind: "tcp", host: "127.0.0.1", port: (server.address() as AddressInfo).port });
}

describe("an end as the engine tells it", () => {
  it.each([
    ["before the end", 1, 137, true],
    ["after the end", 2, 137, true],
    ["after a success, which is asked about no further", 2, 0, false],
    ["never", 99, 137, false],
  ])("with the mark of a kill for memory %s", async (_when, fromLook, exitCode, outOfMemory) => {
    const engine = await engineThatMarks(fromLook, exitCode);
    const session = { engine, clock: machineClock, unbroken: () => true };
    const end = await waitForEnd({ session, id: "c0ffee", startedAtMs: 0 }, new AbortController().signal);
    expect(end).toEqual(exited({ exitCode, outOfMemory }));
  });
});

describe("a container's history", () => {
  const at = (action: string, atMs: number, signal?: string): ContainerEvent => ({
    action,
    atMs,
    ...(signal === undefined ? {} : { signal }),
  });

  it("tells start, death, signals that end, and frozen time", () => {
    const events = [
      at("start", 0),
      at("pause", 10),
      at("unpause", 30),
      at("kill", 40, "15"),
      at("oom", 41),
      at("die", 50),
    ];
    expect(summarize(events, 99)).toEqual({
      started: true,
      died: true,
      signalled: true,
      outOfMemory: true,
      frozenMs: 20,
    });
    expect(summarize([], 99)).toEqual({
      started: false,
      died: false,
      signalled: false,
      outOfMemory: false,
      frozenMs: 0,
    });
  });

  it("counts a freeze that lasts until now, and no signal that is harmless", () => {
    expect(summarize([at("start", 0), at("kill", 5, "28"), at("pause", 10)], 99)).toMatchObject({
      signalled: false,
      frozenMs: 89,
    });
  });

  it("is read whatever its lines look like", async () => {
    async function* stream(): AsyncGenerator<Buffer> {
      yield Buffer.from('{"Action":"start","timeNano":1000000,"Actor":{}}\n\nnot json\n{"Action":1}\n{"Action":"ki');
      yield Buffer.from(
        'll","timeNano":2000000,"Actor":{"Attributes":{"signal":"9"}}}\n{"Action":"die","timeNano":3000000}',
      );
    }
    const events: ContainerEvent[] = [];
    for await (const event of parseEvents(stream())) events.push(event);
    expect(events).toEqual([at("start", 1), at("kill", 2, "9"), at("die", 3)]);
  });
});

describe("the stopwatch", () => {
  it("leaves frozen time out, and goes on from what an earlier process saw", () => {
    const watch = new Stopwatch(100, 7);
    expect(watch.ranMs(110)).toBe(17);
    watch.freeze(110);
    watch.freeze(150);
    expect([watch.frozen, watch.ranMs(500)]).toEqual([true, 17]);
    watch.thaw(500);
    watch.thaw(505);
    expect([watch.frozen, watch.ranMs(510)]).toEqual([false, 27]);
  });
});
