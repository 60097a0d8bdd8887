/**
 * Our side of the claims benchmark: the real engine on a runtime without containers, until the
 * queue is empty. Prints one JSON line {tasks, pushes, rejected, ms}.
 */
import { parseArgs } from "node:util";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readConfiguration } from "../main/headless/configuration.ts";
import { runWorker } from "../main/headless/commands/worker.ts";
import { createLog } from "../main/headless/log.ts";
import { instantRuntime } from "../tests/support/instant-runtime.ts";

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
    logLevel: "ERROR",
  },
  process.env,
);
if ("errors" in read) throw new Error(read.errors.join("; "));
const runtime = instantRuntime();
const startedAt = performance.now();
const log = createLog({ level: "ERROR", json: true, secrets: [] });
process.exitCode = await runWorker(read.value, { exitWhenIdle: true, acceptRewrite: false }, log, {
  runtime,
  claimAhead: false,
});
process.stdout.write(
  `${JSON.stringify({ tasks: runtime.started.length, ms: Math.round(performance.now() - startedAt) })}\n`,
);
rmSync(dataDir, { recursive: true, force: true });
