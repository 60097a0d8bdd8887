import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { leastMemoryBytes as leastOfOne } from "../../../shared/domain/limits.ts";
import {
  chosenBy,
  GIBIBYTE,
  leastMemoryBytes,
  MEBIBYTE,
  MEMORY_LEAST_BYTES,
  presetLimits,
  presetOf,
  PRESETS,
  tasksThatFit,
} from "./limit-rules.ts";

const defaults = { cpus: 4, memoryBytes: 4 * GIBIBYTE, parallel: 4, pids: 64, tmpBytes: 64 * MEBIBYTE };
const machine = { cpuCount: 8, memoryBytes: 16 * GIBIBYTE };

const anyMachine = fc.record({
  cpuCount: fc.integer({ min: 1, max: 256 }),
  memoryBytes: fc.integer({ min: 1, max: 2048 }).map((count) => count * 512 * MEBIBYTE),
});

describe("the memory that tasks need", () => {
  it("is what the engine asks for each task", () => {
    expect(leastMemoryBytes(64 * MEBIBYTE, 3)).toBe(3 * leastOfOne(64 * MEBIBYTE));
  });

  it("is never less than the settings take", () => {
    expect(leastMemoryBytes(MEBIBYTE, 1)).toBe(MEMORY_LEAST_BYTES);
  });

  it("says how many tasks it is enough for", () => {
    expect(tasksThatFit({ memoryBytes: 300 * MEBIBYTE, tmpBytes: 64 * MEBIBYTE })).toBe(2);
    expect(tasksThatFit({ memoryBytes: MEBIBYTE, tmpBytes: 64 * MEBIBYTE })).toBe(1);
  });
});

describe("presets", () => {
  it("give every task the memory it needs, on any machine", () => {
    fc.assert(
      fc.property(anyMachine, fc.constantFrom(...PRESETS.slice(0, 1), "generous" as const), (any, preset) => {
        const limits = presetLimits(preset, any, defaults, defaults.tmpBytes);
        expect(limits.memoryBytes).toBeGreaterThanOrEqual(leastMemoryBytes(defaults.tmpBytes, limits.parallel));
        expect(limits.parallel).toBeGreaterThanOrEqual(1);
        expect(limits.cpus).toBeGreaterThanOrEqual(0.5);
      }),
    );
  });

  it("grow from light to generous", () => {
    const [light, balanced, generous] = PRESETS.map((one) => presetLimits(one, machine, defaults, defaults.tmpBytes));
    expect(light?.cpus).toBeLessThan(balanced?.cpus ?? 0);
    expect(balanced?.memoryBytes).toBeLessThan(generous?.memoryBytes ?? 0);
  });

  it("are recognised by their limits", () => {
    for (const preset of PRESETS) {
      expect(presetOf(presetLimits(preset, machine, defaults, defaults.tmpBytes), machine, defaults)).toBe(preset);
    }
    expect(presetOf({ ...defaults, cpus: 3.5 }, machine, defaults)).toBeUndefined();
  });

  it("follow the machine again with the default one, and leave the size of a task alone", () => {
    const chosen = { cpus: 1, memoryBytes: GIBIBYTE, parallel: 1, pids: 128 };
    expect(chosenBy("balanced", defaults, chosen)).toEqual({ pids: 128 });
    const light = presetLimits("light", machine, defaults, defaults.tmpBytes);
    expect(chosenBy("light", light, chosen)).toEqual({ cpus: 2, memoryBytes: 2 * GIBIBYTE, parallel: 1, pids: 128 });
  });
});
