/**
 * Our side of the claims benchmark: the real engine on a runtime without containers, until the
 * queue is empty. Prints one JSON line {tasks, pushes, rejected, ms}.
 */
import type { ChildProcess } from "node:child_process";
import { subscribe } from "node:diagnostics_channel";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { runWorker } from "../main/headless/commands/worker.ts";
import { readConfiguration } from "../main/worker/configuration.ts";
import type { Log } from "../main/engine/ports.ts";
import { instantRuntime } from "../tests/support/instant-runtime.ts";
import { awaitStart } from "./start-barrier.ts";

const { values } = parseArgs({
  options: { url: { type: "string" }, node: { type: "string" }, batch: { type: "string", default: "4" } },
});
const dataDir = mkdtempSync(join(tmpdir(), "dgrid-bench-"));
const read = readConfiguration(
  {
    repoUrl: values.url ?? "",
    nodeId: values.node ?? "",
    dataDir,
    parallel: values.batch,
    memoryMb: String(256 * Number(values.batch)),
    cpus: values.batch,
    pullInterval: "1",
    heartbeatInterval: "0",
  },
  process.env,
);
if ("errors" in read) throw new Error(read.errors.join("; "));

// Every push that is tried, rejected ones too: each is one `git push` that was started.
// A process is announced before it has its arguments, so they are looked at in the end.
const children: ChildProcess[] = [];
subscribe("child_process", (message) => {
  children.push((message as { process: ChildProcess }).process);
});
let rejected = 0;
const silent = (): void => undefined;
const log: Log = {
  debug: (_fields, text) => {
    if (text === "another node pushed first") rejected++;
  },
  info: silent,
  warn: silent,
  error: (fields, text) => process.stderr.write(`${text} ${JSON.stringify(fields)}\n`),
};

await awaitStart();
const runtime = instantRuntime();
const startedAt = performance.now();
process.exitCode = await runWorker(read.value, { exitWhenIdle: true, acceptRewrite: false, dashboard: false }, log, {
  runtime,
  claimAhead: false,
});
const ms = Math.round(performance.now() - startedAt);
const pushes = children.filter(({ spawnargs }) => spawnargs.includes("push")).length;
process.stdout.write(`${JSON.stringify({ tasks: runtime.started.length, pushes, rejected, ms })}\n`);
rmSync(dataDir, { recursive: true, force: true });
