import { describe, expect, it } from "vitest";
import { clock, dayName, windowWords } from "./week-words.ts";

describe("a window in words", () => {
  it("joins days that follow each other", () => {
    expect(windowWords({ days: [1, 2, 3, 4, 5], startMinute: 22 * 60, endMinute: 6 * 60 }, "en")).toBe(
      "Mon–Fri 22:00–06:00",
    );
  });

  it("ends the week with Sunday", () => {
    expect(windowWords({ days: [0, 5, 6], startMinute: 0, endMinute: 24 * 60 }, "en")).toBe("Fri–Sun");
  });

  it("names days apart from each other", () => {
    expect(windowWords({ days: [1, 3, 4], startMinute: 0, endMinute: 60 }, "de")).toBe("Mo, Mi, Do 00:00–01:00");
  });

  it("knows the day's end", () => {
    expect(clock(24 * 60)).toBe("24:00");
    expect(dayName(0, "en", "long")).toBe("Sunday");
  });
});
