import { describe, expect, test } from "vitest";
import { LogWindow } from "./log-window.ts";

const texts = (log: LogWindow): readonly string[] => log.lines().map((line) => line.text);
const BOUNDS = { linesMax: 5, charactersMax: 100, lineMax: 10 };

describe("the window of a log", () => {
  test("joins what came in pieces and keeps empty lines", () => {
    const log = new LogWindow();
    for (const piece of ["a", "b\n", "\n", "c"]) log.append("stdout", piece);
    expect(texts(log)).toEqual(["ab", "", "c"]);
  });
  test("takes a line end whose halves came apart as one", () => {
    const log = new LogWindow();
    log.append("stdout", "a\r");
    log.append("stdout", "\nb\rc\n");
    expect(texts(log)).toEqual(["a", "b", "c"]);
  });
  test("keeps the two streams in lines of their own", () => {
    const log = new LogWindow();
    log.append("stdout", "out");
    log.append("stderr", "err\n");
    log.append("stdout", "more\n");
    expect(log.lines().map(({ stream, text }) => `${stream} ${text}`)).toEqual([
      "stdout out",
      "stderr err",
      "stdout more",
    ]);
  });
  test("drops the oldest lines and counts their characters", () => {
    const log = new LogWindow(BOUNDS);
    for (let line = 0; line < 8; line++) log.append("stdout", `${line}\n`);
    expect(texts(log)).toEqual(["3", "4", "5", "6", "7"]);
    expect(log.dropped).toBe(3);
    expect(log.line(0)?.number).toBe(3);
  });
  test("counts what the worker did not have any more", () => {
    const log = new LogWindow();
    log.skip(1_000);
    expect(log.dropped).toBe(1_000);
  });
  test("splits a long line, and goes on with its end when more of it comes", () => {
    const log = new LogWindow(BOUNDS);
    log.append("stdout", "0123456789ABC");
    log.append("stdout", "DEFGHIJK\n");
    expect(texts(log)).toEqual(["0123456789", "ABCDEFGHIJ", "K"]);
    expect(log.lines().map((line) => line.continued)).toEqual([false, true, true]);
  });
  test("splits neither a character nor a colour", () => {
    const log = new LogWindow(BOUNDS);
    log.append("stdout", "012345678🦄\n01234567\u001b[31mred\n");
    expect(texts(log)).toEqual(["012345678", "🦄", "01234567", "\u001b[31mred"]);
  });
  test("carries colours to the next line until they are reset", () => {
    const log = new LogWindow();
    log.append("stdout", "\u001b[31mred\nstill\u001b[0m\nplain\n");
    expect(log.lines().map((line) => line.colours)).toEqual(["", "\u001b[31m", ""]);
  });
  test("stays within its bounds however much streams through", () => {
    const log = new LogWindow();
    const chunk = `${"x".repeat(999)}\n`.repeat(250);
    for (let read = 0; read < 400; read++) log.append("stdout", chunk);
    expect(log.count).toBeLessThanOrEqual(20_000);
    expect(log.lines().reduce((sum, line) => sum + line.text.length, 0)).toBeLessThanOrEqual(4 * 1024 * 1024);
    expect(log.dropped).toBeGreaterThan(90_000_000);
  });
});
