import { describe, expect, it } from "vitest";
import { judgeProbe, PROBE_SHARE } from "./probe-report.ts";

const status = `CapInh: 0000000000000000
CapPrm: 0000000000000000
CapEff: 0000000000000000
CapBnd: 0000000000000000
CapAmb: 0000000000000000
NoNewPrivs: 1
Seccomp: 2
Uid: 1000 1000 1000 1000
Gid: 1000 1000 1000 1000
SwapTotal: 0
mount / ro,relatime - overlay overlay rw,lowerdir=/x
mount /tmp rw,nosuid,nodev,noexec,relatime - tmpfs tmpfs rw,size=3072k,nr_inodes=768,uid=1000,gid=1000
mount /dev/shm rw,nosuid,nodev,noexec,relatime - tmpfs shm rw,size=16384k
network lo
tmp writable
end
`;
const v2 = `memory 212860928\nswap 0\npids 47\ncpu 37000 100000\n${status}`;
const v1 = `memory 212860928\nmemory+swap 212860928\npids 47\ncpu 37000 100000\n${status}`;
const judge = (report: string, ownKernel = false): readonly string[] =>
  judgeProbe(report, { share: PROBE_SHARE, ownKernel });

describe("the probe's report", () => {
  it("holds where every limit is found inside, by either version of cgroups", () => {
    expect(judge(v2)).toEqual([]);
    expect(judge(v1)).toEqual([]);
  });

  it.each([
    ["memory 212860928", "memory max", "memory limit"],
    ["memory 212860928", "", "memory limit"],
    ["memory 212860928", "memory 9223372036854771712", "memory limit"],
    ["swap 0", "swap max", "swap limit"],
    ["pids 47", "pids max", "process limit"],
    ["pids 47", "", "process limit"],
    ["cpu 37000 100000", "cpu max 100000", "CPU limit"],
    ["cpu 37000 100000", "cpu -1 100000", "CPU limit"],
    ["cpu 37000 100000", "", "CPU limit"],
    ["CapEff: 0000000000000000", "CapEff: 00000000a80425fb", "capabilities"],
    ["CapBnd: 0000000000000000", "", "capabilities"],
    ["NoNewPrivs: 1", "NoNewPrivs: 0", "no-new-privileges"],
    ["Seccomp: 2", "Seccomp: 0", "seccomp"],
    ["Uid: 1000 1000 1000 1000", "Uid: 0 0 0 0", "unprivileged user"],
    ["Gid: 1000 1000 1000 1000", "", "unprivileged user"],
    ["mount / ro", "mount / rw", "read-only root"],
    ["tmp writable", "root writable\ntmp writable", "read-only root"],
    [
      "rw,nosuid,nodev,noexec,relatime - tmpfs tmpfs",
      "rw,nosuid,nodev,relatime - tmpfs tmpfs",
      "/tmp without programs",
    ],
    ["size=3072k", "size=12623k", "size of /tmp"],
    ["size=16384k", "size=65536k", "size of /dev/shm"],
    ["network lo", "network lo\nnetwork eth0", "no network (eth0)"],
    ["network lo", "network lo\nroute eth0", "no network route"],
    ["tmp writable\n", "", "/tmp writable"],
    ["tmp writable", "tmp writable\nengine socket", "engine socket"],
    ["end\n", "", "did not finish"],
  ])("with %j as %j is not enough: %s", (from, to, problem) => {
    const report = v2.replace(from, to);
    expect(report).not.toBe(v2);
    expect(judge(report).join("; ")).toContain(problem);
  });

  it("of a kernel that counts no swap holds only without swap", () => {
    const without = v1.replace(/memory\+swap .*\n/, "");
    expect(judge(without)).toEqual([]);
    expect(judge(without.replace("SwapTotal: 0", "SwapTotal: 1048576")).join()).toContain("swap limit");
  });

  it("takes the kernel's own idle tunnel devices for no network", () => {
    expect(judge(v2.replace("network lo", "network lo\nnetwork tunl0\nnetwork sit0"))).toEqual([]);
  });

  it("of a runtime with its own kernel needs no filter of system calls, but every limit", () => {
    expect(judge(v2.replace("Seccomp: 2", "Seccomp: 0"), true)).toEqual([]);
    expect(judge(v2.replace("memory 212860928\n", ""), true).join()).toContain("memory limit");
  });

  it("that is nonsense holds nothing", () => {
    expect(judge("")).toEqual(["the probe did not finish"]);
    expect(judge("end").length).toBeGreaterThan(8);
  });
});
