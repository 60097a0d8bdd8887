import { expect, it } from "vitest";
import { UsageMeter } from "./usage-meter.ts";

const stats = (cpuMs: number) => ({ cpuNs: cpuMs * 1e6, memoryBytes: 7 });

it("says cores as an average since the last reading, and none at the first", () => {
  const meter = new UsageMeter();
  expect(meter.read(stats(500), 1_000)).toEqual({ cpus: 0, memoryBytes: 7 });
  expect(meter.read(stats(2_500), 2_000)).toEqual({ cpus: 2, memoryBytes: 7 });
  expect(meter.read(stats(2_600), 4_000).cpus).toBeCloseTo(0.05);
});

it("never says a negative or endless number of cores, and an old answer spoils no later one", () => {
  const meter = new UsageMeter();
  meter.read(stats(500), 1_000);
  expect(meter.read(stats(900), 1_000).cpus).toBe(0);
  expect(meter.read(stats(400), 1_500).cpus).toBe(0);
  expect(meter.read(stats(1_000), 2_000).cpus).toBe(0.5);
});
