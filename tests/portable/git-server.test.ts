import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { addFiles, createBareGrid } from "../support/bare-grid.ts";
import { pushCount } from "../support/grid-history.ts";
import { type GitServer, type GitServerOptions, startGitServer } from "../support/git-server.ts";
import { git } from "../support/isolated-git.ts";
import { temporaryDirectory } from "../support/temporary-directory.ts";

interface Fixture {
  readonly server: GitServer;
  readonly grid: string;
  readonly url: string;
  /** A clone with one commit that was not pushed yet. */
  readonly work: string;
}

async function fixture(options: Omit<GitServerOptions, "root"> = {}): Promise<Fixture> {
  const root = temporaryDirectory();
  const grid = join(root, "grid.git");
  const { url: path } = await createBareGrid({ dir: grid, tasks: 3 });
  const server = await startGitServer({ root, ...options });
  onTestFinished(() => server.close());
  const work = join(root, "work");
  await git(["clone", "--quiet", path, work]);
  const url = server.url("grid.git");
  await git(["remote", "set-url", "origin", withPassword(url, options.token)], { dir: work });
  await git(["commit", "--quiet", "--allow-empty", "-m", "Something"], { dir: work });
  return { server, grid, url, work };
}

function withPassword(url: string, token: string | undefined): string {
  return token === undefined ? url : url.replace("://", `://anyone:${token}@`);
}

test("cloning and pushing work, and are counted down to the bytes", async () => {
  const { server, grid, work } = await fixture();
  await git(["fetch", "--quiet"], { dir: work });
  const before = server.traffic;
  await git(["push", "--quiet"], { dir: work });
  const after = server.traffic;
  expect(after.pushes - before.pushes).toBe(1);
  expect(after.pushAttempts - before.pushAttempts).toBe(1);
  expect(after.bytesIn - before.bytesIn).toBeGreaterThan(300);
  expect(after.bytesOut - before.bytesOut).toBeGreaterThan(300);
  expect(await pushCount(grid)).toBe(1);
});

test("a partial clone leaves out the blobs, and one of them can be asked for by its id", async () => {
  const { url } = await fixture();
  const dir = join(temporaryDirectory(), "partial");
  await git(["clone", "--quiet", "--bare", "--filter=blob:none", "--depth=1", url, dir]);
  const missing = (await git(["rev-list", "--objects", "--missing=print", "HEAD"], { dir })).match(/^\?\w+/gm);
  expect(missing).toHaveLength(4);
  expect(await git(["cat-file", "-p", "HEAD:tasks/queue/task-0001.json"], { dir })).toContain("task-0001");
});

test("a large push, compressed or in pieces, arrives whole", async () => {
  const { grid, server, work } = await fixture();
  await git(["config", "http.postBuffer", "65536"], { dir: work });
  const blob = await git(["hash-object", "-w", "--stdin"], { dir: work, input: randomBytes(3_000_000) });
  await git(["update-index", "--add", "--cacheinfo", `100644,${blob},large`], { dir: work });
  await git(["commit", "--quiet", "-m", "Large"], { dir: work });
  await git(["push", "--quiet"], { dir: work });
  expect(await git(["rev-parse", "HEAD:large"], { dir: grid })).toBe(blob);
  expect(server.traffic.pushes).toBe(1);
});

test("only the token opens the door, under any user name, until it is changed", async () => {
  const { server, url, work } = await fixture({ token: "secret-token" });
  await expect(git(["ls-remote", url])).rejects.toThrow(/could not read Username|Authentication failed/);
  await git(["push", "--quiet"], { dir: work });
  server.token = "another";
  await expect(git(["fetch"], { dir: work })).rejects.toThrow("Authentication failed");
});

test.each([
  [401, "could not read Username"],
  [403, "403"],
  [404, "not found"],
  [500, "500"],
  [503, "503"],
] as const)("answers %i as often as asked, then works again", async (status, message) => {
  const { server, url } = await fixture();
  server.inject({ kind: "status", status }, { times: 1 });
  await expect(git(["ls-remote", url])).rejects.toThrow(message);
  await git(["ls-remote", url]);
});

test("a failure of pushes leaves fetches alone, until it is cleared", async () => {
  const { server, grid, work } = await fixture();
  const disarm = server.inject({ kind: "status", status: 503 }, { match: "pushes" });
  await expect(git(["push"], { dir: work })).rejects.toThrow("503");
  await git(["fetch"], { dir: work });
  disarm();
  await git(["push"], { dir: work });
  expect(await pushCount(grid)).toBe(1);
});

test.each([
  ["nothing", "cannot lock ref"],
  ["header", "hung up unexpectedly"],
] as const)("a push cut after it was applied, %s answered, is there and fails with: %s", async (answer, message) => {
  const { server, grid, work } = await fixture();
  server.inject({ kind: "cut-after-apply", answer }, { times: 1 });
  const answered = server.nextAnswer((request) => request.service === "push" && request.phase === "pack");
  await expect(git(["push"], { dir: work })).rejects.toThrow(message);
  await answered;
  expect(await pushCount(grid)).toBe(1);
  expect(await git(["rev-parse", "HEAD"], { dir: grid })).toBe(await git(["rev-parse", "HEAD"], { dir: work }));
});

test("a dropped push was not applied", async () => {
  const { server, grid, work } = await fixture();
  server.inject({ kind: "drop" }, { match: (request) => request.service === "push" && request.phase === "pack" });
  await expect(git(["push"], { dir: work })).rejects.toThrow("git push ended with");
  expect(await pushCount(grid)).toBe(0);
});

test("a cut inside a pack fails that fetch and is spent by it", async () => {
  const { server, grid, work } = await fixture();
  await addFiles(grid, [{ path: "new", content: "new" }], "New");
  server.inject({ kind: "cut-mid-pack" }, { times: 1 });
  await git(["ls-remote"], { dir: work });
  await expect(git(["fetch"], { dir: work })).rejects.toThrow("while reading sideband packet");
  await git(["fetch"], { dir: work });
  expect(await git(["rev-parse", "origin/main"], { dir: work })).toBe(await git(["rev-parse", "HEAD"], { dir: grid }));
});

test("a hanging request arrives, is never answered, and ends with the server's connections", async () => {
  const { server, url } = await fixture();
  server.inject({ kind: "hang" });
  const arrived = server.nextArrival("fetches");
  const outcome = git(["ls-remote", url]).then(
    () => "answered",
    () => "failed",
  );
  await arrived;
  await server.refuseConnections();
  expect(await outcome).toBe("failed");
});

test("a server that was away comes back on its port", async () => {
  const { server, url } = await fixture();
  await server.refuseConnections();
  await expect(git(["ls-remote", url])).rejects.toThrow(/refused|Failed to connect|Could not connect/);
  await server.listenAgain();
  expect(server.url("grid.git")).toBe(url);
  await git(["ls-remote", url]);
});

test("a redirect leads to the other server", async () => {
  const { server, url } = await fixture();
  const other = await fixture();
  server.inject({ kind: "redirect", to: other.server.origin });
  const heads = await git(["-c", "http.followRedirects=true", "ls-remote", url]);
  expect(heads).toBe(await git(["ls-remote", other.url]));
  expect(other.server.traffic.requests).toBeGreaterThan(0);
});

test("a delay is added to every request", async () => {
  const { server, url } = await fixture();
  await git(["ls-remote", url]);
  const requestsOfOne = server.traffic.requests;
  server.delayMs = 100;
  const startedAt = performance.now();
  await git(["ls-remote", url]);
  // A timer may fire up to a millisecond early.
  expect(performance.now() - startedAt).toBeGreaterThan(requestsOfOne * 99);
});
