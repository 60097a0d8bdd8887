import type { ClaimFigure } from "./claims.ts";
import type { BenchTable } from "./table.ts";

/** The figures as a table; every side against the baseline in the same case. */
export function claimsTable(figures: readonly ClaimFigure[], baseline: string): BenchTable {
  return {
    title: "claims: claim and report without container (medians)",
    columns: ["transport", "workers", "tasks", "side", "batch", "tasks/s", "ratio", "pushes/task", "lost", "doubled"],
    rows: figures.map((figure) => [
      figure.transport,
      figure.workers,
      figure.tasks,
      figure.side,
      figure.batch,
      figure.tasksPerSecond,
      ratioTo(baseline, figure, figures),
      figure.pushesPerTask,
      figure.lost,
      figure.doubled,
    ]),
  };
}

/** How many times the baseline's rate this is, in the same case; null where the baseline was not run. */
export function ratioTo(baseline: string, figure: ClaimFigure, figures: readonly ClaimFigure[]): number | null {
  const base = figures.find(
    (other) => other.side === baseline && other.transport === figure.transport && other.workers === figure.workers,
  );
  return base === undefined ? null : figure.tasksPerSecond / base.tasksPerSecond;
}
