import { expect, test } from "vitest";
import { addFiles, createBareGrid, rewriteHistory } from "../support/bare-grid.ts";
import { commitsOf, fsck, historyOf, installHook, pushCount } from "../support/grid-history.ts";
import { inspectGrid } from "../support/inspect-grid.ts";
import { git, gitBytes } from "../support/isolated-git.ts";
import { temporaryDirectory } from "../support/temporary-directory.ts";

test("a grid holds the tasks, the settings and the finished tasks it was made with", async () => {
  const dir = temporaryDirectory();
  await createBareGrid({ dir, tasks: 3, finished: 2, gridJson: { protocol: 1 } });
  const grid = await inspectGrid(dir);
  expect(grid.tasks.queue).toEqual(["task-0001.json", "task-0002.json", "task-0003.json"]);
  expect(grid.tasks.completed).toEqual(["node-old-old-000001.json", "node-old-old-000002.json"]);
  expect(grid.results.map((result) => result.task_id)).toEqual(["old-000001", "old-000002"]);
  expect(JSON.parse(grid.files.get("grid.json")?.content.toString("utf8") ?? "")).toEqual({ protocol: 1 });
  expect(grid.unreadable).toEqual([]);
  await fsck(dir);
});

test("a grid can hold what no worker would write: symlinks, submodules, any name, any size", async () => {
  const dir = temporaryDirectory();
  const large = Buffer.alloc(10 * 1024 * 1024, "x");
  const name = Buffer.from([...Buffer.from("tasks/queue/"), 0xff, 0xfe, ...Buffer.from('"\n\t.json')]);
  await createBareGrid({
    dir,
    files: [
      { path: "tasks/queue/link.json", mode: "120000", content: "/etc/passwd" },
      { path: "tasks/queue/module.json", mode: "160000" },
      { path: "tasks/queue/../up.json", content: "{}" },
      { path: name, content: "{}" },
      { path: "tasks/queue/large.json", content: large },
    ],
  });
  const { files } = await inspectGrid(dir);
  expect(files.get("tasks/queue/link.json")?.mode).toBe("120000");
  expect(files.get("tasks/queue/module.json")?.mode).toBe("160000");
  expect(files.get("tasks/queue/../up.json")?.mode).toBe("100644");
  expect(files.get("tasks/queue/large.json")?.content.equals(large)).toBe(true);
  expect((await gitBytes(["ls-tree", "-r", "-z", "HEAD"], { dir })).includes(name)).toBe(true);
});

test("files are added, changed and deleted in one commit on top; an empty directory disappears", async () => {
  const dir = temporaryDirectory();
  const { head } = await createBareGrid({ dir, tasks: 1 });
  const added = await addFiles(
    dir,
    [
      { path: "tasks/queue/task-0001.json", content: null },
      { path: "tasks/unapproved/new.json", content: "{}" },
      { path: "README.md", content: "changed" },
    ],
    "Change everything",
  );
  const grid = await inspectGrid(dir);
  expect([...grid.files.keys()]).toEqual(["README.md", "tasks/unapproved/new.json"]);
  expect(grid.files.get("README.md")?.content.toString()).toBe("changed");
  expect((await commitsOf(dir)).map((commit) => commit.oid)).toEqual([head, added]);
});

test("a directory of a hundred thousand results is made and added to in seconds", async () => {
  const dir = temporaryDirectory();
  await createBareGrid({ dir, finished: 50_000 });
  await addFiles(dir, [{ path: "tasks/completed/one-more.json", content: "{}" }], "One more");
  const listing = await git(["ls-tree", "HEAD:tasks/completed"], { dir });
  expect(listing.split("\n")).toHaveLength(100_001);
});

test("files added at the same moment all arrive", async () => {
  const dir = temporaryDirectory();
  await createBareGrid({ dir });
  const paths = ["a", "b", "c", "d"].map((name) => `tasks/queue/${name}.json`);
  await Promise.all(paths.map((path) => addFiles(dir, [{ path, content: "{}" }], path)));
  expect((await inspectGrid(dir)).tasks.queue).toEqual(["a.json", "b.json", "c.json", "d.json"]);
  expect(await commitsOf(dir)).toHaveLength(5);
});

test("a rewritten history keeps the files and forgets the old head", async () => {
  const dir = temporaryDirectory();
  const { head } = await createBareGrid({ dir, tasks: 1 });
  const rewritten = await rewriteHistory(dir);
  expect(rewritten).not.toBe(head);
  expect((await commitsOf(dir)).map((commit) => commit.oid)).toEqual([rewritten]);
  expect((await inspectGrid(dir)).tasks.queue).toEqual(["task-0001.json"]);
});

test("a push is told apart from the owner's commits, a path is followed, and a hook refuses", async () => {
  const dir = temporaryDirectory();
  const work = temporaryDirectory();
  const { url } = await createBareGrid({ dir, tasks: 1 });
  await addFiles(dir, [{ path: "note", content: "x" }], "By the owner");
  await git(["clone", "--quiet", url, work]);
  await git(["mv", "tasks/queue/task-0001.json", "moved.json"], { dir: work });
  await git(["commit", "--quiet", "-m", "Move"], { dir: work });
  await git(["push", "--quiet"], { dir: work });
  expect(await pushCount(dir)).toBe(1);
  expect((await historyOf(dir, "moved.json")).map(({ status, from, path }) => ({ status, from, path }))).toEqual([
    { status: "A", from: undefined, path: "tasks/queue/task-0001.json" },
    { status: "R", from: "tasks/queue/task-0001.json", path: "moved.json" },
  ]);
  installHook(dir, "pre-receive", "echo not today >&2; exit 1");
  await git(["commit", "--quiet", "--allow-empty", "-m", "Again"], { dir: work });
  await expect(git(["push"], { dir: work })).rejects.toThrow("not today");
  expect(await pushCount(dir)).toBe(1);
});
