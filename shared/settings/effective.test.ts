import { describe, expect, it } from "vitest";
import { leastMemoryBytes, MEBIBYTE } from "../domain/limits.ts";
import { effectiveLimits, effectiveRules } from "./effective.ts";
import { Settings } from "./settings.ts";

const MACHINE = { cpuCount: 8, memoryBytes: 16_384 * MEBIBYTE };

describe("limits in force", () => {
  it("are half the cores, a quarter of the memory and four tasks where nobody chose", () => {
    expect(effectiveLimits({}, {}, MACHINE)).toEqual({
      cpus: 4,
      memoryBytes: 4096 * MEBIBYTE,
      parallel: 4,
      pids: 64,
      tmpBytes: 64 * MEBIBYTE,
    });
  });

  it("are the donor's, and before those the environment's", () => {
    const chosen = { cpus: 2, memoryBytes: 1024 * MEBIBYTE, parallel: 3 };
    expect(effectiveLimits(chosen, { cpus: 1 }, MACHINE)).toMatchObject({ ...chosen, cpus: 1 });
  });

  it("never exceed a machine smaller than the one they were chosen on", () => {
    const chosen = { cpus: 64, memoryBytes: 2 ** 40 };
    expect(effectiveLimits(chosen, {}, MACHINE)).toMatchObject({ cpus: 8, memoryBytes: MACHINE.memoryBytes });
  });

  it("leave every task side by side its least memory", () => {
    const tmpBytes = 512 * MEBIBYTE;
    const limits = effectiveLimits({ tmpBytes, memoryBytes: 1300 * MEBIBYTE, parallel: 4 }, {}, MACHINE);
    expect(limits.parallel).toBe(2);
    expect(limits.memoryBytes / limits.parallel).toBeGreaterThanOrEqual(leastMemoryBytes(tmpBytes));
  });

  it("cut /tmp to what the memory has room for, and never raise the memory for it", () => {
    const limits = effectiveLimits({ tmpBytes: 512 * MEBIBYTE, memoryBytes: 144 * MEBIBYTE }, {}, MACHINE);
    expect(limits).toMatchObject({ parallel: 1, memoryBytes: 144 * MEBIBYTE, tmpBytes: 64 * MEBIBYTE });
    const huge = effectiveLimits({ tmpBytes: 2 ** 40 }, { memoryBytes: 1024 * MEBIBYTE }, MACHINE);
    expect(leastMemoryBytes(huge.tmpBytes)).toBe(huge.memoryBytes);
  });
});

describe("limits as they are stored", () => {
  it("hold only what was chosen", () => {
    expect(Settings.parse({ limits: { cpus: 2 } }).limits).toEqual({ cpus: 2 });
  });
});

describe("rules in force", () => {
  it("take images and the hourly limit from the environment where it names them", () => {
    const settings = Settings.parse({ images: { allowed: ["a:1"] } });
    const rules = effectiveRules(settings, { image: "own:1", images: [], tasksPerHour: 5 }, MACHINE);
    expect(rules).toMatchObject({ images: { default: "own:1", allowed: [], pull: true }, policy: { tasksPerHour: 5 } });
  });
});
