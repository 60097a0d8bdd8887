import type { BenchPart } from "./bench-part.ts";
import { claimsPart } from "./claims-part.ts";
import { REFERENCE } from "./reference-side.ts";

/** What `npm run bench` measures, in this order. */
export const PARTS: readonly BenchPart[] = [claimsPart([REFERENCE])];
