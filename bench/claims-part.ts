import type { BenchPart, BenchScale } from "./bench-part.ts";
import { type ClaimCase, type ClaimSide, measureClaims, type Transport } from "./claims.ts";
import { claimsTable } from "./claims-table.ts";
import { threeDigits } from "./table.ts";

const DELAY_MS = 300;
/** Ten minutes: the reference with sixteen workers and the delay takes some of them. */
const TIMEOUT_MS = 600_000;

/** The claims part: all sides against the first. */
export function claimsPart(sides: readonly [baseline: ClaimSide, ...others: ClaimSide[]]): BenchPart {
  return {
    name: "claims",
    async measure(scale, progress) {
      const figures = await measureClaims({
        sides,
        cases: casesOf(scale),
        repetitions: scale.repetitions,
        delayMs: scale.quick ? 10 : DELAY_MS,
        timeoutMs: TIMEOUT_MS,
        onRun: (run) =>
          progress(
            `${run.transport}, ${run.workers} workers, ${run.side}, batch ${run.batch}: ${threeDigits(run.tasksPerSecond)} tasks/s`,
          ),
      });
      return { tables: [claimsTable(figures, sides[0].name)], figures };
    },
  };
}

function casesOf(scale: BenchScale): readonly ClaimCase[] {
  const workers = scale.quick ? [1, 2] : [1, 4, 8, 16];
  const transports: readonly { transport: Transport; tasks: number }[] = [
    { transport: "file", tasks: scale.quick ? 4 : 192 },
    // A task of the reference takes ten requests at least: fewer tasks, the same rates.
    { transport: "http", tasks: scale.quick ? 2 : 24 },
  ];
  return transports.flatMap(({ transport, tasks }) =>
    workers.map((count) => ({ transport, workers: count, tasks: scale.tasks ?? tasks })),
  );
}
