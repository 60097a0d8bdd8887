import type { BenchPart } from "./bench-part.ts";
import { measureSizes, sizeTable, type SizeFigure } from "./size.ts";
import { sizeWorker } from "./size-worker.ts";

const SIZES = [100, 1_500, 100_000];
const AIM = 2;

/** What the number of finished tasks costs; 1,500 is the directory width that GitHub recommends. */
export const sizePart: BenchPart = {
  name: "size",
  async measure(scale) {
    const sizes = scale.quick ? [5, 20] : SIZES;
    const figures = await measureSizes({
      sizes,
      repetitions: scale.quick ? 1 : scale.repetitions * 2 + 1,
      worker: sizeWorker,
    });
    const notes = (["claim", "report"] as const).map((step) => judge(step, figures));
    return { tables: [{ ...sizeTable(figures), notes }], figures };
  },
};

function judge(step: "claim" | "report", [small, middle]: readonly SizeFigure[]): string {
  const ratio = (middle?.[step].ms ?? Number.NaN) / (small?.[step].ms ?? Number.NaN);
  return `${step}: ${middle?.finished ?? "-"} finished cost ${ratio.toFixed(2)} times ${small?.finished ?? "-"}; aim at most ${AIM}: ${ratio <= AIM ? "reached" : "NOT reached"}`;
}
