/**
 * A history full of plausible runs, for the browser's tests and for benchmarks. The same arguments
 * make the same rows: what looks like chance is a seeded generator.
 */
import { openHistory } from "../../main/adapters/history/sqlite-history.ts";
import type { Log } from "../../main/engine/ports.ts";
import type { Run } from "../../shared/domain/run.ts";
import { plausibleRun, seededChance } from "./plausible-run.ts";

const DAY_MS = 86_400_000;
const BATCH = 20_000;

/** What rows of a filled history name as their grid, as the engine writes it. */
export const FILLED_GRIDS = [
  "https://git.example.org/science/protein-folding.git",
  "https://git.example.org/science/protein-folding.git#shard-2",
  "ssh://git@grid.example.net/weather.git",
  "file:///srv/grids/a%20grid%20with%20spaces.git",
] as const;

export interface FillOptions {
  /** The newest run was claimed just before; ms since the epoch. Without it, the moment of the call. */
  readonly nowMs?: number;
  readonly days?: number;
  readonly grids?: readonly string[];
  /** The newest rows of all are runs that are not over; 4 where not said. */
  readonly open?: number;
  /** How many of the newest rows have a result and a script; 1,000 where not said. */
  readonly outputs?: number;
  readonly seed?: number;
}

/** Adds `rows` runs to a history file, which is made where it is missing; the oldest come first. */
export function fillHistory(file: string, rows: number, options: FillOptions = {}): void {
  const { nowMs = Date.now(), days = 300, grids = FILLED_GRIDS, open = 4, outputs = 1_000, seed = 1 } = options;
  const chance = seededChance(seed);
  const history = openHistory(file, LOUD);
  try {
    let runs: Run[] = [];
    let claimedAtMs = nowMs - days * DAY_MS;
    for (let index = 0; index < rows; index++) {
      // Two claims of one push have the same time, and order must hold all the same.
      if (index % 5 !== 0) claimedAtMs = Math.floor(nowMs - days * DAY_MS * (1 - index / rows));
      const left = rows - index;
      runs.push(
        plausibleRun({ index, claimedAtMs, nowMs, grids, open: left <= open, output: left <= outputs }, chance),
      );
      if (runs.length < BATCH && left > 1) continue;
      const saved = history.save(runs);
      if (!saved.ok) throw new Error(saved.fault.detail);
      runs = [];
    }
  } finally {
    history.close();
  }
}

const fail = (_: unknown, message: string): never => {
  throw new Error(message);
};
/** A file that has to be put aside is not what the caller meant to fill. */
const LOUD: Log = { debug: fail, info: fail, warn: fail, error: fail };
