import { describe, expect, it } from "vitest";
import { absolute, relative } from "../../ui/format.ts";
import { cellFormats } from "./cell-formats.ts";

const now = Date.UTC(2026, 10, 24, 12);
const SPANS = [0, 999, 1_000, 59_999, 60_000, 3_599_000, 3_600_000, 86_400_000, 90 * 86_400_000, 400 * 86_400_000];

describe("formats of cells", () => {
  it.each(["en", "de"])("say what the rest of the page says, in %s", (locale) => {
    const formats = cellFormats(locale);
    for (const span of SPANS) {
      expect(formats.relative(now - span, now)).toBe(relative(now - span, now, locale));
      expect(formats.absolute(now - span)).toBe(absolute(now - span, locale));
    }
  });
});
