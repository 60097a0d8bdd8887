import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ContainerRuntime } from "../../main/engine/ports.ts";
import { MEBIBYTE } from "../../shared/domain/limits.ts";
import { OUTPUT_KEPT_BYTES } from "../../shared/domain/result.ts";
import {
  containerOf,
  containersOf,
  engineRequest,
  must,
  openRuntime,
  run,
  runtimeForTest,
  SHARE,
  specOf,
  start,
  until,
} from "../support/docker.ts";

let runtime: ContainerRuntime;
beforeAll(async () => {
  runtime = openRuntime();
  must(await runtime.check(new AbortController().signal));
});
afterAll(() => runtime.close());

/** Waits with SIGKILL until a task on a slow machine has said what it has to say to SIGTERM. */
const patient = (): ContainerRuntime => runtimeForTest({ timing: { stopGraceMs: 60_000 } });

const isGone = async (instanceId: string): Promise<boolean> => (await containersOf(instanceId)).length === 0;

describe("a task that ends by itself", () => {
  it("reports its exit code, both streams, the image that ran and its time, and leaves nothing", async () => {
    const { spec, ...outcome } = await run(runtime, "echo out; echo err >&2; exit 3");
    expect(outcome).toMatchObject({
      reason: "exited",
      exitCode: 3,
      stdout: { text: "out\n", bytes: 4, truncated: false },
      stderr: { text: "err\n", bytes: 4, truncated: false },
      imageId: expect.stringMatching(/^sha256:[0-9a-f]{64}$/),
    });
    expect(outcome.durationMs).toBeLessThan(30_000);
    expect(await isGone(spec.instanceId)).toBe(true);
  });

  it("finds exactly the environment of the sandbox, and no variable of the host", async () => {
    const { stdout } = await run(
      runtime,
      "env | cut -d= -f1 | sort | tr '\\n' ' '; echo; echo $HOME $TMPDIR $LANG $PYTHONDONTWRITEBYTECODE $TASK_ID; pwd",
    );
    expect(stdout.text).toBe(
      "HOME HOSTNAME LANG PATH PWD PYTHONDONTWRITEBYTECODE TASK_ID TMPDIR \n/tmp /tmp C.UTF-8 1 task-1\n/tmp\n",
    );
  });

  it("reaches every byte of output, from the first on, however short the run", async () => {
    const outcomes = await Promise.all(Array.from({ length: 8 }, (_, n) => run(runtime, `printf ${n}`)));
    expect(outcomes.map(({ stdout }) => stdout.text)).toEqual(["0", "1", "2", "3", "4", "5", "6", "7"]);
  });

  it("is not taken for out of memory when only a child was killed and the task went on", async () => {
    const hog = "python3 -c 'bytearray(2**30)'";
    expect(await run(runtime, `${hog}; echo survived`)).toMatchObject({ reason: "exited", exitCode: 0 });
    // The kernel's word of the kill comes on a way of its own: the task outlives it.
    expect(await run(runtime, `${hog}; sleep 1; exit 9`)).toMatchObject({ reason: "out_of_memory", exitCode: 9 });
  });
});

describe("output", () => {
  it("is kept up to the bound on a character's boundary, and counted beyond it", async () => {
    const { stdout, stderr } = await run(
      runtime,
      `python3 -c 'print("x" + "\\u20ac" * 10000, end="")'; printf done >&2`,
    );
    expect(stdout).toMatchObject({ bytes: 30_001, truncated: true });
    expect(stdout.text).toBe(`x${"\u20ac".repeat(Math.floor((OUTPUT_KEPT_BYTES - 1) / 3))}`);
    expect(stderr).toEqual({ text: "done", bytes: 4, truncated: false });
  });

  it("that is no UTF-8 stays within the bound as well", async () => {
    const { stdout } = await run(runtime, `python3 -c 'import sys; sys.stdout.buffer.write(b"\\xff" * 9000)'`);
    expect(stdout).toMatchObject({ bytes: 9000, truncated: true });
    expect(Buffer.byteLength(stdout.text)).toBeLessThanOrEqual(OUTPUT_KEPT_BYTES);
    expect(stdout.text).toBe("\ufffd".repeat(OUTPUT_KEPT_BYTES / 3));
  });
});

describe("time", () => {
  it("ends a task at its timeout with SIGTERM, which lets it say something", async () => {
    const outcome = await run(patient(), "trap 'echo asked; exit 0' TERM; while :; do sleep 0.05; done", {
      timeoutMs: 3_000,
    });
    expect(outcome).toMatchObject({ reason: "timed_out", exitCode: -1, stdout: { text: "asked\n" } });
    expect(outcome.durationMs).toBeGreaterThanOrEqual(3_000);
  });

  it("ends a task that ignores SIGTERM with SIGKILL two seconds later", async () => {
    const { spec, ...outcome } = await run(runtime, "trap '' TERM; while :; do :; done", { timeoutMs: 3_000 });
    expect(outcome).toMatchObject({ reason: "timed_out", exitCode: -1 });
    expect(outcome.durationMs).toBeGreaterThanOrEqual(4_900);
    // It was the worker: the dead-man's switch would come 25 s after the limit.
    expect(outcome.durationMs).toBeLessThan(28_000);
    expect(await isGone(spec.instanceId)).toBe(true);
  });

  it("does not count while the task is frozen", async () => {
    const { running, said } = await start(runtime, specOf("echo ready; sleep 60", { timeoutMs: 5_000 }));
    await said("ready");
    must(await running.freeze());
    const frozenAtMs = performance.now();
    await until("frozen for longer than the task may run", () => performance.now() - frozenAtMs > 6_000);
    const frozenMs = performance.now() - frozenAtMs;
    must(await running.thaw());
    const { reason, durationMs, startedAtMs, finishedAtMs } = await running.finished;
    expect(reason).toBe("timed_out");
    expect(durationMs).toBeGreaterThanOrEqual(5_000);
    // Frozen time is left out; the clocks that are compared agree within a fraction of it.
    expect(durationMs).toBeLessThan(finishedAtMs - startedAtMs - frozenMs * 0.9);
  });
});

describe("a running task", () => {
  it("can be cancelled, also while it is frozen, and is gone then", async () => {
    const { running, said, spec } = await start(
      patient(),
      specOf("trap 'echo asked; exit 5' TERM; echo ready; while :; do sleep 0.05; done"),
    );
    await said("ready");
    must(await running.freeze());
    expect((await containerOf(spec)).State).toBe("paused");
    running.cancel();
    running.cancel();
    expect(await running.finished).toMatchObject({
      reason: "cancelled",
      exitCode: -1,
      stdout: { text: "ready\nasked\n" },
    });
    expect(await isGone(spec.instanceId)).toBe(true);
  });

  it("refuses changes once it ended, as a value", async () => {
    const { running } = await start(runtime, specOf("true"));
    await running.finished;
    running.cancel();
    expect(await running.freeze()).toMatchObject({ ok: false, fault: { code: "container_failed" } });
    expect(await running.update(SHARE)).toMatchObject({ ok: false });
  });

  it("takes new limits, and none that it already exceeds", async () => {
    const script = "python3 -c 'x = bytearray(120 * 2**20); print(\"ready\", flush=True); import time; time.sleep(60)'";
    const { running, said, spec } = await start(
      runtime,
      specOf(script, { share: { ...SHARE, memoryBytes: 180 * MEBIBYTE } }),
    );
    await said("ready");
    must(await running.update({ ...SHARE, cpus: 0.5, memoryBytes: 300 * MEBIBYTE, pids: 32 }));
    const limits = async (): Promise<unknown> => {
      const { json } = await engineRequest("GET", `/containers/${(await containerOf(spec)).Id}/json`);
      const { Memory, MemorySwap, CpuQuota, CpuPeriod, PidsLimit } = (json as { HostConfig: Record<string, number> })
        .HostConfig;
      return { Memory, MemorySwap, CpuQuota, CpuPeriod, PidsLimit };
    };
    const raised = {
      Memory: 300 * MEBIBYTE,
      MemorySwap: 300 * MEBIBYTE,
      CpuQuota: 50_000,
      CpuPeriod: 100_000,
      PidsLimit: 32,
    };
    expect(await limits()).toEqual(raised);
    expect(await running.update({ ...SHARE, memoryBytes: 115 * MEBIBYTE })).toMatchObject({
      ok: false,
      fault: { code: "container_failed", detail: expect.stringContaining("bytes of memory") },
    });
    expect(await limits()).toEqual(raised);
    running.cancel();
    expect((await running.finished).reason).toBe("cancelled");
  });
});

describe("somebody else's hand", () => {
  it.each([
    ["stops", "/stop?t=5", "exit 0"],
    ["kills", "/kill", "exit 0"],
  ])("that %s the container makes the run interrupted, whatever its exit code", async (_what, path, onTerm) => {
    const { running, said, spec } = await start(
      runtime,
      specOf(`trap '${onTerm}' TERM; echo ready; while :; do sleep 0.05; done`),
    );
    await said("ready");
    await engineRequest("POST", `/containers/${(await containerOf(spec)).Id}${path}`);
    expect(await running.finished).toMatchObject({ reason: "interrupted", exitCode: -1 });
    expect(await isGone(spec.instanceId)).toBe(true);
  });

  it("that removes the container makes the run interrupted", async () => {
    const { running, said, spec } = await start(runtime, specOf("echo ready; sleep 60"));
    await said("ready");
    await engineRequest("DELETE", `/containers/${(await containerOf(spec)).Id}?force=1`);
    expect(await running.finished).toMatchObject({ reason: "interrupted" });
  });

  it("a task that kills itself has ended by itself", async () => {
    expect(await run(runtime, "kill -KILL $$")).toMatchObject({ reason: "exited", exitCode: 137 });
    expect(await run(runtime, "kill -TERM $$")).toMatchObject({ reason: "exited", exitCode: 143 });
  });
});

describe("a start that fails", () => {
  it("for a missing image says so and leaves nothing", async () => {
    const spec = specOf("true", { image: "dgrid-no-such-image:1" });
    expect(await runtime.start(spec, () => undefined)).toMatchObject({ ok: false, fault: { code: "image_missing" } });
    expect(await isGone(spec.instanceId)).toBe(true);
  });

  it("for too little memory is refused before anything is made", async () => {
    const spec = specOf("true", { share: { ...SHARE, memoryBytes: 100 * MEBIBYTE } });
    expect(await runtime.start(spec, () => undefined)).toMatchObject({
      ok: false,
      fault: { code: "container_failed" },
    });
    expect(await isGone(spec.instanceId)).toBe(true);
  });

  it("for a dead-man's switch that cannot run leaves nothing", async () => {
    const broken = openRuntime({ deadman: { command: process.execPath, args: ["--eval", "process.exit(3)"] } });
    const spec = specOf("true");
    expect(await broken.start(spec, () => undefined)).toMatchObject({ ok: false, fault: { code: "deadman_failed" } });
    await broken.close();
    expect(await isGone(spec.instanceId)).toBe(true);
    // Other files' probes run on the same engine meanwhile: this process's own one is meant.
    const probes = await containersOf("dgrid-probe");
    expect(probes.filter(({ Labels }) => Labels["dgrid.claim"] === `dgrid-probe-${process.pid}`)).toEqual([]);
  });
});
