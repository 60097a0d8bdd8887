/** The token of a whole worker process, looked for wherever it could be read: Linux shows every process's arguments. */
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { createBareGrid } from "../support/bare-grid.ts";
import { startGitServer } from "../support/git-server.ts";
import { startCli } from "../support/run-cli.ts";
import { temporaryDirectory } from "../support/temporary-directory.ts";
import { until } from "../support/test-worker.ts";

const TOKEN = "s3cret-token-0123456789";

it("the token is in no log, no output, no process's arguments, no commit and no file", async () => {
  const root = temporaryDirectory();
  const dataDir = temporaryDirectory();
  const { dir } = await createBareGrid({ dir: join(root, "grid.git"), tasks: 1 });
  const server = await startGitServer({ root, token: TOKEN });
  const worker = startCli(["worker", "--json"], {
    GIT_TOKEN: TOKEN,
    DGRID_REPO_URL: server.url("grid.git"),
    DGRID_DATA_DIR: dataDir,
    LOG_LEVEL: "DEBUG",
    NODE_ID: "one",
    PULL_INTERVAL: "1",
    DOCKER_HOST: "unix:///nonexistent.sock",
  });
  try {
    // Every request hangs while all processes are looked at, Git's helpers among them.
    const seen: string[] = [];
    for (let i = 0; i < 3; i++) {
      const release = server.inject({ kind: "hang" }, { match: ({ authorized }) => authorized, times: 1 });
      await server.nextArrival(({ authorized }) => authorized);
      seen.push(...argumentsOfAllProcesses());
      release();
      server.clearFailures();
      await server.refuseConnections();
      await server.listenAgain();
    }
    expect(seen.some((line) => line.includes("git-remote-http") || line.includes("remote-http"))).toBe(true);
    expect(seen.filter((line) => line.includes(TOKEN))).toEqual([]);
    server.token = "revoked-in-between-1234";
    await until(() => worker.output().stderr.includes("grid_auth_failed"));
    worker.child.kill("SIGTERM");
    expect(await worker.exited).toBe(0);
    const { stdout, stderr } = worker.output();
    expect(stdout + stderr).not.toContain(TOKEN);
    const leaks = [dataDir, dir].flatMap(filesBelow).filter((path) => readFileSync(path).includes(TOKEN));
    expect(leaks).toEqual([]);
  } finally {
    worker.child.kill("SIGKILL");
    await server.close();
  }
});

function argumentsOfAllProcesses(): string[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        return [readFileSync(`/proc/${pid}/cmdline`, "utf8")];
      } catch (error) {
        // A process that ended while the list was read.
        if (error instanceof Error && "code" in error && (error.code === "ENOENT" || error.code === "ESRCH")) return [];
        throw error;
      }
    });
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => statSync(path).size < 50_000_000);
}
