/** Who brought a file of the queue, as the Git adapter tells it from real repositories. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { add, commandsOf, grid, OLD, open, queuePath, served } from "../support/author-grid.ts";
import { createBareGrid, rewriteHistory } from "../support/bare-grid.ts";
import { startGitServer } from "../support/git-server.ts";
import { git } from "../support/isolated-git.ts";
import { temporaryDirectory } from "../support/temporary-directory.ts";
import { writeTree } from "../support/write-tree.ts";

const { signal } = new AbortController();

describe("a file's author", () => {
  it("is known for what came after the clone, without deepening: who, when, which commit", async () => {
    const { dir, url } = await grid();
    const repo = open(url);
    await repo.snapshot();
    const commit = await add(dir, "new");
    const second = await add(dir, "newer");
    await repo.snapshot();
    const known = await repo.known([queuePath("new"), queuePath("newer"), queuePath("not-there"), "grid.json"]);
    expect(known).toEqual({
      [queuePath("new")]: {
        name: "grid owner",
        email: "owner@grid.invalid",
        atMs: Number(await git(["show", "--no-patch", "--format=%at", commit], { dir })) * 1000,
        commit,
        subject: "Add new",
      },
      [queuePath("newer")]: expect.objectContaining({ commit: second, subject: "Add newer" }),
    });
  });

  it("is unknown for what is older than the clone, and the commit at which it was cut off is not blamed", async () => {
    const { dir, url } = await grid();
    await add(dir, "second");
    const last = await add(dir, "last");
    const repo = open(url);
    const { head } = await repo.snapshot();
    expect(head).toBe(last);
    const paths = [OLD, queuePath("second"), queuePath("last")];
    expect(await repo.known(paths)).toEqual({});
    await add(dir, "after");
    await repo.snapshot();
    expect(Object.keys(await repo.known([...paths, queuePath("after")]))).toEqual([queuePath("after")]);
  });

  it("is known with deepening, back to the true beginning of the history", async () => {
    const { dir, url, head: root } = await grid();
    const second = await add(dir, "second");
    await add(dir, "last");
    const repo = open(url);
    await repo.snapshot();
    const paths = [OLD, queuePath("second")];
    expect(await repo.known(paths, true)).toMatchObject({
      [OLD]: { commit: root, subject: "[D-GRID] Start the grid" },
      [queuePath("second")]: { commit: second },
    });
    expect(Object.keys(await repo.known(paths))).toHaveLength(2);
  });

  it("is known where the history has a single commit, although Git cuts it off there", async () => {
    const { url, head } = await grid();
    const repo = open(url);
    await repo.snapshot();
    expect(readFileSync(join(repo.directory, "shallow"), "utf8")).toContain(head);
    expect(await repo.known([OLD])).toMatchObject({ [OLD]: { commit: head } });
  });

  it("is the last who made the file what it is: a change, a change back, and a return to the queue count", async () => {
    const { dir, url } = await grid();
    const repo = open(url);
    await repo.snapshot();
    await add(dir, "changed", "first\n");
    const changed = await add(dir, "changed", "second\n");
    await add(dir, "back", "first\n");
    await add(dir, "back", "second\n");
    const back = await add(dir, "back", "first\n");
    await add(dir, "again");
    await add(dir, "again", null);
    const again = await add(dir, "again");
    await repo.snapshot();
    expect(await repo.known(["changed", "back", "again"].map(queuePath))).toMatchObject({
      [queuePath("changed")]: { commit: changed },
      [queuePath("back")]: { commit: back },
      [queuePath("again")]: { commit: again },
    });
  });

  it("is found on the side of a merge that brought it, and is the merge where that made it up", async () => {
    const { dir, url, head: root } = await grid();
    const repo = open(url);
    await repo.snapshot();
    const main = await add(dir, "on-main");
    const commitOn = async (name: string, content: string, base: string, ...parents: string[]): Promise<string> => {
      const tree = await writeTree(dir, [{ path: queuePath(name), content }], `${base}^{tree}`);
      return git(["commit-tree", tree, ...parents.flatMap((parent) => ["-p", parent]), "-m", `Bring ${name}`], { dir });
    };
    const side = await commitOn("aside", "aside\n", root, root);
    const both = await commitOn("aside", "aside\n", main, main);
    // The side has its own idea of another file, which the merge does not take.
    const dropped = await commitOn("on-main", "not taken\n", side, side);
    const merge = await commitOn("evil", "made up\n", both, dropped, main);
    await git(["update-ref", "refs/heads/main", merge], { dir });
    await repo.snapshot();
    expect(await repo.known(["on-main", "aside", "evil"].map(queuePath))).toMatchObject({
      [queuePath("on-main")]: { commit: main },
      [queuePath("aside")]: { commit: side },
      [queuePath("evil")]: { commit: merge },
    });
  });

  it("of our own push is known at once", async () => {
    const { url } = await grid();
    const repo = open(url);
    const decide = () => ({
      message: "Add ours",
      ops: [{ op: "write" as const, path: queuePath("ours"), text: "{}\n" }],
    });
    const outcome = await repo.transact(() => [], decide, { signal });
    expect(outcome.kind).toBe("pushed");
    expect(await repo.known([queuePath("ours")])).toMatchObject({
      [queuePath("ours")]: { name: "me", email: "me@x", subject: "[D-GRID] Add ours" },
    });
  });

  it("before the first snapshot is nobody, and nothing is fetched for it", async () => {
    const { server, url } = await served();
    expect(await open(url).known([OLD], true)).toEqual({});
    expect(server.traffic.requests).toBe(0);
  });
});

describe("deepening", () => {
  it("happens once, only for what is unknown, over HTTP and without blobs", async () => {
    const { server, url, dir } = await served();
    await add(dir, "gone");
    await add(dir, "gone", null);
    const repo = open(url);
    await repo.snapshot();
    await add(dir, "after");
    await repo.snapshot();
    const requestsOf = async (paths: readonly string[], deepen: boolean): Promise<number> => {
      const before = server.traffic.requests;
      await repo.known(paths, deepen);
      return server.traffic.requests - before;
    };
    expect(await requestsOf([queuePath("after")], true)).toBe(0);
    expect(await requestsOf([OLD], false)).toBe(0);
    expect(await requestsOf([OLD], true)).toBeGreaterThan(0);
    expect(Object.keys(await repo.known([OLD]))).toEqual([OLD]);
    const objects = await git(["cat-file", "--batch-all-objects", "--batch-check=%(objecttype)"], {
      dir: repo.directory,
    });
    // That of "after", which an incremental fetch brings along.
    expect(objects.split("\n").filter((type) => type === "blob")).toHaveLength(1);
  });

  it("is not tried again for what it did not reach, and goes no further than it should", async () => {
    const { server, url, dir } = await served();
    await emptyCommits(dir, 1_200);
    const repo = open(url);
    await repo.snapshot();
    expect(await repo.known([OLD], true)).toEqual({});
    const before = server.traffic.requests;
    expect(await repo.known([OLD], true)).toEqual({});
    expect(server.traffic.requests).toBe(before);
    expect(Number(await git(["rev-list", "--count", "refs/dgrid/head"], { dir: repo.directory }))).toBe(1_001);
  });

  it("that fails is a fault, does no harm, and is tried again", async () => {
    const { server, url, dir } = await served();
    await add(dir, "last");
    const repo = open(url);
    await repo.snapshot();
    server.inject({ kind: "status", status: 503 });
    expect(await repo.authors([OLD], { signal, deepen: true })).toMatchObject({
      ok: false,
      fault: { code: "grid_server_error" },
    });
    expect(await repo.known([OLD])).toEqual({});
    server.clearFailures();
    server.inject({ kind: "cut-mid-pack" }, { times: 1 });
    expect(await repo.authors([OLD], { signal, deepen: true })).toMatchObject({ ok: false });
    expect(await repo.known([OLD])).toEqual({});
    expect(Object.keys(await repo.known([OLD], true))).toEqual([OLD]);
  });

  it("that the caller gives up ends, and the repository goes on", async () => {
    const { server, url, dir } = await served();
    await add(dir, "last");
    const repo = open(url);
    await repo.snapshot();
    server.inject({ kind: "hang" });
    const stop = new AbortController();
    const arrived = server.nextArrival(() => true);
    const asked = repo.authors([OLD], { signal: stop.signal, deepen: true });
    await arrived;
    stop.abort();
    expect(await asked).toMatchObject({ ok: false, fault: { code: "grid_timed_out" } });
    server.clearFailures();
    expect(Object.keys(await repo.known([OLD], true))).toEqual([OLD]);
  });

  it("leaves incremental fetches, pushes, tidying and the eye for a rewritten history as they were", async () => {
    const { dir, url } = await grid();
    await add(dir, "last");
    const repo = open(url);
    await repo.snapshot();
    // Newer than the snapshot: the deepening meets it on the server, and must not move past it.
    await add(dir, "meanwhile");
    await repo.known([OLD], true);
    expect(Object.keys(await repo.known([OLD]))).toEqual([OLD]);
    const { head } = await repo.snapshot();
    expect(head).toBe(await git(["rev-parse", "main"], { dir }));
    expect(Object.keys(await repo.known([OLD, queuePath("meanwhile")]))).toHaveLength(2);
    const tidied = await commandsOf(repo, url).tidy(["gc", "--quiet", "--prune=now"], { deadlineMs: 60_000, signal });
    expect(tidied).toMatchObject({ exitCode: 0, stderr: "" });
    expect(Object.keys(await repo.known([OLD, queuePath("meanwhile")]))).toHaveLength(2);
    const decide = () => ({ message: "ours", ops: [{ op: "write" as const, path: queuePath("ours"), text: "{}\n" }] });
    expect((await repo.transact(() => [], decide, { signal })).kind).toBe("pushed");
    await add(dir, "later");
    await repo.snapshot();
    expect(Object.keys(await repo.known([queuePath("later"), queuePath("ours"), OLD]))).toHaveLength(3);
    await rewriteHistory(dir);
    expect(await repo.sync(() => [], signal)).toMatchObject({ ok: false, fault: { code: "grid_history_rewritten" } });
    repo.acceptRewrite();
    const rewritten = await repo.snapshot();
    expect(await repo.known([OLD])).toMatchObject({ [OLD]: { commit: rewritten.head } });
  });

  it("does not hide a history that was rewritten before it", async () => {
    const { dir, url } = await grid();
    await add(dir, "last");
    const repo = open(url);
    await repo.snapshot();
    await rewriteHistory(dir);
    await repo.authors([OLD], { signal, deepen: true });
    expect(await repo.sync(() => [], signal)).toMatchObject({ ok: false, fault: { code: "grid_history_rewritten" } });
  });

  it("works with a server that knows no filter", async () => {
    const root = temporaryDirectory();
    const { dir } = await createBareGrid({ dir: join(root, "grid.git"), tasks: 2, finished: 3 });
    await add(dir, "last");
    const server = await startGitServer({ root, allowFilter: false, allowAnySha1InWant: false });
    onTestFinished(() => server.close());
    const repo = open(server.url("grid.git"));
    await repo.snapshot();
    expect(Object.keys(await repo.known([OLD], true))).toEqual([OLD]);
  });
});

/** Commits that change nothing, on top of the branch. */
async function emptyCommits(dir: string, count: number): Promise<void> {
  const [head, tree] = (await git(["rev-parse", "main", "main^{tree}"], { dir })).split("\n");
  const commits = Array.from({ length: count }, (_, index) => {
    const from = index === 0 ? `from ${head}\n` : "";
    return `commit refs/heads/main\ncommitter c <c@x> 1700000000 +0000\ndata 1\n.\n${from}M 040000 ${tree} \n`;
  });
  await git(["fast-import", "--quiet"], { dir, input: commits.join("\n") });
}
