import { describe, expect, test } from "vitest";
import type { QueueRow } from "../../../shared/contract/views.ts";
import { shownRows, type QueueWish } from "./queue-view.ts";

const rows: readonly QueueRow[] = [
  { file: "b.json", verdict: "eligible", priority: "low", createdAtMs: 1, author: "Ada" },
  { file: "a.json", verdict: "too_big", priority: "critical", addedAtMs: 5 },
  { file: "c.json", verdict: "not_json", detail: "x" },
  { file: "d.json", verdict: "eligible", priority: "critical", addedAtMs: 3, createdAtMs: 9, image: "python:3" },
];
const queue = new Map(rows.map((row) => [row.file, row]));
const files = (wish: Partial<QueueWish>): string =>
  shownRows(queue, { text: "", filter: "all", by: "priority", descending: false, ...wish })
    .map((row) => row.file[0])
    .join("");

describe("rows of a queue", () => {
  test("come by priority, and within it what waits longest", () => {
    expect(files({})).toBe("dabc");
  });
  test("are sorted by when they were added, before what they say themselves", () => {
    expect(files({ by: "age" })).toBe("bdac");
    expect(files({ by: "task", descending: true })).toBe("dcba");
  });
  test("are filtered by what this machine would do", () => {
    expect(files({ filter: "eligible" })).toBe("db");
    expect(files({ filter: "not" })).toBe("a");
    expect(files({ filter: "problem" })).toBe("c");
  });
  test("are searched in task, author and image, without case", () => {
    expect(files({ text: " ADA " })).toBe("b");
    expect(files({ text: "python" })).toBe("d");
  });
});
