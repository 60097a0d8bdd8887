import type { Cell } from "./table.ts";

export type Aim = { readonly most: number } | { readonly least: number };

export const AIM_COLUMNS = ["what", "figure", "unit", "aim", ""] as const;

/** A row that says whether its figure reaches the aim, where there is one. */
export function aimRow(what: string, figure: number, unit: string, aim?: Aim): Cell[] {
  if (aim === undefined) return [what, figure, unit, null, ""];
  const reached = "most" in aim ? figure <= aim.most : figure >= aim.least;
  const wanted = "most" in aim ? `at most ${aim.most}` : `at least ${aim.least}`;
  return [what, figure, unit, wanted, reached ? "reached" : "NOT reached"];
}
