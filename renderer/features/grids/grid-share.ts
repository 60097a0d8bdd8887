import type { GridView } from "../../../shared/contract/views.ts";

type Weighed = Pick<GridView, "id" | "enabled" | "leaving" | "weight">;

/** The part of the machine's time that a grid gets beside the others, 0..1. */
export function shareOf(grid: Weighed, all: Iterable<Weighed>): number {
  const gives = (one: Weighed): boolean => one.enabled && !one.leaving;
  if (!gives(grid)) return 0;
  let sum = 0;
  for (const one of all) if (gives(one)) sum += one.weight;
  return sum === 0 ? 0 : grid.weight / sum;
}
