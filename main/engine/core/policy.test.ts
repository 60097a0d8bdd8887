import { describe, expect, it } from "vitest";
import { fault } from "../../../shared/contract/fault.ts";
import { Policy } from "../../../shared/settings/policy.ts";
import { finish, judge, pause, progress, type Moment } from "./policy.ts";

const rules = (some: object = {}): Policy => Policy.parse(some);
const at = (some: Partial<Moment> = {}): Moment => ({
  local: { day: 1, minute: 600 },
  readings: {},
  notReady: undefined,
  startedInLastHour: 0,
  sinceBusyMs: undefined,
  ...some,
});
const DONATE = { kind: "donate" } as const;
const reason = (mode: Parameters<typeof judge>[0], policy: Policy, moment: Moment): string => {
  const verdict = judge(mode, policy, moment);
  return `${verdict.state}: ${verdict.reason}`;
};

describe("the verdict", () => {
  it("is off until the donor switches on, whatever else is wrong", () => {
    expect(reason({ kind: "off" }, rules(), at({ notReady: fault("docker_missing") }))).toBe("off: not_switched_on");
  });

  it("is donating where nothing is known against it: an unknown reading never suspends", () => {
    expect(reason(DONATE, rules({ whenActive: "suspend", exclusivePrograms: ["game"] }), at())).toBe(
      "donating: donating",
    );
  });

  it("names the first rule of the table when many apply", () => {
    const everything = at({
      notReady: fault("git_missing"),
      readings: { onBattery: true, tooHot: true, freeMemoryBytes: 0, idleMs: 0, freeDiskBytes: 0 },
      sinceBusyMs: 1,
      startedInLastHour: 100,
    });
    const policy = rules({
      whenActive: "suspend",
      tasksPerHour: 1,
      windows: [{ days: [0], startMinute: 0, endMinute: 1 }],
    });
    expect(reason(DONATE, policy, everything)).toBe("suspended: not_ready");
    expect(reason(DONATE, rules(), at({ notReady: fault("git_missing") }))).toBe("holding: not_ready");
    expect(reason({ kind: "paused", resumeAs: "donate" }, policy, { ...everything, notReady: undefined })).toBe(
      "suspended: paused_by_donor",
    );
    expect(reason(DONATE, policy, { ...everything, notReady: undefined })).toBe("suspended: on_battery");
    expect(reason(DONATE, { ...policy, onBattery: "keep" }, { ...everything, notReady: undefined })).toBe(
      "suspended: too_hot",
    );
    expect(reason(DONATE, policy, at({ readings: { freeMemoryBytes: 0 } }))).toBe("suspended: memory_pressure");
    expect(reason(DONATE, policy, at())).toBe("suspended: outside_schedule");
  });

  it("in always ignores schedule, idle and busy, but neither battery nor memory", () => {
    const policy = rules({ whenActive: "suspend", windows: [{ days: [0], startMinute: 0, endMinute: 1 }] });
    expect(reason({ kind: "always" }, policy, at({ readings: { idleMs: 0 }, sinceBusyMs: 1 }))).toBe(
      "donating: donating",
    );
    expect(reason({ kind: "always" }, policy, at({ readings: { onBattery: true } }))).toBe("suspended: on_battery");
  });

  it("holds at the rate limit and on a full disk, without freezing what runs", () => {
    expect(reason(DONATE, rules({ tasksPerHour: 3 }), at({ startedInLastHour: 3 }))).toBe("holding: rate_limit");
    expect(reason(DONATE, rules(), at({ readings: { freeDiskBytes: 1 } }))).toBe("holding: disk_low");
  });

  it("stays busy for 20 s after the machine was", () => {
    expect(reason(DONATE, rules(), at({ sinceBusyMs: 19_999 }))).toBe("suspended: machine_busy");
    expect(reason(DONATE, rules(), at({ sinceBusyMs: 20_000 }))).toBe("donating: donating");
  });

  it.each([
    [1, 23 * 60, "donating: donating"],
    [2, 5 * 60, "donating: donating"],
    [2, 6 * 60, "suspended: outside_schedule"],
    [1, 5 * 60, "suspended: outside_schedule"],
    [1, 22 * 60 - 1, "suspended: outside_schedule"],
  ])("honours a window that crosses midnight (day %i, minute %i)", (day, minute, expected) => {
    const policy = rules({ windows: [{ days: [1], startMinute: 22 * 60, endMinute: 6 * 60 }] });
    expect(reason(DONATE, policy, at({ local: { day, minute } }))).toBe(expected);
  });
});

describe("a mode", () => {
  it("that is off stays off: a pause must not switch donating on", () => {
    expect(pause({ kind: "off" }, 5000)).toEqual({ kind: "off" });
    expect(finish({ kind: "off" })).toEqual({ kind: "off" });
  });

  it("of finishing while paused remembers what to resume as", () => {
    expect(finish(pause({ kind: "always" }, undefined))).toEqual({ kind: "finishing", resumeAs: "always" });
  });

  it("comes back after a timed pause as it was before", () => {
    const paused = pause({ kind: "always" }, 5000);
    expect(progress(paused, 4999, false)).toBe(paused);
    expect(progress(paused, 5000, false)).toEqual({ kind: "always" });
    expect(progress(pause(paused, undefined), Number.MAX_SAFE_INTEGER, false)).toEqual({
      kind: "paused",
      resumeAs: "always",
    });
  });

  it("of finishing pauses once nothing is left", () => {
    const finishing = finish(DONATE);
    expect(progress(finishing, 0, false)).toBe(finishing);
    expect(progress(finishing, 0, true)).toEqual({ kind: "paused", resumeAs: "donate" });
  });
});
