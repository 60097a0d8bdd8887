import { describe, expect, it } from "vitest";
import { containersOf, must, run, runtimeForTest, specOf, start, until } from "../support/docker.ts";
import { EngineProxy } from "../support/engine-proxy.ts";

const never = new AbortController().signal;

describe("a connection to the engine that is cut while the engine lives", () => {
  it("costs a running task neither its end nor its output", async () => {
    const proxy = await EngineProxy.open();
    const runtime = runtimeForTest({ dockerHost: proxy.host });
    const { running, said, spec } = await start(runtime, specOf("echo ready; sleep 12; echo later; exit 6"));
    await said("ready");
    // Attaching, waiting, and the watch that tells of the engine's end.
    const lasting = /\/(attach|wait|events)\b/;
    await until("all three are open", () => proxy.open(lasting).length === 3);
    proxy.cut(lasting);
    expect(await running.finished).toMatchObject({
      reason: "exited",
      exitCode: 6,
      stdout: { text: "ready\nlater\n", bytes: 12, truncated: false },
    });
    expect(await containersOf(spec.instanceId)).toEqual([]);
    expect((await run(runtime, "echo next")).stdout.text).toBe("next\n");
  });

  it.each([
    ["create", /POST \/containers\/create/],
    ["attach", /POST \/containers\/[0-9a-f]+\/attach/],
    ["start", /POST \/containers\/[0-9a-f]+\/start/],
  ])("during %s leaves nothing behind, although the engine did it", async (_step, request) => {
    const proxy = await EngineProxy.open();
    const runtime = runtimeForTest({ dockerHost: proxy.host });
    must(await runtime.check(never));
    proxy.swallow(request);
    const spec = specOf("sleep 60");
    expect(await runtime.start(spec, () => undefined)).toMatchObject({
      ok: false,
      fault: { code: "docker_unreachable" },
    });
    expect(await containersOf(spec.instanceId)).toEqual([]);
  });

  it("during the removal makes no container forgotten", async () => {
    const proxy = await EngineProxy.open();
    const runtime = runtimeForTest({ dockerHost: proxy.host });
    const { running, said, spec } = await start(runtime, specOf("echo ready; sleep 60"));
    await said("ready");
    proxy.swallow(/^DELETE/);
    running.cancel();
    expect((await running.finished).reason).toBe("cancelled");
    proxy.swallow(undefined);
    must(await runtime.check(never));
    expect(await containersOf(spec.instanceId)).toEqual([]);
  });
});
