import { readdirSync, readFileSync } from "node:fs";

export interface ProcessUsage {
  /** Resident bytes of the process and its living descendants. */
  readonly residentBytes: number;
  /** CPU time of the process, its living descendants and every child it waited for. */
  readonly cpuMs: number;
}

/** Linux counts CPU time in hundredths of a second, whatever the kernel's own tick (sysconf(_SC_CLK_TCK)). */
const MS_PER_TICK = 10;
const PAGE_BYTES = 4096;

/** What a process and its descendants use, from /proc; undefined where there is none, or no such process. */
export function readProcessUsage(pid: number): ProcessUsage | undefined {
  const all = readAllStats();
  const root = all.get(pid);
  if (root === undefined) return undefined;
  let residentBytes = 0;
  let ticks = 0;
  for (const stat of withDescendants(root, all)) {
    residentBytes += stat.residentPages * PAGE_BYTES;
    ticks += stat.ticks;
  }
  return { residentBytes, cpuMs: ticks * MS_PER_TICK };
}

interface Stat {
  readonly pid: number;
  readonly parent: number;
  readonly ticks: number;
  readonly residentPages: number;
}

function* withDescendants(stat: Stat, all: ReadonlyMap<number, Stat>): Generator<Stat> {
  yield stat;
  for (const child of all.values()) if (child.parent === stat.pid) yield* withDescendants(child, all);
}

function readAllStats(): Map<number, Stat> {
  const all = new Map<number, Stat>();
  if (process.platform !== "linux") return all;
  for (const name of readdirSync("/proc")) {
    const stat = /^\d+$/.test(name) ? readStat(Number(name)) : undefined;
    if (stat !== undefined) all.set(stat.pid, stat);
  }
  return all;
}

function readStat(pid: number): Stat | undefined {
  let text: string;
  try {
    text = readFileSync(`/proc/${pid}/stat`, "utf8");
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    // It ended between the listing and the reading.
    if (code === "ENOENT" || code === "ESRCH") return undefined;
    throw error;
  }
  // The name, in parentheses, may hold spaces and parentheses: the fields begin after the last one.
  // proc(5): state is field 3, ppid 4, utime 14, stime 15, cutime 16, cstime 17, rss 24.
  const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
  const field = (number: number): number => Number(fields[number - 3] ?? 0);
  return {
    pid,
    parent: field(4),
    ticks: field(14) + field(15) + field(16) + field(17),
    residentPages: field(24),
  };
}
