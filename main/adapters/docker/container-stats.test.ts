import { describe, expect, it } from "vitest";
import { statsOf } from "./container-stats.ts";

const answer = (stats: Record<string, number>): unknown => ({
  cpu_stats: { cpu_usage: { total_usage: 1_234_567 } },
  memory_stats: { usage: 1_000, stats },
});

describe("an engine's statistics", () => {
  it.each([
    // Version 1 has both, and the plain one is that of the top group alone.
    ["1", { inactive_file: 1, total_inactive_file: 300 }],
    ["2", { inactive_file: 300, anon: 500 }],
  ])("leave out what the kernel can drop, with control groups of version %s", (_version, details) => {
    expect(statsOf(answer(details))).toEqual({ cpuNs: 1_234_567, memoryBytes: 700 });
  });

  it.each([
    ["of a container that has ended", { cpu_stats: { cpu_usage: { total_usage: 0 } }, memory_stats: {} }],
    ["that are none", "nonsense"],
    ["that contradict themselves", { memory_stats: { usage: 5, stats: { inactive_file: 9 } } }],
  ])("%s count as nothing used", (_what, given) => {
    expect(statsOf(given)).toEqual({ cpuNs: 0, memoryBytes: 0 });
  });
});
