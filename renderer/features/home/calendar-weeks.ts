/** The days of the activity calendar, laid out by week. Days are local and have no hours, so daylight saving moves none. */
import type { DayTotals } from "../../../shared/contract/views.ts";

export interface Cell {
  /** YYYY-MM-DD. */
  readonly day: string;
  /** UTC noon of that day, for formatting. */
  readonly atMs: number;
  readonly tasks: number;
  /** 0 for none, 1..4 by quarters of the busiest day. */
  readonly level: 0 | 1 | 2 | 3 | 4;
}

export interface Week {
  /** From Monday; undefined before the first and after the last day. */
  readonly cells: readonly (Cell | undefined)[];
  /** 0..11 where a month begins in this week. */
  readonly month: number | undefined;
}

const DAY_MS = 86_400_000;

export function calendarWeeks(days: readonly DayTotals[], today: string, weeks = 53): readonly Week[] {
  const tasks = new Map(days.map((totals) => [totals.day, totals.tasks]));
  const most = Math.max(1, ...tasks.values());
  const last = Date.parse(`${today}T12:00:00Z`);
  const monday = last - weekday(last) * DAY_MS;
  return Array.from({ length: weeks }, (_, index) => {
    const start = monday - (weeks - 1 - index) * 7 * DAY_MS;
    const cells = Array.from({ length: 7 }, (__, offset) => {
      const atMs = start + offset * DAY_MS;
      return atMs > last ? undefined : cell(atMs, tasks, most);
    });
    const first = cells.find((one) => one?.day.endsWith("-01") === true);
    return { cells, month: first === undefined ? undefined : new Date(first.atMs).getUTCMonth() };
  });
}

function cell(atMs: number, tasks: ReadonlyMap<string, number>, most: number): Cell {
  const day = new Date(atMs).toISOString().slice(0, 10);
  const count = tasks.get(day) ?? 0;
  // The root tells quiet days apart although one day was much busier than all others.
  const level = count === 0 ? 0 : Math.min(4, Math.max(1, Math.ceil(Math.sqrt(count / most) * 4)));
  return { day, atMs, tasks: count, level: level as Cell["level"] };
}

/** 0 is Monday. */
function weekday(atMs: number): number {
  return (new Date(atMs).getUTCDay() + 6) % 7;
}

/** The local day of a moment, as the worker writes it. */
export function localDay(atMs: number): string {
  const date = new Date(atMs);
  const two = (value: number): string => String(value).padStart(2, "0");
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

/** The last days without a gap, oldest first. */
export function lastDays(days: readonly DayTotals[], today: string, count: number): readonly DayTotals[] {
  const known = new Map(days.map((totals) => [totals.day, totals]));
  const last = Date.parse(`${today}T12:00:00Z`);
  return Array.from({ length: count }, (_, index) => {
    const day = new Date(last - (count - 1 - index) * DAY_MS).toISOString().slice(0, 10);
    return known.get(day) ?? { day, tasks: 0, succeeded: 0, computeMs: 0 };
  });
}
