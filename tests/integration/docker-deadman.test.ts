import { spawn, type ChildProcess, type ChildProcessByStdio } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { once } from "node:events";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { describe, expect, it, onTestFinished } from "vitest";
import { DeadmanSwitch, nodeDeadman } from "../../main/adapters/docker/deadman-switch.ts";
import type { ContainerSpec } from "../../main/engine/ports.ts";
import { systemClock } from "../../main/adapters/sensors/clock.ts";
import {
  containersOf,
  engineRequest,
  memoryLog,
  must,
  runtimeForTest,
  specOf,
  start,
  until,
} from "../support/docker.ts";
import type { DoomedOrders } from "../support/doomed-worker.ts";

interface Doomed {
  readonly worker: ChildProcess;
  /** The dead-man's switch of the worker. */
  readonly switchPid: number;
  kill(): Promise<void>;
}

function spawnDoomed(orders: DoomedOrders): ChildProcessByStdio<null, Readable, null> {
  const entry = join(import.meta.dirname, "../support/doomed-worker.ts");
  const args = ["--disable-warning=ExperimentalWarning", entry, JSON.stringify(orders)];
  return spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
}

/** Starts a worker with these containers. Whatever it leaves is removed with the test. */
async function startDoomed(specs: readonly ContainerSpec[], { graceMs = 500, freeze = false } = {}): Promise<Doomed> {
  const orders: DoomedOrders = { specs, graceMs, freeze };
  const worker = spawnDoomed(orders);
  const kill = async (): Promise<void> => {
    const exited = once(worker, "exit");
    worker.kill("SIGKILL");
    await exited;
  };
  onTestFinished(async () => {
    if (worker.exitCode === null && worker.signalCode === null) await kill();
    for (const { instanceId } of specs) {
      for (const { Id } of await containersOf(instanceId)) await engineRequest("DELETE", `/containers/${Id}?force=1`);
    }
  });
  await once(worker.stdout, "data");
  const switches = childrenOf(worker.pid ?? 0);
  expect(switches).toHaveLength(1);
  return { worker, switchPid: switches[0] ?? 0, kill };
}

function status(pid: number | string): string {
  try {
    return readFileSync(`/proc/${pid}/status`, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && (error.code === "ENOENT" || error.code === "ESRCH")) return "";
    throw error;
  }
}

const childrenOf = (pid: number): number[] =>
  readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name) && new RegExp(`^PPid:\\s*${pid}$`, "m").test(status(name)))
    .map(Number);

/** A process that ended and that nobody waited for counts as ended. */
const lives = (pid: number): boolean => /^State:\s*[^ZX\s]/m.test(status(pid));

const remaining = async (specs: readonly ContainerSpec[]): Promise<number> =>
  (await Promise.all(specs.map(({ instanceId }) => containersOf(instanceId)))).flat().length;

describe("the dead-man's switch of a worker that was killed", () => {
  it("ends its containers at their deadlines, not before, removes them, and then ends itself", async () => {
    const stubborn = "trap '' TERM INT HUP; while :; do sleep 0.1; done";
    const specs = [specOf(stubborn, { timeoutMs: 15_000 }), specOf(stubborn, { timeoutMs: 16_000 })];
    const startedAtMs = performance.now();
    const { switchPid, kill } = await startDoomed(specs);
    await kill();
    expect(lives(switchPid)).toBe(true);
    expect(await remaining(specs)).toBe(2);
    await until("the containers are gone", async () => (await remaining(specs)) === 0, 60_000);
    expect(performance.now() - startedAtMs).toBeGreaterThan(16_000);
    await until("the switch has ended", () => !lives(switchPid));
  });

  it("ignores the terminal's signals, and ends a frozen container", async () => {
    const specs = [specOf("sleep 60", { timeoutMs: 6_000 })];
    const { switchPid, kill } = await startDoomed(specs, { freeze: true });
    expect((await containersOf(specs[0]?.instanceId ?? ""))[0]?.State).toBe("paused");
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT"]) process.kill(switchPid, signal);
    await kill();
    await until("the container is gone", async () => (await remaining(specs)) === 0, 60_000);
    await until("the switch has ended", () => !lives(switchPid));
  });

  it("keeps no container that never ran", async () => {
    const spec = specOf("true");
    const body = { Image: spec.image, Cmd: ["true"], Labels: { "dgrid.instance": spec.instanceId } };
    const name = `dgrid-${spec.instanceId}`;
    const { json } = await engineRequest("POST", `/containers/create?name=${name}`, { body });
    const { Id: id } = json as { readonly Id: string };
    const deadman = new DeadmanSwitch(
      { ...nodeDeadman(), env: { DGRID_DEADMAN_GRACE_MS: "300" } },
      { clock: systemClock, log: memoryLog() },
    );
    const path = (process.env["DOCKER_HOST"] ?? "").replace("unix://", "");
    must(await deadman.arm({ id, name, engine: { kind: "socket", path }, remainingMs: 5_000 }));
    expect(await remaining([spec])).toBe(1);
    deadman.close();
    await until("the container is gone", async () => (await remaining([spec])) === 0, 30_000);
  });

  it("keeps an end that came by itself, for the next worker to report", async () => {
    const spec = specOf("sleep 5; echo result; exit 4", { timeoutMs: 20_000 });
    const { switchPid, kill } = await startDoomed([spec], { graceMs: 300 });
    await kill();
    await until("the task has ended", async () => (await containersOf(spec.instanceId))[0]?.State === "exited");
    const runtime = runtimeForTest();
    const leftovers = must(await runtime.leftovers(spec.instanceId));
    expect(leftovers).toMatchObject([{ claimId: spec.claimId, grid: spec.grid, taskId: spec.taskId }]);
    const adopted = must(await runtime.adopt(leftovers[0] ?? expect.fail(), spec));
    expect(await adopted?.finished).toMatchObject({
      reason: "exited",
      exitCode: 4,
      stdout: { text: "result\n", bytes: 7 },
    });
    expect(await remaining([spec])).toBe(0);
    await until("the switch has ended", () => !lives(switchPid), 60_000);
  });
});

describe("a worker after a crash", () => {
  it("takes over what still runs, from its first output on, for the time that remains", async () => {
    const spec = specOf("echo first; trap 'exit 0' TERM; while :; do sleep 0.05; done", { timeoutMs: 15_000 });
    const runtime = runtimeForTest();
    // The proof of the engine takes its time, and the task's runs once it has started.
    must(await runtime.check(new AbortController().signal));
    const { switchPid, kill } = await startDoomed([spec], { graceMs: 2_000 });
    await kill();
    const [leftover = expect.fail()] = must(await runtime.leftovers(spec.instanceId));
    const adopted = must(await runtime.adopt(leftover, spec)) ?? expect.fail();
    // The switch of the killed worker, whose deadline passes while it is frozen, leaves it alone.
    must(await adopted.freeze());
    const frozenAtMs = performance.now();
    await until("the earlier switch has ended", () => !lives(switchPid), 90_000);
    expect((await containersOf(spec.instanceId))[0]?.State).toBe("paused");
    const frozenMs = performance.now() - frozenAtMs;
    must(await adopted.thaw());
    const outcome = await adopted.finished;
    expect(outcome).toMatchObject({ reason: "timed_out", exitCode: -1, stdout: { text: "first\n" } });
    expect(outcome.durationMs).toBeGreaterThanOrEqual(15_000);
    // Frozen time is left out; the clocks that are compared agree within a fraction of it.
    expect(outcome.durationMs).toBeLessThan(outcome.finishedAtMs - outcome.startedAtMs - frozenMs * 0.9);
    expect(await remaining([spec])).toBe(0);
  });

  it("thaws what it takes over frozen, and frozen time did not count", async () => {
    const spec = specOf("sleep 3; echo thawed", { timeoutMs: 20_000 });
    const { kill } = await startDoomed([spec], { freeze: true, graceMs: 20_000 });
    await kill();
    const runtime = runtimeForTest();
    const [leftover = expect.fail()] = must(await runtime.leftovers(spec.instanceId));
    const adopted = must(await runtime.adopt(leftover, spec)) ?? expect.fail();
    expect(await adopted.finished).toMatchObject({ reason: "exited", exitCode: 0, stdout: { text: "thawed\n" } });
  });

  it("hears what it takes over from the first output on, and tells its use and its time but no confinement", async () => {
    const spec = specOf("trap 'echo after; exit 7' TERM; echo before; echo aside >&2; while :; do sleep 0.05; done");
    const { kill } = await startDoomed([spec], { graceMs: 20_000 });
    await until("it has said something", async () => {
      const [{ Id } = expect.fail()] = await containersOf(spec.instanceId);
      return String((await engineRequest("GET", `/containers/${Id}/logs?stdout=1`)).json).includes("before");
    });
    await kill();
    // SIGKILL comes late enough for what the task says to SIGTERM.
    const runtime = runtimeForTest({ timing: { stopGraceMs: 60_000 } });
    const [leftover = expect.fail()] = must(await runtime.leftovers(spec.instanceId));
    const heard = { stdout: "", stderr: "" };
    const adopted = must(
      await runtime.adopt(leftover, spec, ({ stream, chunk }) => (heard[stream] += Buffer.from(chunk).toString())),
    );
    if (adopted === undefined) return expect.fail("nothing was taken over");
    expect(adopted.confinement).toBeUndefined();
    expect(adopted.ranMs()).toBeGreaterThan(0);
    expect(must(await adopted.usage(new AbortController().signal)).memoryBytes).toBeGreaterThan(0);
    await until("its output so far is heard", () => heard.stdout !== "" && heard.stderr !== "");
    adopted.cancel();
    expect((await adopted.finished).reason).toBe("cancelled");
    expect(heard).toEqual({ stdout: "before\nafter\n", stderr: "aside\n" });
  });

  it("does not guess: an end by somebody else's signal is not taken over, and can be removed", async () => {
    const spec = specOf("trap 'exit 0' TERM; echo ready; while :; do sleep 0.05; done");
    const { kill } = await startDoomed([spec], { graceMs: 20_000 });
    await kill();
    const [{ Id } = expect.fail()] = await containersOf(spec.instanceId);
    await engineRequest("POST", `/containers/${Id}/stop`);
    const runtime = runtimeForTest();
    const [leftover = expect.fail()] = must(await runtime.leftovers(spec.instanceId));
    expect(must(await runtime.adopt(leftover, spec))).toBeUndefined();
    must(await runtime.remove(leftover));
    expect(await remaining([spec])).toBe(0);
    expect(must(await runtime.adopt(leftover, spec))).toBeUndefined();
  });

  it("takes no container for another claim's", async () => {
    const runtime = runtimeForTest();
    const { running, spec } = await start(runtime, specOf("sleep 60"));
    const [leftover = expect.fail()] = must(await runtime.leftovers(spec.instanceId));
    expect(must(await runtime.adopt(leftover, { ...spec, claimId: "another-claim" }))).toBeUndefined();
    running.cancel();
    await running.finished;
  });
});

describe("a switch that ends while the worker lives", () => {
  it("and whose program is gone makes the engine unready, until it is back", async () => {
    const { signal } = new AbortController();
    const folder = mkdtempSync(join(tmpdir(), "dgrid-switch-"));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const program = join(folder, "dgrid");
    symlinkSync(process.execPath, program);
    const before = new Set(childrenOf(process.pid));
    const runtime = runtimeForTest({ deadman: { ...nodeDeadman(), command: program } });
    expect(await runtime.check(signal)).toMatchObject({ ok: true });
    const [pid = expect.fail()] = childrenOf(process.pid).filter((child) => !before.has(child));
    rmSync(program);
    process.kill(pid, "SIGKILL");
    await until("the switch has ended", () => !lives(pid));
    const spec = specOf("true");
    expect(await runtime.start(spec, () => undefined)).toMatchObject({ ok: false, fault: { code: "deadman_failed" } });
    expect(await remaining([spec])).toBe(0);
    expect(await runtime.check(signal)).toMatchObject({ ok: false, fault: { code: "deadman_failed" } });
    symlinkSync(process.execPath, program);
    expect(await runtime.check(signal)).toMatchObject({ ok: true });
    must(await runtime.start(spec, () => undefined)).cancel();
  });

  it("is started again with what remains, and the worker's end leaves no process", async () => {
    const spec = specOf("sleep 60", { timeoutMs: 12_000 });
    const { worker, switchPid, kill } = await startDoomed([spec]);
    process.kill(switchPid, "SIGKILL");
    const successor = (): number | undefined =>
      childrenOf(worker.pid ?? 0).find((pid) => pid !== switchPid && lives(pid));
    await until("a new switch runs", () => successor() !== undefined);
    const pid = successor() ?? 0;
    await kill();
    expect(await remaining([spec])).toBe(1);
    await until("the container is gone", async () => (await remaining([spec])) === 0, 60_000);
    await until("the switch has ended", () => !lives(pid));
  });

  it("keeps no worker from ending that has nothing more to do", async () => {
    const orders: DoomedOrders = { specs: [specOf("true")], graceMs: 25_000, freeze: false, finish: true };
    const worker = spawnDoomed(orders);
    onTestFinished(() => void worker.kill("SIGKILL"));
    const [code] = await once(worker, "exit");
    expect(code).toBe(0);
  });

  it("ends with a worker that closes in order, and keeps it from nothing", async () => {
    const before = new Set(childrenOf(process.pid));
    const runtime = runtimeForTest();
    const { running } = await start(runtime, specOf("sleep 60"));
    const pids = childrenOf(process.pid).filter((pid) => !before.has(pid));
    expect(pids).toHaveLength(1);
    await runtime.close();
    expect((await running.finished).reason).toBe("cancelled");
    await until("the switch has ended", () => !lives(pids[0] ?? 0));
  });
});
