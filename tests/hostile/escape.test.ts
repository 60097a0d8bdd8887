/** Tasks that try to get out (sandbox, the hostile-task suite). */
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import type { ContainerRuntime } from "../../main/engine/ports.ts";
import { engineRequest, IMAGE, must, openRuntime } from "../support/docker.ts";
import { python, survive } from "../support/hostile.ts";

let runtime: ContainerRuntime;
beforeAll(async () => {
  runtime = openRuntime();
  must(await runtime.check(new AbortController().signal));
});
afterAll(() => runtime.close());

describe("a task that reaches out", () => {
  it("finds no network, by address or by name, nor the host's own", async () => {
    const server = createServer((socket) => socket.end("reached"));
    await new Promise<void>((resolve) => server.listen(0, "0.0.0.0", resolve));
    onTestFinished(() => void server.close());
    const address = server.address();
    const port = typeof address === "object" && address !== null ? address.port : 0;
    const outcome = await survive(
      runtime,
      python(`
import socket
for host in ["127.0.0.1", "172.17.0.1", "192.0.2.1", "2001:db8::1"]:
    try:
        socket.create_connection((host, ${port}), timeout=1)
        print("connected", host)
    except OSError as error: print("refused")
for name in ["example.org", "host.docker.internal"]:
    try: print("resolved", socket.getaddrinfo(name, 80))
    except OSError as error: print("unresolved")
print(sorted(name for _, name in socket.if_nameindex() if name == "lo" or not name.endswith("0")))`),
    );
    expect(outcome.stdout.text).toBe(`${"refused\n".repeat(4)}unresolved\nunresolved\n['lo']\n`);
  });

  it("gets no raw, packet or netlink-changing socket", async () => {
    const outcome = await survive(
      runtime,
      python(`
import socket
for family, kind, protocol in [(socket.AF_INET, socket.SOCK_RAW, 1), (socket.AF_INET6, socket.SOCK_RAW, 58), (socket.AF_PACKET, socket.SOCK_RAW, 768)]:
    try:
        socket.socket(family, kind, protocol)
        print("open")
    except PermissionError: print("denied")`),
    );
    expect(outcome.stdout.text).toBe("denied\n".repeat(3));
  });
});

describe("a task that writes where it should not", () => {
  it("can write to /tmp, /dev/shm and /dev/mqueue, and to nothing else there is", async () => {
    const outcome = await survive(
      runtime,
      python(`
import os
found = []
for directory, names, files in os.walk("/"):
    if directory.startswith(("/proc/", "/sys/")): names[:] = []; continue
    path = os.path.join(directory, ".dgrid-hostile")
    try:
        os.close(os.open(path, os.O_CREAT | os.O_WRONLY)); os.unlink(path); found.append(directory)
    except OSError: pass
    for name in files:
        path = os.path.join(directory, name)
        # What the engine hides is covered by /dev/null, which takes anything and keeps nothing.
        if not os.path.isfile(path): continue
        try: os.close(os.open(path, os.O_WRONLY | os.O_NONBLOCK)); found.append(path)
        except OSError: pass
print(*sorted(found))`),
    );
    expect(outcome.stdout.text.trim().split(" ")).toEqual(["/dev/mqueue", "/dev/shm", "/tmp"]);
  });

  it("cannot run a program from where it can write", async () => {
    const outcome = await survive(
      runtime,
      "for dir in /tmp /dev/shm; do cp /bin/true $dir/p; chmod 755 $dir/p; $dir/p && echo ran; done; true",
    );
    expect(outcome.stdout.text).toBe("");
    expect(outcome.stderr.text).toMatch(/Permission denied[^]*Permission denied/);
  });

  it("gets no disk from an image that declares a volume", async () => {
    const made = await engineRequest("POST", "/containers/create", { body: { Image: IMAGE, Cmd: ["true"] } });
    const { Id } = made.json as { readonly Id: string };
    const image = `dgrid-test-volume:${process.pid}`;
    onTestFinished(async () => {
      await engineRequest("DELETE", `/containers/${Id}?force=1`);
      await engineRequest("DELETE", `/images/${image}?force=1`);
    });
    // Anybody may write to this folder of the image, and so to a volume that is made from it.
    const [repo, tag] = image.split(":");
    await engineRequest(
      "POST",
      `/commit?container=${Id}&repo=${repo}&tag=${tag}&changes=${encodeURIComponent("VOLUME /var/tmp")}`,
      { body: {} },
    );
    const volumes = async (): Promise<unknown> => (await engineRequest("GET", "/volumes")).json;
    const before = await volumes();
    const outcome = await survive(
      runtime,
      "ls -d /var/tmp; touch /var/tmp/x 2>/dev/null && echo wrote; mkdir /var/tmp/y 2>/dev/null && echo made; true",
      { image },
    );
    expect(outcome.stdout.text).toBe("/var/tmp\n");
    expect(await volumes()).toEqual(before);
  });
});

describe("a task that reads or touches the host", () => {
  it("finds neither the host's files nor its processes", async () => {
    const secret = join(tmpdir(), `dgrid-secret-${process.pid}`);
    writeFileSync(secret, "secret of the host");
    onTestFinished(() => rmSync(secret));
    const outcome = await survive(
      runtime,
      `cat ${secret}; cat /proc/1/root${secret}; cat /proc/${process.pid}/environ; cat /etc/shadow; ls /var/run/docker.sock; ls /dev/sd* /dev/vd* /dev/kmsg /dev/mem; ` +
        "echo processes $(ls /proc | grep -c '^[0-9]'); true",
    );
    expect(outcome.stdout.text).toMatch(/^processes [1-9]\n$/);
  });

  it("changes nothing of the kernel through /proc and /sys", async () => {
    const pattern = readFileSync("/proc/sys/kernel/core_pattern", "utf8");
    const outcome = await survive(
      runtime,
      "for file in /proc/sys/kernel/core_pattern /proc/sysrq-trigger /proc/sys/vm/overcommit_memory /sys/kernel/mm/ksm/run /sys/fs/cgroup/memory/memory.limit_in_bytes /sys/fs/cgroup/memory.max; do " +
        "( echo 1 > $file ) 2>/dev/null && echo wrote $file; done; for file in /proc/kcore /proc/keys /proc/timer_list /proc/acpi/alarm /sys/firmware/acpi/tables/DSDT; do head -c 1 $file 2>/dev/null | grep -q . && echo read $file; done; true",
    );
    expect(outcome.stdout.text).toBe("");
    expect(readFileSync("/proc/sys/kernel/core_pattern", "utf8")).toBe(pattern);
  });

  it("gets no system call that reaches the kernel's insides: mount, namespaces, keyring, modules, time", async () => {
    const outcome = await survive(
      runtime,
      python(`
import ctypes, os
libc = ctypes.CDLL(None, use_errno=True)
machine = os.uname().machine
numbers = dict(x86_64=dict(mount=165, umount2=166, unshare=272, setns=308, pivot_root=155, keyctl=250, add_key=248, request_key=249, init_module=175, kexec_load=246, bpf=321, perf_event_open=298, settimeofday=164, sethostname=170, reboot=169, swapon=167, open_by_handle_at=304, userfaultfd=323, iopl=172, acct=163, mknodat=259),
  aarch64=dict(mount=40, umount2=39, unshare=97, setns=268, pivot_root=41, keyctl=219, add_key=217, request_key=218, init_module=105, kexec_load=104, bpf=280, perf_event_open=241, settimeofday=170, sethostname=161, reboot=142, swapon=224, open_by_handle_at=265, userfaultfd=282, acct=89, mknodat=33))[machine]
arguments = dict(mount=(b"none", b"/tmp", b"tmpfs", 0, None), umount2=(b"/proc", 2), unshare=(0x10000000 | 0x00020000, ), setns=(0, 0), pivot_root=(b"/tmp", b"/tmp"),
  keyctl=(0, -3, 1), add_key=(b"user", b"dgrid", b"x", 1, -3), request_key=(b"user", b"dgrid", None, -3), sethostname=(b"owned", 5), mknodat=(-100, b"/tmp/device", 0o60666, 0x800), iopl=(3,), acct=(b"/tmp/acct",), reboot=(0xfee1dead, 0x28121969, 0, 0))
for name, number in numbers.items():
    ctypes.set_errno(0)
    result = libc.syscall(number, *arguments.get(name, (0, 0, 0, 0, 0)))
    if result != -1: print("allowed", name)
    elif ctypes.get_errno() not in (1, 13, 38): print("errno", name, ctypes.get_errno())
print("end")`),
    );
    expect(outcome.stdout.text).toBe("end\n");
  });

  it("stays who it is: setuid programs, capabilities and other users are out of reach", async () => {
    const outcome = await survive(
      runtime,
      `find / -xdev -perm -4000 -type f 2>/dev/null | head -1 | grep -c . ; ${python(`
import os, subprocess
for change in [lambda: os.setuid(0), lambda: os.setgid(0), lambda: os.setgroups([0]), lambda: os.chown("/tmp", 0, 0), lambda: os.chroot("/tmp"), lambda: os.nice(-5), lambda: os.kill(1, 9) or os.kill(1, 0)]:
    try: change(); print("changed")
    except OSError: print("denied")
print([line.split()[1] for line in open("/proc/self/status") if line.startswith(("CapEff", "CapBnd", "NoNewPrivs", "Seccomp:"))])
for program in [["su", "-c", "id -u"], ["mount", "-t", "tmpfs", "none", "/tmp"], ["unshare", "-r", "id", "-u"]]:
    done = subprocess.run(program, stdin=subprocess.DEVNULL, capture_output=True, text=True)
    print(done.returncode != 0, done.stdout)
`)}`,
    );
    const [setuid, ...rest] = outcome.stdout.text.trim().split("\n");
    // There is a setuid program to try, or the test would show nothing.
    expect(setuid).toBe("1");
    expect(rest.filter((line) => line === "changed").length).toBeLessThanOrEqual(1);
    expect(rest).toContain("['0000000000000000', '0000000000000000', '1', '2']");
    expect(rest.filter((line) => line.startsWith("True"))).toHaveLength(3);
  });

  it("leaves no core file and opens no more files than its share", async () => {
    const outcome = await survive(
      runtime,
      `ulimit -c; ulimit -Hc; ${python(`
import os
count = 0
try:
    while True: os.open("/dev/null", os.O_RDONLY); count += 1
except OSError as error: print(error.errno, count < 1024)`)}
sh -c 'kill -SEGV $$'; ls -A /tmp | grep -c core`,
    );
    expect(outcome.stdout.text.split("\n").slice(0, 3)).toEqual(["0", "0", "24 True"]);
    expect(outcome.stdout.text.trim().split("\n").at(-1)).toBe("0");
    expect(existsSync("/tmp/core")).toBe(false);
  });
});
