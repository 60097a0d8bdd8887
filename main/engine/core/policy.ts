/**
 * Whether this machine works now: exactly one state with one named reason, by the rules of the
 * donor policy in their order. Pure: time and readings come in, an unknown reading never suspends.
 */
import type { Fault } from "../../../shared/contract/fault.ts";
import type { Reason, State } from "../../../shared/contract/views.ts";
import type { Mode, Policy, Window } from "../../../shared/settings/policy.ts";
import type { Readings } from "./readings.ts";

/**
 * donating: claims and runs. holding: claims nothing, running tasks go on.
 * finishing: runs what was claimed, then pauses. suspended: running tasks are frozen.
 * off: the donor has not switched donating on.
 */
export type { Reason, State };

export interface Verdict {
  readonly state: State;
  readonly reason: Reason;
  /** For not_ready: what is missing. */
  readonly fault?: Fault;
}

export interface Moment {
  /** Local wall time: 0 is Sunday, minutes since local midnight. Right across daylight saving. */
  readonly local: { readonly day: number; readonly minute: number };
  readonly readings: Readings;
  readonly notReady: Fault | undefined;
  readonly startedInLastHour: number;
  /** How long ago the machine was last seen busy, by a clock that nobody sets; the rule holds for a while. */
  readonly sinceBusyMs: number | undefined;
}

/** The busy rule holds this long, so that it does not flap. */
export const BUSY_HOLD_MS = 20_000;

export function judge(mode: Mode, policy: Policy, at: Moment): Verdict {
  if (mode.kind === "off") return { state: "off", reason: "not_switched_on" };
  const resting = whyResting(mode, policy, at);
  // Not being ready is named first, but it thaws nothing that a rule has frozen.
  if (at.notReady !== undefined) {
    return { state: resting === undefined ? "holding" : "suspended", reason: "not_ready", fault: at.notReady };
  }
  if (resting !== undefined) return { state: "suspended", reason: resting };
  if (mode.kind === "finishing") return { state: "finishing", reason: "finishing" };
  if (policy.tasksPerHour !== undefined && at.startedInLastHour >= policy.tasksPerHour) {
    return { state: "holding", reason: "rate_limit" };
  }
  if (at.readings.freeDiskBytes !== undefined && at.readings.freeDiskBytes < policy.freeDiskFloorBytes) {
    return { state: "holding", reason: "disk_low" };
  }
  return { state: "donating", reason: "donating" };
}

function whyResting(mode: Mode, policy: Policy, at: Moment): Reason | undefined {
  if (mode.kind === "paused") return "paused_by_donor";
  return safety(policy, at.readings) ?? (mode.kind === "always" ? undefined : courtesy(policy, at));
}

function safety(policy: Policy, readings: Readings): Reason | undefined {
  if (readings.asleep === true) return "asleep";
  if (readings.onBattery === true && policy.onBattery === "suspend") return "on_battery";
  if (readings.tooHot === true) return "too_hot";
  if (readings.freeMemoryBytes !== undefined && readings.freeMemoryBytes < policy.freeMemoryFloorBytes) {
    return "memory_pressure";
  }
  return undefined;
}

function courtesy(policy: Policy, at: Moment): Reason | undefined {
  if (policy.windows.length > 0 && !policy.windows.some((window) => within(window, at.local)))
    return "outside_schedule";
  const { idleMs, exclusivePrograms = [] } = at.readings;
  if (policy.whenActive === "suspend" && idleMs !== undefined && idleMs < policy.idleMinutes * 60_000) {
    return "person_active";
  }
  if (exclusivePrograms.some((name) => policy.exclusivePrograms.includes(name))) return "exclusive_program";
  return at.sinceBusyMs !== undefined && at.sinceBusyMs < BUSY_HOLD_MS ? "machine_busy" : undefined;
}

function within({ days, startMinute, endMinute }: Window, { day, minute }: Moment["local"]): boolean {
  if (startMinute < endMinute) return days.includes(day) && minute >= startMinute && minute < endMinute;
  const yesterday = (day + 6) % 7;
  return (days.includes(day) && minute >= startMinute) || (days.includes(yesterday) && minute < endMinute);
}

/** The mode once a timed pause has run out, or a finishing machine has nothing left. */
export function progress(mode: Mode, nowMs: number, nothingLeft: boolean): Mode {
  if (mode.kind === "paused" && mode.untilMs !== undefined && nowMs >= mode.untilMs) return { kind: mode.resumeAs };
  if (mode.kind === "finishing" && nothingLeft) return { kind: "paused", resumeAs: mode.resumeAs };
  return mode;
}

/** A pause restores what was before it; before anything was switched on there is nothing to pause. */
export function pause(mode: Mode, untilMs: number | undefined): Mode {
  if (mode.kind === "off") return mode;
  const resumeAs = resumed(mode);
  return untilMs === undefined ? { kind: "paused", resumeAs } : { kind: "paused", untilMs, resumeAs };
}

/** Run what has been claimed, claim nothing more, then pause. */
export function finish(mode: Mode): Mode {
  return mode.kind === "off" ? mode : { kind: "finishing", resumeAs: resumed(mode) };
}

function resumed(mode: Mode): "donate" | "always" {
  if (mode.kind === "paused" || mode.kind === "finishing") return mode.resumeAs;
  return mode.kind === "always" ? "always" : "donate";
}
