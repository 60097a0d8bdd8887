/** What a running container says of itself: cores, memory, time. */
import { afterAll, beforeAll, expect, it } from "vitest";
import type { ContainerRuntime, RunningContainer } from "../../main/engine/ports.ts";
import type { Use } from "../../shared/contract/views.ts";
import { MEBIBYTE } from "../../shared/domain/limits.ts";
import { must, openRuntime, specOf, start, until } from "../support/docker.ts";

const never = new AbortController().signal;
let runtime: ContainerRuntime;
beforeAll(async () => {
  runtime = openRuntime();
  must(await runtime.check(never));
});
afterAll(() => runtime.close());

const elapse = async (ms: number): Promise<void> => {
  const sinceMs = performance.now();
  await until(`${ms} ms`, () => performance.now() - sinceMs > ms);
};

/** The use over about a second. */
async function useOf(running: RunningContainer): Promise<Use> {
  expect(must(await running.usage(never)).cpus).toBe(0);
  await elapse(1_000);
  return must(await running.usage(never));
}

async function end(running: RunningContainer): Promise<void> {
  running.cancel();
  await running.finished;
}

it("tells a busy task from one that sleeps", async () => {
  const busy = await start(runtime, specOf("echo ready; while :; do :; done"));
  const idle = await start(runtime, specOf("echo ready; sleep 60"));
  await Promise.all([busy.said("ready"), idle.said("ready")]);
  const [busyUse, idleUse] = await Promise.all([useOf(busy.running), useOf(idle.running)]);
  // On a machine that others use as well the busy one gets little; cores are meant, not percents or seconds.
  expect(busyUse.cpus).toBeGreaterThan(idleUse.cpus + 0.05);
  expect(busyUse.cpus).toBeLessThan(3);
  expect(idleUse.cpus).toBeLessThan(0.05);
  await Promise.all([end(busy.running), end(idle.running)]);
});

it("says no cores while the task is frozen, and its time stands still", async () => {
  const { running, said } = await start(runtime, specOf("echo ready; while :; do :; done"));
  await said("ready");
  const earlierMs = running.ranMs();
  await elapse(200);
  expect(running.ranMs() - earlierMs).toBeGreaterThanOrEqual(200);
  must(await running.freeze());
  const frozenMs = running.ranMs();
  expect((await useOf(running)).cpus).toBeLessThan(0.05);
  expect(running.ranMs()).toBe(frozenMs);
  await end(running);
});

it("grows with what a task allocates, and with what it puts into /tmp", async () => {
  const memoryOf = async (work: string): Promise<number> => {
    const { running, said } = await start(runtime, specOf(work));
    await said("ready");
    const { memoryBytes } = must(await running.usage(never));
    await end(running);
    return memoryBytes;
  };
  const python = (mebibytes: number): string =>
    `python3 -c 'import time; x = bytearray(${mebibytes} * 2**20); print("ready", flush=True); time.sleep(60)'`;
  const [little, much, written, bare] = await Promise.all([
    memoryOf(python(1)),
    memoryOf(python(61)),
    memoryOf("head -c 20971520 /dev/zero > /tmp/file; echo ready; sleep 60"),
    memoryOf("echo ready; sleep 60"),
  ]);
  expect(bare).toBeGreaterThan(0);
  expect(bare).toBeLessThan(20 * MEBIBYTE);
  expect((much - little) / MEBIBYTE).toBeCloseTo(60, -1);
  expect((written - bare) / MEBIBYTE).toBeCloseTo(20, -1);
});

it("of a run that is over, or asked by somebody who gave up, is a fault and no exception", async () => {
  const { running, said } = await start(runtime, specOf("echo ready; sleep 60"));
  await said("ready");
  expect(await running.usage(AbortSignal.abort())).toMatchObject({ ok: false });
  await end(running);
  expect(await running.usage(never)).toMatchObject({ ok: false, fault: { code: "container_failed" } });
  const ranMs = running.ranMs();
  await elapse(50);
  expect(running.ranMs()).toBe(ranMs);
});
