/** The Git adapter against real repositories, over file paths and over smart HTTP that fails on demand. */
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterEach, describe, expect, it } from "vitest";
import { gitTaskRepo, type GitTaskRepoOptions } from "../../main/adapters/git/task-repo.ts";
import { systemClock } from "../../main/adapters/sensors/clock.ts";
import { GridReader } from "../../main/engine/core/grid-view.ts";
import type { Change, RepoTree, TaskRepo, TransactOutcome } from "../../main/engine/ports.ts";
import { parseGridAddress } from "../../shared/domain/grid-address.ts";
import { addFiles, createBareGrid, rewriteHistory } from "../support/bare-grid.ts";
import { historyOf, installHook, pushCount } from "../support/grid-history.ts";
import { startGitServer, type GitServer } from "../support/git-server.ts";
import { git } from "../support/isolated-git.ts";
import { temporaryDirectory } from "../support/temporary-directory.ts";
import { recordingLog } from "../support/test-worker.ts";

const TOKEN = "s3cret-token-0123456789";
const { signal } = new AbortController();
const cleanups: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

interface OpenOptions extends Omit<Partial<GitTaskRepoOptions>, "token"> {
  readonly token?: string;
}

function open(url: string, { token, ...more }: OpenOptions = {}): TaskRepo & { directory: string } {
  const address = parseGridAddress(url);
  if ("problem" in address) throw new Error(address.problem);
  const directory = join(temporaryDirectory(), "clone");
  const repo = gitTaskRepo({
    address,
    directory,
    author: { name: "me", email: "me@x" },
    env: () => process.env,
    clock: systemClock,
    log: recordingLog([]),
    retryAfterMs: (attempt) => (attempt < 5 ? 10 : undefined),
    ...(token === undefined ? {} : { token: () => token }),
    ...more,
  });
  cleanups.push(() => repo.close());
  return Object.assign(repo, { directory: more.directory ?? directory });
}

async function served(
  gridOptions: Partial<Parameters<typeof createBareGrid>[0]> = { tasks: 3 },
): Promise<{ server: GitServer; url: string; dir: string }> {
  const root = temporaryDirectory();
  const dir = join(root, "grid.git");
  await createBareGrid({ dir, ...gridOptions });
  const server = await startGitServer({ root, token: TOKEN });
  cleanups.push(() => server.close());
  return { server, url: server.url("grid.git"), dir };
}

const everything = (): ((tree: RepoTree) => Iterable<string>) => {
  const reader = new GridReader();
  return (tree) => reader.needs(tree);
};
const claimFirstAs =
  (node: string) =>
  (tree: RepoTree): Change | undefined => {
    const name = [...tree.list("tasks/queue").keys()].find((file) => file.endsWith(".json"));
    if (name === undefined) return undefined;
    return {
      message: `Task ${name} acquired`,
      ops: [
        { op: "move", from: `tasks/queue/${name}`, to: `tasks/in_progress/${node}-${name}` },
        { op: "write", path: `tasks/in_progress/${node}-${name}.claim`, text: "{}\n" },
      ],
    };
  };
const claimFirst = claimFirstAs("me");
const transact = (repo: TaskRepo, decide = claimFirst): Promise<TransactOutcome> =>
  repo.transact(everything(), decide, { signal });
const codeOf = (outcome: TransactOutcome | Awaited<ReturnType<TaskRepo["sync"]>>): string =>
  "fault" in outcome ? outcome.fault.code : "kind" in outcome ? outcome.kind : "ok";

describe("a transaction", () => {
  it("moves by file path, and Git sees a rename", async () => {
    const { dir, url } = await createBareGrid({ dir: join(temporaryDirectory(), "grid.git"), tasks: 1 });
    expect((await transact(open(url))).kind).toBe("pushed");
    const [moved] = (await git(["ls-tree", "-r", "--name-only", "main", "tasks/in_progress/"], { dir })).split("\n");
    const steps = await historyOf(dir, moved ?? "");
    expect(steps.map(({ status }) => status[0])).toEqual(["A", "R"]);
  });

  it("works over HTTP with a token, and not without", async () => {
    const { url } = await served();
    expect((await transact(open(url, { token: TOKEN }))).kind).toBe("pushed");
    expect(codeOf(await transact(open(url)))).toBe("grid_auth_failed");
    expect(codeOf(await transact(open(url, { token: "wrong-token" })))).toBe("grid_auth_failed");
  });

  it("that lost the race decides again on the new snapshot", async () => {
    const { url } = await createBareGrid({ dir: join(temporaryDirectory(), "grid.git"), tasks: 1 });
    const [first, second] = [open(url), open(url)];
    await second.sync(everything(), signal);
    let decisions = 0;
    let won = false;
    const outcome = await second.transact(
      everything(),
      (tree) => {
        decisions++;
        return claimFirst(tree);
      },
      {
        signal,
        beforePush: () => {
          won = true;
          return { ok: true, value: undefined };
        },
      },
    );
    expect([outcome.kind, decisions, won]).toEqual(["pushed", 1, true]);
    expect((await transact(first)).kind).toBe("nothing");
  });

  it("of eight at once never takes a task twice, and all get through", async () => {
    const { url, dir } = await createBareGrid({ dir: join(temporaryDirectory(), "grid.git"), tasks: 8 });
    const repos = Array.from({ length: 8 }, () =>
      open(url, { retryAfterMs: (attempt) => (attempt < 60 ? Math.random() * 200 : undefined) }),
    );
    const outcomes = await Promise.all(repos.map((repo, index) => transact(repo, claimFirstAs(`n${index}`))));
    expect(outcomes.map(({ kind }) => kind)).toEqual(Array.from({ length: 8 }, () => "pushed"));
    expect(await git(["ls-tree", "-r", "--name-only", "main", "tasks/queue/"], { dir })).toBe("");
    expect(await pushCount(dir)).toBe(8);
  });

  it.each(["header", "nothing"] as const)(
    "whose answer was lost (%s came) is never called a failure, and was applied once",
    async (answer) => {
      const { server, url } = await served({ tasks: 1 });
      const repo = open(url, { token: TOKEN });
      server.inject({ kind: "cut-after-apply", answer }, { times: 1 });
      // curl repeats a request that got no answer at all; the repetition then loses against the first one.
      expect((await transact(repo)).kind).toBe(answer === "header" ? "unknown" : "nothing");
      const synced = await repo.sync(everything(), signal);
      expect(synced.ok && [...synced.value.list("tasks/in_progress").keys()]).toHaveLength(2);
    },
  );

  it("that a hook refuses is refused, with the hook's words", async () => {
    const { dir, url } = await createBareGrid({ dir: join(temporaryDirectory(), "grid.git"), tasks: 1 });
    installHook(dir, "pre-receive", "#!/bin/sh\necho 'looks like a secret' >&2\nexit 1\n");
    const outcome = await transact(open(url));
    expect(outcome).toMatchObject({
      kind: "refused",
      fault: { code: "grid_push_refused", detail: expect.stringContaining("looks like a secret") },
    });
  });

  it("stops at a rewritten history until that is accepted", async () => {
    const { dir, url } = await createBareGrid({ dir: join(temporaryDirectory(), "grid.git"), tasks: 2 });
    const repo = open(url);
    expect((await transact(repo)).kind).toBe("pushed");
    await rewriteHistory(dir);
    expect(codeOf(await transact(repo))).toBe("grid_history_rewritten");
    expect(codeOf(await transact(repo))).toBe("grid_history_rewritten");
    repo.acceptRewrite();
    expect((await transact(repo)).kind).toBe("pushed");
  });
});

describe("a server", () => {
  it.each([
    [401, "grid_auth_failed"],
    [403, "grid_forbidden"],
    [404, "grid_not_found"],
    [500, "grid_server_error"],
    [503, "grid_server_error"],
  ] as const)("that answers %i is named, and all is well once it stops", async (status, code) => {
    const { server, url } = await served();
    const repo = open(url, { token: TOKEN });
    await repo.sync(everything(), signal);
    server.inject({ kind: "status", status });
    expect(codeOf(await transact(repo))).toBe(code);
    server.clearFailures();
    expect((await transact(repo)).kind).toBe("pushed");
  });

  it("that hangs is given up at the deadline, and no Git process is left", async () => {
    const { server, url } = await served();
    const repo = open(url, { token: TOKEN, deadlineMs: 10_000 });
    await repo.sync(everything(), signal);
    server.inject({ kind: "hang" });
    expect(codeOf(await transact(repo))).toBe("grid_timed_out");
    server.clearFailures();
    expect((await transact(repo)).kind).toBe("pushed");
  });

  it("that cuts a pack in the middle is tried again without harm", async () => {
    const { server, url, dir } = await served();
    const repo = open(url, { token: TOKEN });
    await repo.sync(everything(), signal);
    await addFiles(dir, [{ path: "tasks/queue/late.json", content: { task_id: "late", script: "true" } }], "late");
    server.inject({ kind: "cut-mid-pack" }, { times: 1 });
    expect(codeOf(await repo.sync(everything(), signal))).toBe("grid_unreachable");
    const synced = await repo.sync(everything(), signal);
    expect(synced.ok && synced.value.list("tasks/queue").has("late.json")).toBe(true);
  });

  it("that is away is named, and found again", async () => {
    const { server, url } = await served();
    const repo = open(url, { token: TOKEN });
    await repo.sync(everything(), signal);
    await server.refuseConnections();
    expect(codeOf(await transact(repo))).toBe("grid_unreachable");
    await server.listenAgain();
    expect((await transact(repo)).kind).toBe("pushed");
  });

  it("that redirects elsewhere is not followed, and the other never sees the token", async () => {
    const { server, url } = await served();
    const other = await startGitServer({ root: temporaryDirectory() });
    cleanups.push(() => other.close());
    server.inject({ kind: "redirect", to: other.origin });
    expect(codeOf(await transact(open(url, { token: TOKEN })))).toBe("grid_not_found");
    expect(other.log).toEqual([]);
  });
});

describe("the clone", () => {
  it("leaves out the blobs of finished tasks, and deciding needs no network", async () => {
    const { server, url } = await served({ tasks: 3, finished: 50 });
    const repo = open(url, { token: TOKEN });
    const needs = everything();
    const synced = await repo.sync(needs, signal);
    await server.refuseConnections();
    if (!synced.ok) throw new Error(synced.fault.code);
    const view = new GridReader().read(synced.value);
    expect(view.queue).toHaveLength(3);
    const objects = await git(["cat-file", "--batch-all-objects", "--batch-check=%(objecttype)"], {
      dir: repo.directory,
    });
    expect(objects.split("\n").filter((type) => type === "blob").length).toBeLessThan(10);
  });

  it("is not asked for again: an unchanged grid costs two requests", async () => {
    const { server, url } = await served();
    server.token = undefined;
    const repo = open(url);
    const needs = everything();
    await repo.sync(needs, signal);
    const before = server.traffic.requests;
    await repo.sync(needs, signal);
    expect(server.traffic.requests - before).toBe(2);
  });

  it("works with a server that knows no filter", async () => {
    const root = temporaryDirectory();
    await createBareGrid({ dir: join(root, "grid.git"), tasks: 2, finished: 3 });
    const server = await startGitServer({ root, allowFilter: false, allowAnySha1InWant: false });
    cleanups.push(() => server.close());
    expect((await transact(open(server.url("grid.git")))).kind).toBe("pushed");
  });

  it.each([
    ["without objects", (dir: string) => rmSync(join(dir, "objects"), { recursive: true })],
    ["without its reference", (dir: string) => rmSync(join(dir, "refs"), { recursive: true })],
    ["with an empty HEAD", (dir: string) => writeFileSync(join(dir, "HEAD"), "")],
    ["with a configuration that is none", (dir: string) => writeFileSync(join(dir, "config"), "[core\n")],
    [
      "with damaged packs",
      (dir: string) => {
        for (const name of readdirSync(join(dir, "objects/pack")))
          if (name.endsWith(".pack") || name.endsWith(".idx")) {
            rmSync(join(dir, "objects/pack", name));
            writeFileSync(join(dir, "objects/pack", name), "damaged");
          }
      },
    ],
    [
      "that is a file",
      (dir: string) => {
        rmSync(dir, { recursive: true });
        writeFileSync(dir, "not a clone");
      },
    ],
  ])("%s is built anew by itself", async (_what, damage) => {
    const { url } = await createBareGrid({ dir: join(temporaryDirectory(), "grid.git"), tasks: 3 });
    const first = open(url);
    expect((await transact(first)).kind).toBe("pushed");
    await first.close();
    damage(first.directory);
    const again = open(url, { directory: first.directory });
    expect((await transact(again)).kind).toBe("pushed");
    await again.close();
  });

  it("of another grid is built anew", async () => {
    const [one, two] = await Promise.all(
      [1, 2].map((tasks) => createBareGrid({ dir: join(temporaryDirectory(), "grid.git"), tasks })),
    );
    if (one === undefined || two === undefined) throw new Error("no grids");
    const first = open(one.url);
    await first.sync(everything(), signal);
    await first.close();
    const synced = await open(two.url, { directory: first.directory }).sync(everything(), signal);
    expect(synced.ok && new GridReader().read(synced.value).queue).toHaveLength(2);
  });

  it("of an empty repository is no grid, with the next step", async () => {
    const dir = join(temporaryDirectory(), "empty.git");
    await git(["init", "--quiet", "--bare", dir]);
    expect(codeOf(await open(pathToFileURL(dir).href).sync(everything(), signal))).toBe("grid_empty");
  });
});

describe("Git's surroundings", () => {
  it("are none of the donor's configuration: aliases, hooks and rewritten addresses do nothing", async () => {
    const { url, dir } = await createBareGrid({ dir: join(temporaryDirectory(), "grid.git"), tasks: 1 });
    const home = temporaryDirectory();
    const hooks = join(home, "hooks");
    mkdirSync(hooks);
    const witness = join(home, "witness");
    for (const hook of ["pre-push", "reference-transaction", "post-checkout"])
      writeFileSync(join(hooks, hook), `#!/bin/sh\ntouch ${witness}\n`, { mode: 0o755 });
    writeFileSync(
      join(home, ".gitconfig"),
      `[core]\n\thooksPath = ${hooks}\n[url "file:///nowhere/"]\n\tinsteadOf = file://\n`,
    );
    const repo = open(url, {
      env: () => ({
        ...process.env,
        HOME: home,
        GIT_CONFIG_GLOBAL: join(home, ".gitconfig"),
        GIT_SSH_COMMAND: `touch ${witness}`,
      }),
    });
    expect((await transact(repo)).kind).toBe("pushed");
    expect(existsSync(witness)).toBe(false);
    expect(await git(["log", "--format=%s", "-1"], { dir })).toContain("acquired");
  });
});
