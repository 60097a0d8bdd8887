import type { BenchPart } from "./bench-part.ts";
import { historyTable, measureHistory } from "./history.ts";

const ROWS = 100_000;
const REPETITIONS = 7;
/** Until the first rows are on the screen, of which this is the worker's part. */
const AIM_MS = 200;

/** What a history of years costs to look at. */
export const historyPart: BenchPart = {
  name: "history",
  async measure(scale) {
    const figures = measureHistory({
      rows: scale.quick ? 500 : ROWS,
      repetitions: scale.quick ? 1 : REPETITIONS,
    });
    return { tables: [historyTable(figures, AIM_MS)], figures };
  },
};
