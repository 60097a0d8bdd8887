import { describe, expect, it } from "vitest";
import { asked, isFiltered, NO_FILTERS } from "./history-filter.ts";

const noon = new Date(2026, 10, 24, 12).getTime();

describe("filters of the history", () => {
  it("ask for everything while nothing is chosen", () => {
    expect(asked(NO_FILTERS, noon)).toEqual({});
    expect(isFiltered(NO_FILTERS)).toBe(false);
  });

  it("leave out text that is only white space", () => {
    expect(asked({ ...NO_FILTERS, text: "  " }, noon)).toEqual({});
    expect(asked({ ...NO_FILTERS, text: " fold " }, noon)).toEqual({ text: "fold" });
  });

  it("begin with midnight, today included", () => {
    expect(asked({ ...NO_FILTERS, time: "today" }, noon)).toEqual({ fromMs: new Date(2026, 10, 24).getTime() });
    expect(asked({ ...NO_FILTERS, time: "week" }, noon)).toEqual({ fromMs: new Date(2026, 10, 18).getTime() });
  });

  it("take a day of one's own with all its hours", () => {
    expect(asked({ ...NO_FILTERS, time: "custom", fromDay: "2026-03-01", toDay: "2026-03-01" }, noon)).toEqual({
      fromMs: new Date(2026, 2, 1).getTime(),
      toMs: new Date(2026, 2, 2).getTime(),
    });
  });

  it("stay open on the side where no day is chosen", () => {
    const filters = { ...NO_FILTERS, time: "custom" as const, toDay: "2026-12-31" };
    expect(asked(filters, noon)).toEqual({ toMs: new Date(2027, 0, 1).getTime() });
    expect(isFiltered({ ...NO_FILTERS, time: "custom" })).toBe(false);
  });
});
