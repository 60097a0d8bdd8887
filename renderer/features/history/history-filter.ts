/** What the person filters by, and what of it the worker is asked. */
import type { HistoryFilter } from "../../../shared/contract/methods.ts";
import type { OutcomeKind } from "../../../shared/contract/views.ts";

export const TIMES = ["all", "today", "week", "month", "year", "custom"] as const;
export type Time = (typeof TIMES)[number];

export const OUTCOMES: readonly OutcomeKind[] = [
  "open",
  "success",
  "failed",
  "timed_out",
  "out_of_memory",
  "stopped",
  "given_back",
  "superseded",
];

/** The filters as they stand on the screen. Days are "YYYY-MM-DD", "" where none is chosen. */
export interface Filters {
  readonly text: string;
  readonly grid: string | null;
  readonly outcomes: readonly OutcomeKind[];
  readonly time: Time;
  readonly fromDay: string;
  readonly toDay: string;
}

export const NO_FILTERS: Filters = { text: "", grid: null, outcomes: [], time: "all", fromDay: "", toDay: "" };

const DAYS_BACK = { today: 0, week: 6, month: 29, year: 364 } as const;

export function isFiltered(filters: Filters): boolean {
  return Object.keys(asked(filters, 0)).length > 0;
}

/** The filter as the worker understands it. Days are those of the page's own calendar. */
export function asked(filters: Filters, nowMs: number): HistoryFilter {
  const text = filters.text.trim();
  return {
    ...(text !== "" && { text: text.slice(0, 200) }),
    ...(filters.grid !== null && { grid: filters.grid }),
    ...(filters.outcomes.length > 0 && { outcomes: [...filters.outcomes] }),
    ...range(filters, nowMs),
  };
}

function range({ time, fromDay, toDay }: Filters, nowMs: number): Pick<HistoryFilter, "fromMs" | "toMs"> {
  if (time === "all") return {};
  if (time !== "custom") return { fromMs: midnight(new Date(nowMs), -DAYS_BACK[time]) };
  const from = dayOf(fromDay);
  const to = dayOf(toDay);
  return {
    ...(from !== undefined && { fromMs: midnight(from, 0) }),
    // The last day is meant with all its hours.
    ...(to !== undefined && { toMs: midnight(to, 1) }),
  };
}

/** The start of a day so many days from a moment; days are not all 24 hours long. */
function midnight(at: Date, days: number): number {
  return new Date(at.getFullYear(), at.getMonth(), at.getDate() + days).getTime();
}

function dayOf(text: string): Date | undefined {
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text) ?? [];
  return year === undefined ? undefined : new Date(Number(year), Number(month) - 1, Number(day));
}
