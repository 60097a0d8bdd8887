import { expect, it } from "vitest";
import { BusyMeter } from "./busy-meter.ts";

function machine(): { meter: BusyMeter; at(ms: number, cpus: number, ours: number): Promise<number | undefined> } {
  let nowMs = 0;
  let all = 0;
  let own = 0;
  const meter = new BusyMeter({
    meter: { use: () => ({ cpus: all, memoryBytes: 0 }) },
    clock: { monotonic: () => nowMs },
    cpuCount: 4,
    ours: () => Promise.resolve(own),
  });
  return {
    meter,
    at: (ms, cpus, ours) => {
      nowMs = ms;
      all = cpus;
      own = ours;
      return meter.read();
    },
  };
}

it("is unknown until ten seconds were seen, then the others' share of all cores over the last ten", async () => {
  const { at } = machine();
  for (const ms of [2_000, 4_000, 6_000, 8_000]) expect(await at(ms, 4, 2)).toBeUndefined();
  expect(await at(10_000, 4, 2)).toBe(0.5);
  for (const ms of [12_000, 14_000, 16_000, 18_000]) await at(ms, 2, 2);
  expect(await at(20_000, 2, 2)).toBe(0);
});

it("never counts our own work as others', and asks for it no more often than every two seconds", async () => {
  const { at } = machine();
  for (let ms = 500; ms <= 12_000; ms += 500) await at(ms, 3, 4);
  expect(await at(12_500, 3, 4)).toBe(0);
});
