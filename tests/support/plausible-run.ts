/** One run as a machine might have had it, of any outcome, with ids and output that try to do harm. */
import type { ResultReason, TaskResult } from "../../shared/domain/result.ts";
import type { Run, RunState } from "../../shared/domain/run.ts";

/** In [0, 1), like Math.random. */
export type Chance = () => number;

/** Mulberry32: small, and good enough to spread rows. */
export function seededChance(seed: number): Chance {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

interface Ending {
  readonly share: number;
  readonly state: RunState;
  readonly reason: ResultReason | null;
  readonly exitCode: number | null;
  readonly stopped?: true;
}

/** How runs end, and how often; the shares add up to 1. */
const ENDINGS: readonly Ending[] = [
  { share: 0.68, state: "reported", reason: "exited", exitCode: 0 },
  { share: 0.08, state: "reported", reason: "exited", exitCode: 1 },
  { share: 0.03, state: "reported", reason: "exited", exitCode: 127 },
  { share: 0.01, state: "reported", reason: "output_refused", exitCode: 0 },
  { share: 0.02, state: "reported", reason: "rejected", exitCode: -1 },
  { share: 0.02, state: "reported", reason: "engine_error", exitCode: -1 },
  { share: 0.05, state: "reported", reason: "timed_out", exitCode: -1 },
  { share: 0.03, state: "reported", reason: "out_of_memory", exitCode: -1 },
  { share: 0.01, state: "reported", reason: "cancelled", exitCode: -1 },
  { share: 0.01, state: "given_back", reason: null, exitCode: null, stopped: true },
  { share: 0.03, state: "given_back", reason: null, exitCode: null },
  { share: 0.02, state: "superseded", reason: null, exitCode: null },
  { share: 0.01, state: "lost_race", reason: null, exitCode: null },
];
const OPEN: readonly Ending[] = [
  { share: 0.25, state: "claimed", reason: null, exitCode: null },
  { share: 0.5, state: "running", reason: null, exitCode: null },
  { share: 0.25, state: "finished", reason: "exited", exitCode: 0 },
];

const STEMS = [
  "fold",
  "Render_frame",
  "sweep-2024",
  "monte-carlo",
  "tile",
  "A_very_long_name_of_an_experiment",
] as const;
/** All of them valid: one of A-Z a-z 0-9 - _ in 1 to 64. */
const HOSTILE_IDS = [
  "__proto__",
  "constructor",
  "-rf",
  "--help",
  "-1-1",
  "0x1F",
  "1e5",
  "NaN",
  "null",
  "undefined",
  "_",
  "-",
  "SELECT-1--",
  "W".repeat(64),
  "toString",
  "CON",
] as const;
const OUTPUTS = [
  ["ok\n", ""],
  ["", "sh: 1: prog: not found\n"],
  ["\u001b[31mred\u001b[0m\n<img src=x onerror=alert(1)>\n", "\u001b]0;title\u0007warning\n"],
  ["\u202egnp.exe\n\ufffd\u0000\n=cmd|' /C calc'!A0\n", ""],
  ["step 1 of 400 done\n".repeat(400), "deprecated\n".repeat(40)],
] as const;

export interface Place {
  readonly index: number;
  readonly claimedAtMs: number;
  readonly nowMs: number;
  readonly grids: readonly string[];
  /** Not over yet. */
  readonly open: boolean;
  /** With a result and a script. */
  readonly output: boolean;
}

export function plausibleRun(place: Place, chance: Chance): Run {
  const { index, claimedAtMs, nowMs } = place;
  const ending = pick(place.open ? OPEN : ENDINGS, chance);
  const taskId = index % 97 === 96 ? of(HOSTILE_IDS, chance) : `${of(STEMS, chance)}-${index}`;
  const wall = (ms: number): number => Math.min(nowMs, Math.floor(ms));
  const began = ending.reason !== "rejected" && ending.state !== "claimed" && ending.state !== "lost_race";
  const startingAtMs = began ? wall(claimedAtMs + chance() * 20_000) : null;
  const startedAtMs = startingAtMs === null ? null : wall(startingAtMs + chance() * 3_000);
  const tookMs = ending.reason === "timed_out" ? 30_000 : 50 + chance() ** 4 * 280_000;
  const over = startedAtMs !== null && ending.state !== "running";
  const finishedAtMs = over ? wall(startedAtMs + tookMs) : null;
  // Some were frozen on the way.
  const durationMs =
    over && finishedAtMs !== null ? Math.floor((finishedAtMs - startedAtMs) * (chance() < 0.1 ? 0.5 : 1)) : null;
  const run: Run = {
    claim_id: uuid(chance),
    grid: of(place.grids, chance),
    task_id: taskId,
    path: `tasks/in_progress/node-1-${taskId}.json`,
    state: ending.state,
    attempt: 1 + Math.floor(chance() ** 6 * 5),
    claimed_at_ms: claimedAtMs,
    starting_at_ms: startingAtMs,
    started_at_ms: startedAtMs,
    finished_at_ms: finishedAtMs,
    reported_at_ms: ending.state === "reported" ? wall((finishedAtMs ?? claimedAtMs) + chance() * 60_000) : null,
    duration_ms: durationMs,
    exit_code: ending.exitCode,
    reason: ending.reason,
    result: null,
    script: null,
    stopped: ending.stopped ?? ending.reason === "cancelled",
  };
  if (!place.output) return run;
  const result = resultOf(run, of(OUTPUTS, chance));
  const script = `#!/bin/sh\nset -eu\n# </script><b>part ${index}</b>\nexec ./work --part=${index} "$@"\n`;
  return { ...run, script, result: result === undefined ? null : JSON.stringify(result) };
}

function resultOf(run: Run, [stdout, stderr]: readonly [string, string]): TaskResult | undefined {
  if (run.exit_code === null || run.reason === null) return undefined;
  const at = (ms: number | null): string => new Date(ms ?? run.claimed_at_ms).toISOString();
  return {
    task_id: run.task_id,
    node_id: "node-1",
    exit_code: run.exit_code,
    stdout,
    stderr,
    timestamp: at(run.finished_at_ms),
    status: run.exit_code === 0 ? "success" : "failed",
    claim_id: run.claim_id,
    reason: run.reason,
    ...(run.started_at_ms === null ? {} : { started_at: at(run.started_at_ms) }),
    ...(run.finished_at_ms === null ? {} : { finished_at: at(run.finished_at_ms) }),
    ...(run.duration_ms === null ? {} : { duration_ms: run.duration_ms }),
    stdout_bytes: Buffer.byteLength(stdout),
    stderr_bytes: Buffer.byteLength(stderr),
    stdout_truncated: false,
    stderr_truncated: false,
    image: "debian:bookworm-slim",
    attempts: run.attempt,
  };
}

function pick(endings: readonly Ending[], chance: Chance): Ending {
  let left = chance();
  const found = endings.find(({ share }) => (left -= share) < 0) ?? endings.at(-1);
  if (found === undefined) throw new Error("there is no ending to pick");
  return found;
}

function of<T>(values: readonly T[], chance: Chance): T {
  const value = values[Math.floor(chance() * values.length)];
  if (value === undefined) throw new Error("there is nothing to choose from");
  return value;
}

/** A version 4 UUID's shape. */
function uuid(chance: Chance): string {
  const hex = Array.from({ length: 4 }, () =>
    Math.floor(chance() * 2 ** 32)
      .toString(16)
      .padStart(8, "0"),
  ).join("");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}`;
}
