import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Window } from "../../../shared/settings/policy.ts";
import { areHourly, cellOf, cellsOf, windowsOf } from "./week-cells.ts";

const MONDAY = 1;
const SATURDAY = 6;
const SUNDAY = 0;
const hours = (count: number): number => count * 60;

/** The engine's own reading of a window (core/policy.ts, `within`), for every hour of the week. */
function judged(windows: readonly Window[]): number[] {
  const inside = (day: number, minute: number) =>
    windows.some(({ days, startMinute, endMinute }) =>
      startMinute < endMinute
        ? days.includes(day) && minute >= startMinute && minute < endMinute
        : (days.includes(day) && minute >= startMinute) || (days.includes((day + 6) % 7) && minute < endMinute),
    );
  return Array.from({ length: 168 }, (_, cell) => cell).filter((cell) =>
    inside(Math.floor(cell / 24), hours(cell % 24)),
  );
}

const anyCells = fc.uniqueArray(fc.integer({ min: 0, max: 167 }), { maxLength: 168 }).map((cells) => new Set(cells));

describe("cells of a week", () => {
  it("are what windows were made of, for any cells", () => {
    fc.assert(
      fc.property(anyCells, (cells) => {
        expect(cellsOf(windowsOf(cells))).toEqual(cells);
      }),
    );
  });

  it("mean to the engine what was painted, for any cells", () => {
    fc.assert(
      fc.property(anyCells, (cells) => {
        expect(judged(windowsOf(cells))).toEqual([...cells].toSorted((a, b) => a - b));
      }),
    );
  });

  it("never need more windows than settings may hold", () => {
    fc.assert(
      fc.property(anyCells, (cells) => {
        expect(windowsOf(cells).length).toBeLessThanOrEqual(100);
      }),
    );
  });

  it("make one window of a night past midnight", () => {
    const night = [22, 23]
      .map((hour) => cellOf(MONDAY, hour))
      .concat([0, 1, 2].map((hour) => cellOf(MONDAY + 1, hour)));
    expect(windowsOf(new Set(night))).toEqual([{ days: [MONDAY], startMinute: hours(22), endMinute: hours(3) }]);
  });

  it("make one window of a night from the week's last day to its first", () => {
    const night = [cellOf(SATURDAY, 23), cellOf(SUNDAY, 0)];
    expect(windowsOf(new Set(night))).toEqual([{ days: [SATURDAY], startMinute: hours(23), endMinute: hours(1) }]);
  });

  it("end at midnight without reaching into the next day", () => {
    expect(windowsOf(new Set([cellOf(MONDAY, 23)]))).toEqual([
      { days: [MONDAY], startMinute: hours(23), endMinute: hours(24) },
    ]);
  });

  it("share a window among days that are alike", () => {
    const mornings = [1, 2, 3, 4, 5].flatMap((day) => [cellOf(day, 6), cellOf(day, 7)]);
    expect(windowsOf(new Set(mornings))).toEqual([
      { days: [1, 2, 3, 4, 5], startMinute: hours(6), endMinute: hours(8) },
    ]);
  });

  it("make whole days of a whole week", () => {
    const all = new Set(Array.from({ length: 168 }, (_, cell) => cell));
    expect(windowsOf(all)).toEqual([{ days: [0, 1, 2, 3, 4, 5, 6], startMinute: 0, endMinute: hours(24) }]);
  });

  it("count an hour that a window only touches, and the windows as not hourly", () => {
    const windows = [{ days: [MONDAY], startMinute: hours(9) + 30, endMinute: hours(11) }];
    expect(cellsOf(windows)).toEqual(new Set([cellOf(MONDAY, 9), cellOf(MONDAY, 10)]));
    expect(areHourly(windows)).toBe(false);
  });

  it("take an end that equals its start for a whole day from there", () => {
    expect(cellsOf([{ days: [SATURDAY], startMinute: hours(12), endMinute: hours(12) }]).size).toBe(24);
  });
});
