/**
 * Workers competing for one repository: claim and report, no container. Every side runs in the
 * same run, turn by turn, each time on a fresh grid, and every grid is checked afterwards.
 */
import { createClaimGrid } from "./claim-grid.ts";
import { checkGrid, type GridCheck } from "./check-grid.ts";
import { runWorkers } from "./processes.ts";
import { median } from "./table.ts";

/** How the workers reach the grid: a path, or loopback HTTP with a delay added to every request. */
export type Transport = "file" | "http";

/**
 * One of the programs compared. It waits at the start barrier and ends with a JSON line
 * `{tasks, pushes?, rejected?, ms}`, `pushes` counting the rejected ones too.
 */
export interface ClaimSide {
  readonly name: string;
  /** The batch sizes it can do. */
  readonly batches: readonly number[];
  command(url: string, node: string, batch: number): readonly string[];
}

export interface ClaimCase {
  readonly workers: number;
  readonly transport: Transport;
  readonly tasks: number;
}

export interface ClaimsOptions {
  readonly sides: readonly ClaimSide[];
  readonly cases: readonly ClaimCase[];
  readonly repetitions: number;
  /** Added to every request of the http transport. */
  readonly delayMs: number;
  readonly timeoutMs: number;
  readonly onRun?: (run: ClaimRun) => void;
}

/** What was measured of one side in one repetition of one case. */
export interface ClaimRun extends ClaimCase {
  readonly side: string;
  readonly batch: number;
  readonly tasksPerSecond: number;
  /** NaN where the side did not count, and the transport has no server that did. */
  readonly pushesPerTask: number;
  readonly acceptedPushesPerTask: number;
  readonly lost: number;
  readonly doubled: number;
}

/** The medians over the repetitions; lost and doubled are sums, for one is too many. */
export interface ClaimFigure extends ClaimRun {
  readonly runs: readonly ClaimRun[];
}

export async function measureClaims(options: ClaimsOptions): Promise<readonly ClaimFigure[]> {
  const runs: ClaimRun[] = [];
  for (const claimCase of options.cases) {
    for (let repetition = 0; repetition < options.repetitions; repetition += 1) {
      for (const side of options.sides) {
        for (const batch of side.batches) {
          const run = await runOnce(side, batch, claimCase, options);
          options.onRun?.(run);
          runs.push(run);
        }
      }
    }
  }
  const groups = Map.groupBy(runs, (run) => [run.transport, run.workers, run.tasks, run.side, run.batch].join(" "));
  return Array.from(groups.values(), figureOf);
}

async function runOnce(
  side: ClaimSide,
  batch: number,
  claimCase: ClaimCase,
  options: ClaimsOptions,
): Promise<ClaimRun> {
  const grid = await createClaimGrid(claimCase.tasks, claimCase.transport, options.delayMs);
  try {
    const workers = Array.from({ length: claimCase.workers }, (_, index) => ({
      argv: side.command(grid.url, `bench-${index + 1}`, batch),
    }));
    const { ms, lines } = await runWorkers(workers, { timeoutMs: options.timeoutMs });
    const check = await checkGrid(grid.dir, grid.taskIds);
    const pushes = grid.countedPushes() ?? sumOf(lines, "pushes");
    return {
      ...claimCase,
      side: side.name,
      batch,
      tasksPerSecond: check.finished / (ms / 1000),
      pushesPerTask: pushes / claimCase.tasks,
      acceptedPushesPerTask: check.acceptedPushes / claimCase.tasks,
      lost: check.lost.length,
      doubled: doubledTasks(check, sumOf(lines, "tasks")),
    };
  } finally {
    await grid.remove();
  }
}

/** Doubled in the grid, or run twice by the workers' own count though reported once. */
function doubledTasks(check: GridCheck, tasksRun: number): number {
  return Math.max(check.doubled.length, Number.isNaN(tasksRun) ? 0 : tasksRun - check.finished);
}

/** NaN where a line does not have that number: nothing is made up. */
function sumOf(lines: readonly unknown[], name: string): number {
  let sum = 0;
  for (const line of lines) {
    const value = new Map<string, unknown>(Object.entries(line ?? {})).get(name);
    sum += typeof value === "number" ? value : Number.NaN;
  }
  return sum;
}

function figureOf(runs: readonly ClaimRun[]): ClaimFigure {
  const [first] = runs;
  if (first === undefined) throw new Error("no run to take the median of");
  const of = (name: "tasksPerSecond" | "pushesPerTask" | "acceptedPushesPerTask"): number =>
    median(runs.map((run) => run[name]));
  return {
    ...first,
    tasksPerSecond: of("tasksPerSecond"),
    pushesPerTask: of("pushesPerTask"),
    acceptedPushesPerTask: of("acceptedPushesPerTask"),
    lost: runs.reduce((sum, run) => sum + run.lost, 0),
    doubled: runs.reduce((sum, run) => sum + run.doubled, 0),
    runs,
  };
}
