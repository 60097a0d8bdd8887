/** What a worker costs that has nothing to do: it polls an unchanged grid, heartbeat off. */
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { createBareGrid } from "../tests/support/bare-grid.ts";
import { startGitServer } from "../tests/support/git-server.ts";
import { startCli } from "../tests/support/run-cli.ts";
import { readProcessUsage } from "./process-usage.ts";
import type { BenchPart } from "./bench-part.ts";
import type { BenchTable } from "./table.ts";
import { withEngine } from "./with-engine.ts";

const POLL_SECONDS = 10;
const AIMS = { commandsPerPoll: 1, corePercent: 1, residentMegabytes: 120 };

export const idlePart: BenchPart = {
  name: "idle",
  measure: (scale, progress) =>
    withEngine(progress, async (image) => {
      const { figures, table } = await measureIdle(scale.quick ? 10 : 60, image);
      return { figures, tables: [table] };
    }),
};

interface IdleFigures {
  readonly polls: number;
  readonly commandsPerPoll: number;
  readonly requestsPerPoll: number;
  readonly bytesPerPoll: number;
  readonly corePercent: number;
  readonly residentMegabytes: number;
}

/** Watches for `seconds` at the default interval, after the worker has settled. */
async function measureIdle(seconds: number, image: string): Promise<{ figures: IdleFigures; table: BenchTable }> {
  const folder = mkdtempSync(join(tmpdir(), "dgrid-bench-"));
  const server = await startGitServer({ root: folder });
  try {
    await createBareGrid({ dir: join(folder, "grid.git"), finished: 100 });
    const counted = countingGit(folder);
    const run = startCli(["worker", "--json"], {
      ...counted.env,
      DGRID_REPO_URL: server.url("grid.git"),
      DGRID_DATA_DIR: join(folder, "data"),
      DGRID_IMAGE: image,
      HEARTBEAT_INTERVAL: "0",
      PULL_INTERVAL: String(POLL_SECONDS),
    });
    // Starting, probing the engine and the first clone are not idleness.
    await wait(2 * POLL_SECONDS * 1000);
    const before = { ...server.traffic, commands: counted.commands(), usage: usageOf(run.pid) };
    await wait(seconds * 1000);
    const after = { ...server.traffic, commands: counted.commands(), usage: usageOf(run.pid) };
    run.child.kill("SIGTERM");
    await run.exited;
    const polls = (after.requests - before.requests) / 2;
    const bytes = after.bytesIn + after.bytesOut - before.bytesIn - before.bytesOut;
    const figures = {
      polls,
      commandsPerPoll: (after.commands - before.commands) / polls,
      requestsPerPoll: (after.requests - before.requests) / polls,
      bytesPerPoll: bytes / polls,
      corePercent: (after.usage.cpuMs - before.usage.cpuMs) / (seconds * 10),
      residentMegabytes: after.usage.residentBytes / 1e6,
    };
    return { figures, table: idleTable(figures, seconds) };
  } finally {
    await server.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

function idleTable(figures: IdleFigures, seconds: number): BenchTable {
  const judge = (value: number, aim: number): string => (value <= aim ? "reached" : "NOT reached");
  const { commandsPerPoll, corePercent, residentMegabytes } = figures;
  return {
    title: `idle: polling an unchanged grid every ${POLL_SECONDS} s for ${seconds} s, heartbeat off`,
    columns: ["figure", "value", "aim", ""],
    rows: [
      ["Git commands a poll", commandsPerPoll, AIMS.commandsPerPoll, judge(commandsPerPoll, AIMS.commandsPerPoll)],
      ["requests a poll", figures.requestsPerPoll, null, ""],
      ["bytes on the wire a poll", figures.bytesPerPoll, null, ""],
      ["CPU, % of a core, with children", corePercent, AIMS.corePercent, judge(corePercent, AIMS.corePercent)],
      [
        "resident MB, with children",
        residentMegabytes,
        AIMS.residentMegabytes,
        judge(residentMegabytes, AIMS.residentMegabytes),
      ],
    ],
    notes: [`${figures.polls} polls seen`],
  };
}

function usageOf(pid: number): { cpuMs: number; residentBytes: number } {
  const usage = readProcessUsage(pid);
  if (usage === undefined) throw new Error("the worker is gone, or this system has no /proc");
  return usage;
}

/** A `git` first on the PATH that notes each call and becomes the real one. */
function countingGit(folder: string): { env: Record<string, string>; commands: () => number } {
  const notes = join(folder, "git-calls");
  const shim = join(folder, "git");
  const path = process.env["PATH"] ?? "";
  writeFileSync(notes, "");
  writeFileSync(shim, `#!/bin/sh\necho call >> '${notes}'\nPATH='${path}' exec git "$@"\n`);
  chmodSync(shim, 0o755);
  return {
    env: { PATH: `${folder}${delimiter}${path}` },
    commands: () => readFileSync(notes, "utf8").split("\n").length - 1,
  };
}
