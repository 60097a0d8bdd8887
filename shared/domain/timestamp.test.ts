import { afterEach, describe, expect, it } from "vitest";
import { formatTimestamp, parseTimestamp } from "./timestamp.ts";

const zone = process.env["TZ"];
afterEach(() => {
  if (zone === undefined) delete process.env["TZ"];
  else process.env["TZ"] = zone;
});

describe.each(["UTC", "Pacific/Auckland", "America/St_Johns"])("a timestamp, read in %s", (tz) => {
  it("without a zone is UTC", () => {
    process.env["TZ"] = tz;
    const midnight = Date.UTC(2026, 5, 1);
    expect(new Date(2026, 5, 1).getTime() === midnight).toBe(tz === "UTC");
    for (const text of [
      "2026-06-01T00:00:00",
      "2026-06-01 00:00:00.000000",
      "2026-06-01T00:00:00Z",
      "2026-06-01T12:00:00+12:00",
    ]) {
      expect(parseTimestamp(text)).toBe(midnight);
    }
    expect(formatTimestamp(midnight)).toBe("2026-06-01T00:00:00.000Z");
  });
});

it.each(["", "yesterday", "2026-13-01T00:00:00Z", "1", "2026-06-01", "2026-06-01T00:00:00 UTC"])(
  "%j is no timestamp",
  (text) => {
    expect(parseTimestamp(text)).toBeUndefined();
  },
);
