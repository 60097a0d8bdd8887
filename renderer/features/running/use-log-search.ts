import { useDeferredValue, useEffect, useMemo, useState } from "react";
import { plainText } from "./ansi-spans.ts";
import type { LogWindow } from "./log-window.ts";

/** While the log grows, it is searched anew this often. */
const SEARCH_EVERY_MS = 400;

export interface LogSearch {
  /** In small letters; "" where nothing is searched. */
  readonly wanted: string;
  /** Numbers of the lines that have it, oldest first. */
  readonly hits: readonly number[];
  /** The number of the line one is at. */
  readonly current: number | undefined;
  /** 1 for the first. */
  readonly position: number;
  step(by: 1 | -1): void;
}

export function useLogSearch(log: LogWindow, version: number, text: string): LogSearch {
  const wanted = useDeferredValue(text).toLowerCase();
  const searched = useThrottled(version, wanted === "" ? Infinity : SEARCH_EVERY_MS);
  const [current, setCurrent] = useState<number>();
  const hits = useMemo(() => {
    // The window is one object that grows: its version says when to look again.
    void searched;
    return linesWith(log, wanted);
  }, [log, searched, wanted]);
  const at = current === undefined ? -1 : hits.indexOf(current);
  const step = (by: 1 | -1): void => {
    // Whoever types and presses Enter at once means what was typed.
    const typed = text.toLowerCase();
    const found = typed === wanted ? hits : linesWith(log, typed);
    if (found.length === 0) return;
    const here = current === undefined ? -1 : found.indexOf(current);
    // Without a place the search begins at the newest line, where one looks.
    const next = here < 0 ? found.length - 1 : (here + by + found.length) % found.length;
    setCurrent(found[next]);
  };
  return { wanted, hits, current: at < 0 ? undefined : current, position: at + 1, step };
}

function linesWith(log: LogWindow, wanted: string): readonly number[] {
  if (wanted === "") return [];
  return log
    .lines()
    .filter((line) => plainText(line.text).toLowerCase().includes(wanted))
    .map((line) => line.number);
}

/** A value that follows another at most every so often. */
function useThrottled(value: number, everyMs: number): number {
  const [followed, setFollowed] = useState(value);
  useEffect(() => {
    if (!Number.isFinite(everyMs) || followed === value) return;
    const timer = setTimeout(() => setFollowed(value), everyMs);
    return () => clearTimeout(timer);
  }, [value, everyMs, followed]);
  return followed;
}
