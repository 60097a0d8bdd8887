/**
 * Calendar days of this machine's time zone. By Node's own time zone data: SQLite's 'localtime' asks
 * the C library, which on a slim container image has none and then silently means UTC.
 */
export interface LocalDay {
  /** YYYY-MM-DD. */
  readonly day: string;
  /** The day's first moment of interest, and the next day's first moment; ms since the epoch. */
  readonly fromMs: number;
  readonly toMs: number;
}

/**
 * The days that hold a moment at or after `sinceMs`, the oldest first. `nextMoment` tells the first
 * moment at or after a time, or undefined where there is none; so years without any cost nothing.
 */
export function eachDay(sinceMs: number, nextMoment: (fromMs: number) => number | undefined): LocalDay[] {
  const days: LocalDay[] = [];
  let fromMs = nextMoment(sinceMs);
  while (fromMs !== undefined) {
    const date = new Date(fromMs);
    // The calendar counts, not 24 hours: a day on which the clocks change has 23 or 25.
    const toMs = new Date(date.getFullYear(), date.getMonth(), date.getDate() + 1).getTime();
    days.push({ day: dayText(date), fromMs, toMs });
    fromMs = nextMoment(toMs);
  }
  return days;
}

function dayText(date: Date): string {
  const pad = (value: number, digits: number): string => String(value).padStart(digits, "0");
  return `${pad(date.getFullYear(), 4)}-${pad(date.getMonth() + 1, 2)}-${pad(date.getDate(), 2)}`;
}
