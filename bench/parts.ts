import type { BenchPart } from "./bench-part.ts";
import { claimsPart } from "./claims-part.ts";
import { desktopPart } from "./desktop-part.ts";
import { historyPart } from "./history-part.ts";
import { idlePart } from "./idle.ts";
import { interfacePart } from "./interface-part.ts";
import { OURS } from "./our-side.ts";
import { REFERENCE } from "./reference-side.ts";
import { runsPart } from "./runs.ts";
import { sizePart } from "./size-part.ts";

/** What `npm run bench` measures, in this order. */
export const PARTS: readonly BenchPart[] = [
  claimsPart([REFERENCE, OURS]),
  runsPart,
  idlePart,
  sizePart,
  historyPart,
  interfacePart,
  desktopPart,
];
