/**
 * `npm test`: provides a container engine, an image and a browser, runs the checks, builds, then
 * runs every test, and stops what it started. `--portable` leaves out what needs containers. Other arguments go to
 * vitest. A run without them also tells how much of the desktop application's main process its specs ran.
 *
 * Invariant: the last line is "N passed, N failed"; a check that fails, an engine that cannot be
 * provided and a test that is skipped each count as failed, with the reason above it.
 */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { describeFault } from "../shared/contract/fault.ts";
import type { Log } from "../main/engine/ports.ts";
import { provisionEngine } from "../main/headless/provision/provision-engine.ts";
import { provisionImage } from "../main/headless/provision/provision-image.ts";
import { coverageFailure, coverageTable, readCoverage } from "./desktop-coverage.ts";
import { provisionBrowser } from "./provision-browser.ts";
import { runStep } from "./run-step.ts";
import { countTotals, totalsLine, type Totals } from "./test-totals.ts";

const PROJECT = join(import.meta.dirname, "..");
const NPM = process.env["npm_execpath"];
const VITEST = join(PROJECT, "node_modules/vitest/vitest.mjs");
const VITE = join(PROJECT, "node_modules/vite/bin/vite.js");

const silent = (): void => undefined;
const say = (_fields: unknown, message: string): void => console.log(message);
const log: Log = { debug: silent, info: say, warn: say, error: say };

const interrupt = new AbortController();
for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(name, () => interrupt.abort());

// npm passes a signal on to a shell, which ends without passing it on to us: its end is our signal.
const parent = process.ppid;
setInterval(() => process.ppid !== parent && interrupt.abort(), 500).unref();

const portable = process.argv.includes("--portable");
const forwarded = process.argv.slice(2).filter((argument) => argument !== "--portable");
const totals = await (portable ? runAll({}, true) : withContainers((env) => runAll(env, false)));
const failed = interrupt.signal.aborted ? [...totals.failures, "interrupted"] : totals.failures;
if (failed.length > 0) console.log(`\nFailed:\n${failed.map((failure) => `  ${failure}`).join("\n")}`);
process.exitCode = failed.length === 0 ? 0 : 1;
console.log(totalsLine({ passed: totals.passed, failures: failed }));

/** Runs the tests with an engine and an image; without them, those that need none. */
async function withContainers(run: (env: NodeJS.ProcessEnv) => Promise<Totals>): Promise<Totals> {
  const { signal } = interrupt;
  const engine = await provisionEngine({ env: process.env, log, signal });
  if (!engine.ok) return withoutContainers(describeFault(engine.fault));
  const { dockerHost } = engine.value;
  try {
    const image = await provisionImage({ env: process.env, dockerHost, log, signal });
    if (!image.ok) return await withoutContainers(describeFault(image.fault));
    const browser = await provisionBrowser({ env: process.env, log, signal });
    if (!browser.ok) return await withoutContainers(describeFault(browser.fault));
    console.log(`Testing with ${image.value} on ${dockerHost}, and ${browser.value}`);
    return await run({ DOCKER_HOST: dockerHost, DGRID_IMAGE: image.value, DGRID_BROWSER: browser.value });
  } finally {
    await engine.value.stop();
  }
}

async function withoutContainers(reason: string): Promise<Totals> {
  console.log(reason);
  const { passed, failures } = await runAll({}, true);
  return { passed, failures: [...failures, `no test that needs containers or a browser was run: ${reason}`] };
}

async function runAll(added: NodeJS.ProcessEnv, portableOnly: boolean): Promise<Totals> {
  const { signal } = interrupt;
  // What the tests start with plain "node" is to be this version as well.
  const path = [dirname(process.execPath), process.env["PATH"] ?? ""].join(delimiter);
  const env = { ...process.env, ...added, PATH: path };
  const failures: string[] = [];
  if (NPM === undefined) failures.push("not started by npm: the checks were not run");
  else if ((await runStep([NPM, "run", "-s", "check"], env, signal)) !== 0) failures.push("npm run check (see above)");
  // The browser is shown what users are given: the built interface.
  if ((await runStep([VITE, "build", "--logLevel", "warn"], env, signal)) !== 0)
    failures.push("npm run build (see above)");

  const folder = mkdtempSync(join(tmpdir(), "dgrid-report-"));
  const report = join(folder, "report.json");
  // A part of the specs cannot run what all of them do.
  const coverage = portableOnly || forwarded.length > 0 ? undefined : join(folder, "coverage");
  if (coverage !== undefined) mkdirSync(coverage);
  try {
    const project = portableOnly ? ["--project", "portable"] : [];
    const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
    const measured = coverage === undefined ? env : { ...env, DGRID_DESKTOP_COVERAGE: coverage };
    const status = await runStep([VITEST, "run", ...project, ...reporters, ...forwarded], measured, signal);
    const counted = countTotals(existsSync(report) ? readFileSync(report, "utf8") : undefined);
    failures.push(...counted.failures);
    if (status !== 0 && counted.failures.length === 0) failures.push(`vitest ended with ${status ?? "a signal"}`);
    if (coverage !== undefined && !signal.aborted) failures.push(...(await desktopCoverage(coverage)));
    return { passed: counted.passed, failures };
  } finally {
    // An application that a stopped test left behind may still write its coverage.
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** Shows what the desktop specs ran; returns a failure where that is too little. */
async function desktopCoverage(folder: string): Promise<string[]> {
  const files = await readCoverage(folder);
  console.log(`\nWhat the desktop specs ran of the main process:\n${coverageTable(files)}`);
  const failure = coverageFailure(files);
  return failure === undefined ? [] : [failure];
}
