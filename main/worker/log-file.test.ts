import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { LogFile } from "./log-file.ts";

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), "dgrid-log-"));
  onTestFinished(() => rmSync(made, { recursive: true, force: true }));
  return made;
}

it("stays within its bound while it is written, and keeps the part before", () => {
  const file = join(folder(), "logs", "dgrid.log");
  const log = new LogFile(file, 100);
  for (let n = 0; n < 50; n++) log.write(`line ${String(n).padStart(4, "0")}\n`);
  expect(statSync(file).size).toBeLessThanOrEqual(100);
  expect(statSync(`${file}.1`).size).toBeLessThanOrEqual(100);
  const kept = readFileSync(`${file}.1`, "utf8") + readFileSync(file, "utf8");
  expect(kept).toMatch(/line 0048\nline 0049\n$/);
  expect(existsSync(`${file}.2`)).toBe(false);
});

it("goes on in the file that is there, and counts what it holds", () => {
  const file = join(folder(), "dgrid.log");
  writeFileSync(file, "x".repeat(95));
  const log = new LogFile(file, 100);
  log.write("a line\n");
  expect(readFileSync(file, "utf8")).toBe("a line\n");
  expect(statSync(`${file}.1`).size).toBe(95);
});

it("stays within its bound where the part before cannot be put aside", () => {
  const file = join(folder(), "dgrid.log");
  mkdirSync(`${file}.1`);
  const log = new LogFile(file, 100);
  for (let n = 0; n < 50; n++) log.write(`line ${String(n).padStart(4, "0")}\n`);
  expect(statSync(file).size).toBeLessThanOrEqual(100);
  expect(readFileSync(file, "utf8")).toMatch(/line 0048\nline 0049\n$/);
});

it("survives a disk that takes nothing, and says afterwards how much is missing", () => {
  const made = folder();
  const blocked = join(made, "logs");
  // A file stands where the folder would be.
  writeFileSync(blocked, "");
  const log = new LogFile(join(blocked, "dgrid.log"), 1_000);
  log.write("first\n");
  log.write("second\n");
  rmSync(blocked);
  log.write("third\n");
  expect(readFileSync(join(blocked, "dgrid.log"), "utf8")).toMatch(
    /^\n\{.*"msg":"2 lines before this could not be written"\}\nthird\n$/,
  );
});
