/**
 * Times for the cells of a long table. Making an Intl format costs more than a whole
 * row, so each is made once for a language and kept.
 */
export interface CellFormats {
  /** "3 minutes ago". */
  readonly relative: (atMs: number, nowMs: number) => string;
  /** The moment to the second. */
  readonly absolute: (atMs: number) => string;
}

const STEPS = [
  ["year", 31_536_000],
  ["month", 2_592_000],
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
] as const;

export function cellFormats(locale: string): CellFormats {
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: "auto" });
  const absolute = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "medium" });
  return {
    relative: (atMs, nowMs) => {
      const seconds = Math.round((atMs - nowMs) / 1_000);
      const [unit, size] = STEPS.find(([, one]) => Math.abs(seconds) >= one) ?? (["second", 1] as const);
      return relative.format(Math.trunc(seconds / size), unit);
    },
    absolute: (atMs) => absolute.format(atMs),
  };
}
