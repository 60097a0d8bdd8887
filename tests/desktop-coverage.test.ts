import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import {
  coverageFailure,
  coverageTable,
  fileCoverage,
  lineRanges,
  percentOf,
  readCoverage,
} from "../scripts/desktop-coverage.ts";
import { temporaryDirectory } from "./support/temporary-directory.ts";

const SOURCE = ["const a = 1;", "if (a) go(); else stop();", "", "type T = 1;", "never();", ""].join("\n");
const at = (text: string, count: number): { start: number; count: number } => ({ start: SOURCE.indexOf(text), count });

it("counts the lines on which statements begin, each by the statement that ran most", () => {
  const statements = [at("const", 1), at("if", 1), at("go", 1), at("stop", 0), at("never", 0)];
  expect(fileCoverage("a.ts", SOURCE, statements)).toEqual({ path: "a.ts", lines: 3, missed: [5] });
});

it("leaves out a module without statements, which is one of types", () => {
  expect(fileCoverage("types.ts", "export type T = 1;", [])).toEqual({ path: "types.ts", lines: 0, missed: [] });
});

it("is content with 85 of 100 lines over all files, and names the files where it is not", () => {
  const whole = { path: "whole.ts", lines: 80, missed: [] };
  const missed = Array.from({ length: 15 }, (_, index) => index + 1);
  const enough = [whole, { path: "part.ts", lines: 20, missed }];
  expect(percentOf(enough)).toBe(85);
  expect(coverageFailure(enough)).toBeUndefined();
  const short = [{ path: "little.ts", lines: 1, missed: [1] }, ...enough];
  expect(coverageFailure(short)).toBe(
    "the desktop specs run 84.2 % of main/electron, not 85 %; lines that never ran: part.ts (15 of 20), little.ts (1 of 1)",
  );
});

it("fails where nothing was measured", () => {
  expect(coverageFailure([])).toContain("nothing was measured");
});

it("shows each file and the whole, neighbouring lines as one range", () => {
  expect(lineRanges([3, 4, 5, 9, 11, 12])).toBe("3-5,9,11-12");
  const text = coverageTable([{ path: "part.ts", lines: 10, missed: [3, 4] }]);
  expect(text).toMatch(/part\.ts[^]*10[^]*80\.0 %[^]*3-4[^]*all[^]*80\.0 %/);
});

it("reads around the half file of an application that was killed while it wrote", async () => {
  const folder = temporaryDirectory();
  writeFileSync(join(folder, "coverage-1-1-0.json"), '{"result":[{"url":"file:');
  expect(await readCoverage(folder)).toEqual([]);
});
