/** Days and hours in the words of a language. The week begins on Monday. */
import type { Window } from "../../../shared/settings/policy.ts";

export const WEEK = [1, 2, 3, 4, 5, 6, 0] as const;

/** The name of a day, 0 is Sunday. */
export function dayName(day: number, locale: string, width: "long" | "short"): string {
  // 7 January 2024 was a Sunday.
  return new Intl.DateTimeFormat(locale, { weekday: width, timeZone: "UTC" }).format(Date.UTC(2024, 0, 7 + day));
}

/** "09:00"; the end of a day is "24:00". */
export function clock(minute: number): string {
  const two = (value: number): string => String(value).padStart(2, "0");
  return `${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
}

/** "Mon–Fri 22:00–06:00", in the order of the week. */
export function windowWords({ days, startMinute, endMinute }: Window, locale: string): string {
  const inOrder = WEEK.filter((day) => days.includes(day));
  const whole = startMinute === 0 && endMinute === 24 * 60;
  const hours = whole ? "" : ` ${clock(startMinute)}–${clock(endMinute)}`;
  return `${dayWords(inOrder, locale)}${hours}`;
}

function dayWords(days: readonly number[], locale: string): string {
  const runs: number[][] = [];
  for (const day of days) {
    const last = runs.at(-1);
    const before = last?.at(-1);
    if (last !== undefined && before !== undefined && (before + 1) % 7 === day) last.push(day);
    else runs.push([day]);
  }
  const name = (day: number | undefined): string => (day === undefined ? "" : dayName(day, locale, "short"));
  return runs
    .map((run) => (run.length > 2 ? `${name(run[0])}–${name(run.at(-1))}` : run.map(name).join(", ")))
    .join(", ");
}
