/** The command line as a person meets it: what it says, what it refuses, what it leaves alone. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { createBareGrid } from "../support/bare-grid.ts";
import { pushCount } from "../support/grid-history.ts";
import { inspectGrid } from "../support/inspect-grid.ts";
import { git } from "../support/isolated-git.ts";
import { runCli } from "../support/run-cli.ts";
import { temporaryDirectory } from "../support/temporary-directory.ts";

const TOKEN = "s3cret-token-0123456789";

function file(name: string, content: string | object): string {
  const path = join(temporaryDirectory(), name);
  writeFileSync(path, typeof content === "string" ? content : JSON.stringify(content));
  return path;
}

describe("dgrid worker", () => {
  it("names every error of its configuration at once and exits with 2", async () => {
    const { code, stderr } = await runCli(["worker", "--parallel", "0"], {
      NODE_ID: "Not Valid",
      DGRID_REPO_URL: "ext::sh -c id",
      PULL_INTERVAL: "soon",
      LOG_LEVEL: "LOUD",
      DGRID_CPUS: "-1",
    });
    expect(code).toBe(2);
    for (const name of ["NODE_ID", "DGRID_REPO_URL", "PULL_INTERVAL", "LOG_LEVEL", "DGRID_CPUS", "DGRID_PARALLEL"])
      expect(stderr).toContain(name);
  });

  it("needs a grid where no dashboard could choose one, and says how to name one", async () => {
    const { code, stderr } = await runCli(["worker", "--no-dashboard", "--data-dir", temporaryDirectory()]);
    expect([code, stderr]).toEqual([2, expect.stringContaining("DGRID_REPO_URL (--repo-url)")]);
  });

  it("never shows a token that stands in the address", async () => {
    const { code, stdout, stderr } = await runCli(["worker"], { DGRID_REPO_URL: `https://${TOKEN}@host/grid.git` });
    expect(code).toBe(2);
    expect(stdout + stderr).not.toContain(TOKEN);
  });

  it("refuses an unknown flag with 2", async () => {
    expect((await runCli(["worker", "--no-such-flag"])).code).toBe(2);
  });
});

describe("dgrid init", () => {
  it("makes an empty repository a grid, and leaves one alone that is not empty", async () => {
    const dir = join(temporaryDirectory(), "grid.git");
    await git(["init", "--quiet", "--bare", dir]);
    expect(await runCli(["init", dir])).toMatchObject({ code: 0, stdout: expect.stringContaining("is a grid now") });
    const files = (await git(["ls-tree", "-r", "--name-only", "main"], { dir })).split("\n");
    expect(files).toEqual(
      expect.arrayContaining(["grid.json", "nodes/.gitkeep", "tasks/queue/.gitkeep", "tasks/completed/.gitkeep"]),
    );
    expect(await runCli(["init", dir])).toMatchObject({ code: 1, stderr: expect.stringContaining("not empty") });
    expect((await git(["rev-list", "--count", "main"], { dir })).trim()).toBe("1");
  });
});

describe("dgrid submit", () => {
  it("queues all files in one push, byte for byte, under their ids", async () => {
    const { url, dir } = await createBareGrid({ dir: join(temporaryDirectory(), "grid.git") });
    const odd = '{ "script":"true",\r\n"task_id" : "odd",  "extra": [1, 2]}\r\n';
    const { code, stdout } = await runCli([
      "submit",
      "--grid",
      url,
      file("whatever.txt", odd),
      file("b.json", { task_id: "plain", script: "true" }),
    ]);
    expect([code, stdout]).toEqual([0, "2 queued: odd, plain\n"]);
    const seen = await inspectGrid(dir);
    expect(seen.files.get("tasks/queue/odd.json")?.content.toString("utf8")).toBe(odd);
    expect(await pushCount(dir)).toBe(1);
  });

  it.each([
    ["{", "not_json"],
    ['{"task_id":"../up","script":"true"}', "not_a_task"],
    ['{"task_id":"a"}', "not_a_task"],
    [`{"task_id":"a","script":"true","x":"${"y".repeat(70_000)}"}`, "too_large"],
  ])("refuses %.40j with 2 and a name, and pushes nothing", async (content, code) => {
    const { url, dir } = await createBareGrid({ dir: join(temporaryDirectory(), "grid.git") });
    const outcome = await runCli([
      "submit",
      "--grid",
      url,
      file("good.json", { task_id: "good", script: "true" }),
      file("bad.json", content),
    ]);
    expect(outcome).toMatchObject({ code: 2, stderr: expect.stringContaining(code) });
    expect(await pushCount(dir)).toBe(0);
  });

  it("refuses an id that the grid has already had, in whichever state", async () => {
    const { url, dir } = await createBareGrid({ dir: join(temporaryDirectory(), "grid.git"), tasks: 1, finished: 1 });
    const queued = await runCli(["submit", "--grid", url, file("a.json", { task_id: "task-0001", script: "true" })]);
    const finished = await runCli(["submit", "--grid", url, file("a.json", { task_id: "old-000001", script: "true" })]);
    expect([queued.code, queued.stderr]).toEqual([2, expect.stringContaining("already_queued")]);
    expect([finished.code, finished.stderr]).toEqual([2, expect.stringContaining("already_finished")]);
    expect(await pushCount(dir)).toBe(0);
  });

  it("refuses an address before Git sees it", async () => {
    const outcome = await runCli([
      "submit",
      "--grid",
      "--upload-pack=touch /tmp/x",
      file("a.json", { task_id: "a", script: "true" }),
    ]);
    expect(outcome.code).toBe(2);
  });
});

describe("dgrid status", () => {
  it("tells what a grid holds, as JSON and as text without control characters", async () => {
    const { url } = await createBareGrid({
      dir: join(temporaryDirectory(), "grid.git"),
      tasks: 2,
      finished: 3,
      files: [{ path: "tasks/queue/\u001b[31mred.json", content: "{" }],
    });
    const json = await runCli(["status", "--grid", url, "--json"]);
    expect(JSON.parse(json.stdout)).toMatchObject({
      completed: 3,
      failed: 0,
      queue: [{ task_id: "task-0001" }, { task_id: "task-0002" }],
      problems: [{ code: "bad_file_name" }],
    });
    const text = await runCli(["status", "--grid", url]);
    expect(text.code).toBe(0);
    expect(text.stdout).not.toContain("\u001b[31mred");
  });

  it("says what to do when there is no grid", async () => {
    const { code, stderr } = await runCli(["status", "--grid", join(temporaryDirectory(), "nothing.git")]);
    expect([code, stderr]).toEqual([1, expect.stringContaining("grid_not_found")]);
  });
});
