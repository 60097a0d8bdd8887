import type { Clock, Log } from "../../engine/ports.ts";
import type { DeadmanSwitch } from "./deadman-switch.ts";
import type { Engine, EngineTraits } from "./engine.ts";

/** A connected engine and all that containers on it share. */
export interface EngineSession {
  readonly engine: Engine;
  readonly traits: EngineTraits;
  readonly clock: Clock;
  readonly log: Log;
  readonly deadman: DeadmanSwitch;
  /** runsc, kata and the like; undefined is the engine's own. */
  readonly runtime: string | undefined;
  readonly timing: Timing;
  /** Whether the connection that tells of the engine's end was never cut. */
  readonly unbroken: () => boolean;
  /** Takes note of a container that could not be removed; it is tried again later. */
  readonly owe: (id: string) => void;
}

/** Waits at the end of a run; only tests change them. */
export interface Timing {
  /** Between SIGTERM and SIGKILL (sandbox, "time"). */
  readonly stopGraceMs: number;
  /** How long an engine that went away may take to come back before its containers are given up. */
  readonly engineReturnMs: number;
}

export const TIMING: Timing = { stopGraceMs: 2_000, engineReturnMs: 20_000 };
