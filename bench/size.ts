/** What the number of finished tasks costs: time and bytes on the wire of a claim and of a report. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createBareGrid } from "../tests/support/bare-grid.ts";
import { type GitServer, startGitServer } from "../tests/support/git-server.ts";
import { git } from "../tests/support/isolated-git.ts";
import { type BenchTable, median } from "./table.ts";

/** What a measured worker calls when it has come so far; what came before counts to that step. */
export type SizeStep = "clone" | "claim" | "report";

/**
 * The worker measured: clones the grid at `url`, calls done("clone"), claims one task, calls
 * done("claim"), reports it, calls done("report"). Each step with its commit and push.
 */
export type SizeWorker = (url: string, done: (step: SizeStep) => void) => Promise<void>;

export interface SizeOptions {
  /** Finished tasks in each grid. */
  readonly sizes: readonly number[];
  readonly repetitions: number;
  readonly worker: SizeWorker;
}

export interface StepFigure {
  readonly ms: number;
  readonly bytesIn: number;
  readonly bytesOut: number;
}

export interface SizeFigure {
  readonly finished: number;
  readonly clone: StepFigure;
  readonly claim: StepFigure;
  readonly report: StepFigure;
}

/** Medians of each step. One grid for each size: it grows by one finished task in each repetition. */
export async function measureSizes(options: SizeOptions): Promise<readonly SizeFigure[]> {
  const figures: SizeFigure[] = [];
  for (const finished of options.sizes) {
    const root = mkdtempSync(join(tmpdir(), "dgrid-size-"));
    const dir = join(root, "grid.git");
    const gridJson = { protocol: 1, push_budget_per_minute: 100_000 };
    await createBareGrid({ dir, finished, gridJson, tasks: options.repetitions + 1 });
    // A host packs what it stores; unpacked, its own work would be what is measured.
    await git(["repack", "-adq"], { dir });
    const server = await startGitServer({ root });
    try {
      const runs: Map<SizeStep, StepFigure>[] = [];
      for (let repetition = 0; repetition < options.repetitions; repetition += 1) {
        runs.push(await runOnce(server, options.worker));
      }
      const of = (step: SizeStep): StepFigure => medianStep(runs.map((run) => requireStep(run, step)));
      figures.push({ finished, clone: of("clone"), claim: of("claim"), report: of("report") });
    } finally {
      await server.close();
      rmSync(root, { recursive: true, force: true });
    }
  }
  return figures;
}

async function runOnce(server: GitServer, worker: SizeWorker): Promise<Map<SizeStep, StepFigure>> {
  const steps = new Map<SizeStep, StepFigure>();
  let from = { at: performance.now(), ...server.traffic };
  await worker(server.url("grid.git"), (step) => {
    const to = { at: performance.now(), ...server.traffic };
    steps.set(step, { ms: to.at - from.at, bytesIn: to.bytesIn - from.bytesIn, bytesOut: to.bytesOut - from.bytesOut });
    from = to;
  });
  return steps;
}

function requireStep(run: ReadonlyMap<SizeStep, StepFigure>, step: SizeStep): StepFigure {
  const figure = run.get(step);
  if (figure === undefined) throw new Error(`the worker did not say that it was done with: ${step}`);
  return figure;
}

function medianStep(figures: readonly StepFigure[]): StepFigure {
  return {
    ms: median(figures.map((figure) => figure.ms)),
    bytesIn: median(figures.map((figure) => figure.bytesIn)),
    bytesOut: median(figures.map((figure) => figure.bytesOut)),
  };
}

/** The figures as a table, times and bytes against the first size. */
export function sizeTable(figures: readonly SizeFigure[]): BenchTable {
  const steps = ["clone", "claim", "report"] as const;
  return {
    title: "size: one claim and one report, commit and push included, by finished tasks (medians)",
    columns: ["finished", "step", "ms", "times the first", "KiB sent", "KiB received"],
    rows: figures.flatMap((figure) =>
      steps.map((step) => [
        figure.finished,
        step,
        figure[step].ms,
        figure[step].ms / (figures[0]?.[step].ms ?? Number.NaN),
        figure[step].bytesIn / 1024,
        figure[step].bytesOut / 1024,
      ]),
    ),
  };
}
