/**
 * The week as cells of an hour, and the windows they stand for.
 *
 * Invariant: `cellsOf(windowsOf(cells))` is `cells`. A cell is `day * 24 + hour`; day 0 is Sunday, as in the windows.
 */
import type { Window } from "../../../shared/settings/policy.ts";

export type Cells = ReadonlySet<number>;

export const DAYS = 7;
export const HOURS = 24;
const CELLS = DAYS * HOURS;
const HOUR_MINUTES = 60;
const DAY_MINUTES = HOURS * HOUR_MINUTES;

export function cellOf(day: number, hour: number): number {
  return (((day % DAYS) + DAYS) % DAYS) * HOURS + hour;
}

/** The cells that windows touch; part of an hour counts as the hour. */
export function cellsOf(windows: readonly Window[]): Set<number> {
  const cells = new Set<number>();
  for (const { days, startMinute, endMinute } of windows) {
    // An end that is not after its start lies on the next day.
    const minutes = endMinute > startMinute ? endMinute - startMinute : DAY_MINUTES - startMinute + endMinute;
    const first = Math.floor(startMinute / HOUR_MINUTES);
    const end = Math.ceil((startMinute + minutes) / HOUR_MINUTES);
    for (const day of days) {
      for (let hour = first; hour < end; hour++) cells.add((day * HOURS + hour) % CELLS);
    }
  }
  return cells;
}

/** The fewest windows that are simple to read: those alike share their days; one past midnight stays one. */
export function windowsOf(cells: Cells): Window[] {
  const days = new Map<string, { days: number[]; startMinute: number; endMinute: number }>();
  for (const stretch of stretchesOf(cells)) {
    for (const { day, startHour, hours } of piecesOf(stretch)) {
      const startMinute = startHour * HOUR_MINUTES;
      const endHour = startHour + hours;
      const endMinute = (endHour > HOURS ? endHour - HOURS : endHour) * HOUR_MINUTES;
      const key = `${startMinute}-${endMinute}`;
      const alike = days.get(key) ?? { days: [], startMinute, endMinute };
      alike.days.push(day);
      days.set(key, alike);
    }
  }
  return [...days.values()].map((window) => ({ ...window, days: window.days.sort((a, b) => a - b) }));
}

/** Whether the windows begin and end on the hour, so that cells say all there is to say. */
export function areHourly(windows: readonly Window[]): boolean {
  return windows.every(
    ({ startMinute, endMinute }) => startMinute % HOUR_MINUTES === 0 && endMinute % HOUR_MINUTES === 0,
  );
}

interface Stretch {
  /** The first cell; the stretch may run past the week's end. */
  readonly start: number;
  readonly length: number;
}

/** Cells that touch, as stretches of the week, which is a circle. */
function stretchesOf(cells: Cells): Stretch[] {
  if (cells.size === CELLS) return [{ start: 0, length: CELLS }];
  const starts = [...cells].filter((cell) => !cells.has((cell + CELLS - 1) % CELLS)).sort((a, b) => a - b);
  return starts.map((start) => {
    let length = 1;
    while (cells.has((start + length) % CELLS)) length++;
    return { start, length };
  });
}

interface Piece {
  readonly day: number;
  readonly startHour: number;
  readonly hours: number;
}

/** A stretch of less than a day is one piece, past midnight or not; a longer one is cut at each midnight. */
function piecesOf({ start, length }: Stretch): Piece[] {
  const pieces: Piece[] = [];
  for (let at = start, left = length; left > 0; ) {
    const startHour = at % HOURS;
    const hours = length < HOURS ? left : Math.min(left, HOURS - startHour);
    pieces.push({ day: Math.floor(at / HOURS) % DAYS, startHour, hours });
    at += hours;
    left -= hours;
  }
  return pieces;
}
