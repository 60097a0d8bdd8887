import type { Share } from "../../../shared/domain/limits.ts";
import { MEBIBYTE, SHM_BYTES } from "../../../shared/domain/limits.ts";
import { TASK_UID } from "./container-options.ts";

/** Limits that no engine has by chance, so that reading them back proves who set them. */
export const PROBE_SHARE: Share = { cpus: 0.37, memoryBytes: 203 * MEBIBYTE, pids: 47, tmpBytes: 3 * MEBIBYTE };

/**
 * Prints what a container finds of its own confinement, one fact a line. The shell alone does
 * it, and `cat`, as that is all that any image has.
 */
export const PROBE_SCRIPT = `
file() { if [ -r "$2" ]; then echo "$1 $(cat "$2")"; fi; }
file memory /sys/fs/cgroup/memory.max
file memory /sys/fs/cgroup/memory/memory.limit_in_bytes
file swap /sys/fs/cgroup/memory.swap.max
file memory+swap /sys/fs/cgroup/memory/memory.memsw.limit_in_bytes
file pids /sys/fs/cgroup/pids.max
file pids /sys/fs/cgroup/pids/pids.max
file cpu /sys/fs/cgroup/cpu.max
for dir in cpu cpu,cpuacct; do
  if [ -r /sys/fs/cgroup/$dir/cpu.cfs_quota_us ]; then
    echo "cpu $(cat /sys/fs/cgroup/$dir/cpu.cfs_quota_us) $(cat /sys/fs/cgroup/$dir/cpu.cfs_period_us)"
    break
  fi
done
while read -r key value rest; do
  case $key in
    CapEff:|CapPrm:|CapInh:|CapBnd:|CapAmb:|NoNewPrivs:|Seccomp:) echo "$key $value";;
    Uid:|Gid:) echo "$key $value $rest";;
  esac
done < /proc/self/status
while read -r key value unit; do
  case $key in SwapTotal:) echo "$key $value";; esac
done < /proc/meminfo
while read -r id parent device root point options rest; do
  case $point in /|/tmp|/dev/shm) echo "mount $point $options $rest";; esac
done < /proc/self/mountinfo
while IFS=: read -r name rest; do
  if [ -n "$rest" ]; then echo network $name; fi
done < /proc/net/dev
while read -r name destination rest; do
  case $name in Iface|lo) ;; *) echo route $name;; esac
done < /proc/net/route
if ( : > /dgrid-probe ) 2>/dev/null; then echo "root writable"; fi
if ( : > /tmp/dgrid-probe ) 2>/dev/null; then echo "tmp writable"; fi
if [ -e /var/run/docker.sock ]; then echo "engine socket"; fi
echo end
`;

/** Devices that the kernel puts into every network namespace when a module is loaded; without a route they lead nowhere. */
const FALLBACK_DEVICES = /^(tunl0|sit0|gre0|gretap0|erspan0|ip_vti0|ip6_vti0|ip6tnl0|ip6gre0|ip6erspan0)$/;

export interface ProbeExpectation {
  readonly share: Share;
  /** A stronger runtime has a kernel of its own: no system call that a filter could stop reaches the host's. */
  readonly ownKernel: boolean;
}

/**
 * What the engine does not enforce, in the donor's words; empty where all holds. What cannot be
 * read counts as not enforced.
 */
export function judgeProbe(report: string, { share, ownKernel }: ProbeExpectation): readonly string[] {
  const lines = report.split("\n").map((line) => line.trim().split(/\s+/));
  const facts = (name: string): readonly string[][] =>
    lines.filter(([first]) => first === name).map(([, ...rest]) => rest);
  const value = (name: string): string | undefined => facts(name)[0]?.[0];
  if (facts("end").length === 0) return ["the probe did not finish"];
  const problems: string[] = [];
  const expect = (holds: boolean, problem: string): void => {
    if (!holds) problems.push(problem);
  };
  expect(Number(value("memory")) === share.memoryBytes, `memory limit (${value("memory") ?? "not readable"})`);
  expect(swapHolds(value, share), "swap limit (the kernel counts no swap: boot with swapaccount=1, or turn swap off)");
  expect(Number(value("pids")) === share.pids, `process limit (${value("pids") ?? "not readable"})`);
  const [quota, period] = (facts("cpu")[0] ?? []).map(Number);
  expect(
    Math.abs((quota ?? Number.NaN) / (period ?? Number.NaN) - share.cpus) < 0.001,
    `CPU limit (${quota ?? "not readable"})`,
  );
  for (const set of ["CapEff:", "CapPrm:", "CapInh:", "CapBnd:", "CapAmb:"]) {
    expect(/^0+$/.test(value(set) ?? ""), `capabilities dropped (${set} ${value(set) ?? "not readable"})`);
  }
  expect(value("NoNewPrivs:") === "1" || (ownKernel && value("NoNewPrivs:") === undefined), "no-new-privileges");
  expect(value("Seccomp:") === "2" || ownKernel, "system call filter (seccomp)");
  for (const id of ["Uid:", "Gid:"]) {
    const numbers = facts(id)[0]?.slice(0, 4) ?? [];
    expect(
      numbers.length > 0 && numbers.every((number) => Number(number) === TASK_UID),
      `unprivileged user (${id} ${numbers.join(" ")})`,
    );
  }
  problems.push(...mountProblems(facts("mount"), share));
  const networks = facts("network")
    .flat()
    .filter((name) => name !== "lo" && !FALLBACK_DEVICES.test(name));
  expect(networks.length === 0, `no network (${networks.join(", ")})`);
  expect(facts("route").length === 0, `no network route (${facts("route").flat().join(", ")})`);
  expect(value("root") === undefined, "read-only root filesystem");
  expect(value("tmp") === "writable", "/tmp writable for the task");
  expect(value("engine") === undefined, "no engine socket inside");
  return problems;
}

function swapHolds(value: (name: string) => string | undefined, share: Share): boolean {
  const swap = value("swap");
  if (swap !== undefined) return swap === "0";
  const both = value("memory+swap");
  if (both !== undefined) return Number(both) === share.memoryBytes;
  // A kernel that counts no swap is harmless as long as there is none.
  return value("SwapTotal:") === "0";
}

function mountProblems(mounts: readonly string[][], share: Share): readonly string[] {
  const problems: string[] = [];
  const mount = (point: string): string | undefined =>
    mounts
      .findLast(([at]) => at === point)
      ?.slice(1)
      .join(" ");
  const root = mount("/");
  if (root === undefined || !/^ro\b/.test(root)) problems.push("read-only root filesystem");
  for (const [point, bytes] of [
    ["/tmp", share.tmpBytes],
    ["/dev/shm", SHM_BYTES],
  ] as const) {
    const found = mount(point) ?? "";
    if (!["noexec", "nosuid", "nodev"].every((option) => new RegExp(`(^|,)${option}(,|\\s)`).test(found))) {
      problems.push(`${point} without programs, setuid and devices`);
    }
    const size = /(?:^|[\s,])size=(\d+)k\b/.exec(found)?.[1];
    if (Number(size) * 1024 !== bytes) problems.push(`size of ${point} (${size ?? "not readable"})`);
  }
  return problems;
}
