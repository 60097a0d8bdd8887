/** What counts as a packaged application that starts: programs that only pretend to be one, and the real switch. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { smokeDeadman, smokeTest } from "../../scripts/smoke-packaged.ts";
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

test("the dead-man's switch passes: it takes an order, and ends once it is let go", async () => {
  const entry = join(import.meta.dirname, "../../main/adapters/docker/deadman.ts");
  expect(await smokeDeadman({ program: process.execPath, args: [entry] })).toEqual({ ok: true, value: undefined });
});

test("a program that is no switch has failed: one that ends, that answers nothing, or that stays", async () => {
  const crash = await smokeDeadman(pretend(`console.error("no display"); process.exit(7);`));
  expect(JSON.stringify(crash)).toMatch(/--deadman ended with 7.*no display/);
  const deaf = await smokeDeadman({ ...pretend(STAY), deadlineMs: 3_000 });
  expect(JSON.stringify(deaf)).toContain("took no order within 3000 ms");
  const answer = `process.once("message", ({ id }) => process.send({ watching: id }));`;
  const stays = await smokeDeadman({ ...pretend(`${answer} ${STAY}`), deadlineMs: 3_000 });
  expect(JSON.stringify(stays)).toContain("did not end within 3000 ms");
});

function pretend(text: string): { readonly program: string; readonly args: readonly string[] } {
  const file = join(temporaryDirectory(), "program.mjs");
  writeFileSync(file, text);
  return { program: process.execPath, args: [file] };
}
