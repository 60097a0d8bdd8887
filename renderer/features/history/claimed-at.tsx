import { absolute, relative } from "../../ui/format.ts";
import { useNow } from "../../ui/now.ts";

interface ClaimedAtProps {
  readonly atMs: number;
  /** Given, because a hook in each cell of a long table costs more than the cell. */
  readonly locale: string;
}

const STEP_MS = 10_000;

/** When, as a cell has it: the exact moment on hover. */
export function ClaimedAt({ atMs, locale }: ClaimedAtProps) {
  const nowMs = useNow(STEP_MS);
  return <time title={absolute(atMs, locale)}>{relative(atMs, Math.max(nowMs, atMs), locale)}</time>;
}
