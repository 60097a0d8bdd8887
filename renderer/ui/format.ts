/** Numbers, sizes and times as people read them, in the page's language. Each has its unit. */

const KIB = 1024;

/** Making an Intl format costs more than a whole row of a table: each is made once. */
const formats = new Map<string, unknown>();

function once<F>(key: string, make: () => F): F {
  let format = formats.get(key) as F | undefined;
  if (format === undefined) formats.set(key, (format = make()));
  return format;
}

/** "1.5 GiB". */
export function bytes(value: number, locale: string): string {
  const units = ["B", "KiB", "MiB", "GiB", "TiB"];
  const power = value < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log2(value) / 10));
  const scaled = value / KIB ** power;
  return `${decimal(scaled, locale, scaled < 10 && power > 0 ? 1 : 0)} ${units[power]}`;
}

export function decimal(value: number, locale: string, digits: number): string {
  return once(
    `decimal ${locale} ${digits}`,
    () => new Intl.NumberFormat(locale, { maximumFractionDigits: digits }),
  ).format(value);
}

export function percent(share: number, locale: string): string {
  return once(
    `percent ${locale}`,
    () => new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 0 }),
  ).format(share);
}

/** "340 ms", "12.4 s", "3 min 20 s", "2 h 5 min", "41 h"; a smaller unit of nothing is left out. */
export function duration(ms: number, locale: string): string {
  if (ms === 0) return "0 s";
  if (ms < 1_000) return `${decimal(ms, locale, 0)} ms`;
  const seconds = ms / 1_000;
  if (seconds < 60) return `${decimal(seconds, locale, 1)} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return joined(`${minutes} min`, Math.floor(seconds % 60), "s");
  const hours = Math.floor(minutes / 60);
  return hours < 24 ? joined(`${hours} h`, minutes % 60, "min") : `${decimal(hours, locale, 0)} h`;
}

function joined(larger: string, count: number, unit: string): string {
  return count === 0 ? larger : `${larger} ${count} ${unit}`;
}

/** "3 minutes ago", "in 2 hours". */
export function relative(atMs: number, nowMs: number, locale: string): string {
  const seconds = Math.round((atMs - nowMs) / 1_000);
  const format = once(`relative ${locale}`, () => new Intl.RelativeTimeFormat(locale, { numeric: "auto" }));
  const steps = [
    ["year", 31_536_000],
    ["month", 2_592_000],
    ["day", 86_400],
    ["hour", 3_600],
    ["minute", 60],
  ] as const;
  for (const [unit, size] of steps) {
    if (Math.abs(seconds) >= size) return format.format(Math.trunc(seconds / size), unit);
  }
  return format.format(seconds, "second");
}

/** The moment itself, to the second, in the page's time zone. */
export function absolute(atMs: number, locale: string): string {
  return once(
    `absolute ${locale}`,
    () => new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "medium" }),
  ).format(atMs);
}
