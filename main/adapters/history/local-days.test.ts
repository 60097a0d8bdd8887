import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { expect, it } from "vitest";
import { exampleRun, keptLog, mustSave } from "../../../tests/support/example-run.ts";
import { temporaryDirectory } from "../../../tests/support/temporary-directory.ts";
import { openHistory } from "./sqlite-history.ts";

/** Around two midnights in Auckland, between which the clocks go back: that Sunday has 25 hours. */
const STARTS = {
  before: "2026-04-04T10:59:59.999Z",
  first: "2026-04-04T11:00:00.000Z",
  last: "2026-04-05T11:59:59.999Z",
  after: "2026-04-05T12:00:00.000Z",
} as const;

function fileOfRuns(): string {
  const file = join(temporaryDirectory(), "history.db");
  const history = openHistory(file, keptLog());
  const runs = Object.entries(STARTS).map(([name, at]) =>
    exampleRun(name, { started_at_ms: Date.parse(at), exit_code: name === "last" ? 1 : 0, duration_ms: 1_000 }),
  );
  mustSave(history, ...runs, exampleRun("stopped", { started_at_ms: Date.parse(STARTS.first), reason: "cancelled" }));
  history.close();
  return file;
}

/** What a process of that time zone says; a process has one from its start to its end. */
function daysIn(timeZone: string, file: string, sinceMs = 0): unknown {
  const module = new URL("./sqlite-history.ts", import.meta.url).href;
  const code = `
    const { openHistory } = await import(${JSON.stringify(module)});
    const silent = () => undefined;
    const history = openHistory(${JSON.stringify(file)}, { debug: silent, info: silent, warn: silent, error: silent });
    console.log(JSON.stringify(history.days(${sinceMs})));
    history.close();`;
  const args = ["--disable-warning=ExperimentalWarning", "--input-type=module", "--eval", code];
  const env = { ...process.env, TZ: timeZone };
  // A day that does not end would otherwise be looked for until the memory is full.
  const run = spawnSync(process.execPath, args, { encoding: "utf8", env, timeout: 60_000 });
  if (run.status !== 0) throw new Error(run.stderr);
  return JSON.parse(run.stdout);
}

const day = (text: string, tasks: number, succeeded = tasks): object => ({
  day: text,
  tasks,
  succeeded,
  computeMs: tasks * 1_000,
});

it.each([
  ["Pacific/Auckland", [day("2026-04-04", 1), day("2026-04-05", 2, 1), day("2026-04-06", 1)]],
  ["America/Los_Angeles", [day("2026-04-04", 2), day("2026-04-05", 2, 1)]],
  ["UTC", [day("2026-04-04", 2), day("2026-04-05", 2, 1)]],
] as const)("days are those of the machine's calendar in %s, also where the clocks change", (timeZone, days) => {
  expect(daysIn(timeZone, fileOfRuns())).toEqual(days);
});

it("days begin at the moment asked for, the first of them in part", () => {
  expect(daysIn("Pacific/Auckland", fileOfRuns(), Date.parse(STARTS.last))).toEqual([
    day("2026-04-05", 1, 0),
    day("2026-04-06", 1),
  ]);
});
