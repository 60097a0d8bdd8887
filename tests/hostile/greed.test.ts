/** Tasks that take all they can get (sandbox, the hostile-task suite). */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ContainerRuntime } from "../../main/engine/ports.ts";
import { MEBIBYTE } from "../../shared/domain/limits.ts";
import { OUTPUT_KEPT_BYTES } from "../../shared/domain/result.ts";
import { must, openRuntime, SHARE } from "../support/docker.ts";
import { python, survive } from "../support/hostile.ts";

let runtime: ContainerRuntime;
beforeAll(async () => {
  runtime = openRuntime();
  must(await runtime.check(new AbortController().signal));
});
afterAll(() => runtime.close());

/** The kernel's word of a kill for memory comes on a way of its own: the task outlives it and ends in the same way. */
const outlived = (script: string): string => `${script}code=$?; sleep 1; exit $code`;

describe("a task that takes what it can get", () => {
  it("forks without end: the limit stops it, and its time ends it", async () => {
    const outcome = await survive(runtime, "bomb() { bomb | bomb & }; bomb; while :; do bomb; done", {
      timeoutMs: 2_000,
    });
    expect(["timed_out", "exited"]).toContain(outcome.reason);
    expect(outcome.stderr.text).toMatch(/fork|Resource temporarily unavailable/i);
  });

  it("forks without end: never has more processes than its share", async () => {
    const counted = await survive(
      runtime,
      python(`
import os, signal
count = 0
try:
    while True:
        if os.fork() == 0:
            signal.pause()
        count += 1
except OSError as error:
    print(error.errno, count)`),
    );
    expect(counted.stdout.text).toMatch(/^11 \d+\n$/);
    expect(Number(counted.stdout.text.split(" ")[1])).toBeLessThan(SHARE.pids);
  });

  it("leaves thousands of zombies: they are reaped, and it can always start more", async () => {
    const code = `
import os
for n in range(3000):
    child = os.fork()
    if child == 0:
        if os.fork() == 0:
            os._exit(0)
        os._exit(0)
    if os.waitpid(child, 0)[1] != 0:
        print("could not start another")
        break
else: print("done")`;
    // In the shell's place, which would reap them by itself.
    expect((await survive(runtime, `exec ${python(code)}`, { timeoutMs: 120_000 })).stdout.text).toBe("done\n");
  });

  it("takes memory without end: it is ended for it, and only it", async () => {
    const outcome = await survive(runtime, outlived(python("hog = []\nwhile True: hog.append(bytearray(2**20))")));
    expect(outcome).toMatchObject({ reason: "out_of_memory", exitCode: 137 });
  });

  it("takes memory through shared memory and files in memory: the same limit holds", async () => {
    const code = `
import os
written = 0
fds = []
while True:
    fds.append(os.memfd_create("hog"))
    for _ in range(16):
        written += os.write(fds[-1], b"x" * 2**20)`;
    expect(await survive(runtime, outlived(python(code)))).toMatchObject({ reason: "out_of_memory", exitCode: 137 });
  });

  it("fills the disk: /tmp and /dev/shm end at their sizes, in bytes and in files", async () => {
    const outcome = await survive(
      runtime,
      python(`
import os
def fill(path):
    total = 0
    try:
        with open(path, "wb", buffering=0) as file:
            while True: total += file.write(b"x" * 65536)
    except OSError as error: return error.errno, total
print("tmp", *fill("/tmp/fill"))
os.unlink("/tmp/fill")
print("shm", *fill("/dev/shm/fill"))
os.unlink("/dev/shm/fill")
count = 0
try:
    while True:
        os.close(os.open("/tmp/%d" % count, os.O_CREAT)); count += 1
except OSError as error: print("files", error.errno, count)`),
    );
    const [tmp, shm, files] = outcome.stdout.text
      .trim()
      .split("\n")
      .map((line) => line.split(" ").slice(1).map(Number));
    expect(tmp).toEqual([28, SHARE.tmpBytes]);
    expect(shm).toEqual([28, 16 * MEBIBYTE]);
    expect(files?.[0]).toBe(28);
    expect(files?.[1]).toBeLessThanOrEqual(SHARE.tmpBytes / 4096);
  });

  it("floods its output: the bound holds, all is counted, and the worker stays small and awake", async () => {
    const rss = process.memoryUsage().rss;
    // Between two beats this thread works a little; that it waits for the machine's other work is no fault of its own.
    let longestMs = 0;
    let last = process.threadCpuUsage();
    const beat = setInterval(() => {
      const { user, system } = process.threadCpuUsage(last);
      longestMs = Math.max(longestMs, (user + system) / 1_000);
      last = process.threadCpuUsage();
    }, 10);
    const outcome = await survive(runtime, "yes flood & yes flood >&2", { timeoutMs: 2_000 });
    clearInterval(beat);
    expect(outcome.reason).toBe("timed_out");
    for (const { text, bytes, truncated } of [outcome.stdout, outcome.stderr]) {
      expect(text).toBe("flood\n".repeat(OUTPUT_KEPT_BYTES / 6 + 1).slice(0, OUTPUT_KEPT_BYTES));
      expect(bytes).toBeGreaterThan(OUTPUT_KEPT_BYTES);
      expect(truncated).toBe(true);
    }
    expect(process.memoryUsage().rss - rss).toBeLessThan(100 * MEBIBYTE);
    expect(longestMs).toBeLessThan(1_000);
  });

  it("loops without end on every core and ignores every signal it can: it gets its share and then the end", async () => {
    const code = `
import os, signal, time
for number in range(1, 65):
    try: signal.signal(number, signal.SIG_IGN)
    except (OSError, ValueError): pass
for _ in range(4):
    if os.fork() == 0: break
start = time.monotonic()
while True:
    elapsed = time.monotonic() - start
    if elapsed > 1.5:
        times = os.times()
        print(times.user + times.system, elapsed, flush=True)
        start = float("inf")`;
    const outcome = await survive(runtime, python(code), { timeoutMs: 6_000, share: { ...SHARE, cpus: 0.5 } });
    expect(outcome.reason).toBe("timed_out");
    // It was the worker: the dead-man's switch would come 25 s after the limit.
    expect(outcome.durationMs).toBeLessThan(31_000);
    const told = outcome.stdout.text.trim().split("\n");
    const used = told.map((line) => Number(line.split(" ")[0]));
    expect(used.every((seconds) => seconds > 0)).toBe(true);
    const elapsed = Math.max(...told.map((line) => Number(line.split(" ")[1])));
    // Half a core, with room for the start and for how the kernel rounds; unlimited it would be every core.
    expect(used.reduce((sum, seconds) => sum + seconds, 0)).toBeLessThan(elapsed / 2 + 0.5);
  });
});
