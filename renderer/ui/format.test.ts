import { describe, expect, test } from "vitest";
import { bytes, decimal, duration, percent, relative } from "./format.ts";

describe("format", () => {
  test.each([
    [0, "0 B"],
    [1023, "1,023 B"],
    [1536, "1.5 KiB"],
    [512 * 1024 ** 2, "512 MiB"],
    [16 * 1024 ** 3, "16 GiB"],
  ])("%d bytes are %s", (value, words) => {
    expect(bytes(value, "en")).toBe(words);
  });
  test.each([
    [0, "0 s"],
    [340, "340 ms"],
    [12_400, "12.4 s"],
    [60_000, "1 min"],
    [200_000, "3 min 20 s"],
    [3_600_000, "1 h"],
    [7_500_000, "2 h 5 min"],
    [311 * 3_600_000, "311 h"],
  ])("%d ms are %s", (ms, words) => {
    expect(duration(ms, "en")).toBe(words);
  });
  test("numbers follow the language", () => {
    expect(decimal(1234.5, "de", 1)).toBe("1.234,5");
    expect(percent(0.953, "en")).toBe("95%");
  });
  test("times are relative, before and after", () => {
    expect(relative(0, 180_000, "en")).toBe("3 minutes ago");
    expect(relative(7_200_000, 0, "de")).toBe("in 2 Stunden");
    expect(relative(0, 0, "en")).toBe("now");
  });
});
