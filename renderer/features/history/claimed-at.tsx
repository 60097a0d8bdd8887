import { useNow } from "../../ui/now.ts";
import type { CellFormats } from "./cell-formats.ts";

interface ClaimedAtProps {
  readonly atMs: number;
  readonly formats: CellFormats;
}

const STEP_MS = 10_000;

/** When, as a cell has it: the exact moment on hover. */
export function ClaimedAt({ atMs, formats }: ClaimedAtProps) {
  const nowMs = useNow(STEP_MS);
  return <time title={formats.absolute(atMs)}>{formats.relative(atMs, Math.max(nowMs, atMs))}</time>;
}
