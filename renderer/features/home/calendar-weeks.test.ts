import { describe, expect, test } from "vitest";
import { calendarWeeks, lastDays } from "./calendar-weeks.ts";

const day = (name: string, tasks: number) => ({ day: name, tasks, succeeded: tasks, computeMs: 0 });

describe("the calendar", () => {
  test("ends today, and leaves the rest of the week open", () => {
    const weeks = calendarWeeks([day("2026-11-24", 8)], "2026-11-24");
    expect(weeks).toHaveLength(53);
    const last = weeks.at(-1)?.cells ?? [];
    expect(last[0]?.day).toBe("2026-11-23");
    expect(last[1]).toMatchObject({ day: "2026-11-24", tasks: 8, level: 4 });
    expect(last[2]).toBeUndefined();
  });
  test("has every day once, across daylight saving and a leap day", () => {
    const cells = calendarWeeks([], "2024-11-05").flatMap((week) => week.cells.filter((cell) => cell !== undefined));
    expect(new Set(cells.map((cell) => cell.day)).size).toBe(cells.length);
    expect(cells.some((cell) => cell.day === "2024-02-29")).toBe(true);
  });
  test("names a month where its first day is", () => {
    const week = calendarWeeks([], "2026-11-24").find(({ cells }) => cells.some((cell) => cell?.day === "2026-10-01"));
    expect(week?.month).toBe(9);
  });
});

test("the last days have no gap", () => {
  expect(lastDays([day("2026-02-28", 2)], "2026-03-01", 3).map(({ day: name, tasks }) => [name, tasks])).toEqual([
    ["2026-02-27", 0],
    ["2026-02-28", 2],
    ["2026-03-01", 0],
  ]);
});
