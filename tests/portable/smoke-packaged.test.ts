/** What counts as a packaged application that starts: three programs that only pretend to be one. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { smokeTest } from "../../scripts/smoke-packaged.ts";
import { temporaryDirectory } from "../support/temporary-directory.ts";

const LOG = `import { mkdirSync, writeFileSync } from "node:fs";
const profile = process.argv.find((text) => text.startsWith("--user-data-dir=")).slice(16);
mkdirSync(profile + "/logs", { recursive: true });
const log = (text) => writeFileSync(profile + "/logs/dgrid.log", text);`;
const STAY = "setInterval(() => undefined, 1000);";

test("a program that logs its window has passed, and is ended", async () => {
  const program = pretend(
    `${LOG} log('{"level":"info","msg":"starting"}\\n{"level":"info","msg":"the window shows the interface"}\\n'); ${STAY}`,
  );
  expect(await smokeTest(program)).toEqual({ ok: true, value: undefined });
});

test("a program that ends, or cannot be started, has failed with what it said", async () => {
  const crash = await smokeTest(pretend(`console.error("no display"); process.exit(7);`));
  expect(JSON.stringify(crash)).toMatch(/ended with 7 before its window was there.*no display/);
  const missing = await smokeTest({ program: join(temporaryDirectory(), "not-there") });
  expect(JSON.stringify(missing)).toContain("cannot be started");
});

test("a program without a window has failed at the deadline, whatever else it logs", async () => {
  const log = `{"msg":"about the window shows the interface"}\\n{"half`;
  const outcome = await smokeTest({ ...pretend(`${LOG} log('${log}'); ${STAY}`), deadlineMs: 3_000 });
  expect(JSON.stringify(outcome)).toMatch(/showed no window within 3000 ms.*about the window/);
});

function pretend(text: string): { readonly program: string; readonly args: readonly string[] } {
  const file = join(temporaryDirectory(), "program.mjs");
  writeFileSync(file, text);
  return { program: process.execPath, args: [file] };
}
