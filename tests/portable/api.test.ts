/** The API of whole workers on real repositories, asked as a page asks; containers end as the test says. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { gridId } from "../../main/worker/open-worker.ts";
import type { MethodInput, MethodOutput } from "../../shared/contract/methods.ts";
import type { GridView, QueueRow, TaskView } from "../../shared/contract/views.ts";
import type { Settings } from "../../shared/settings/settings.ts";
import { apiClient, broughtForward, sorted, type ApiClient } from "../support/api-client.ts";
import { addFiles, createBareGrid } from "../support/bare-grid.ts";
import { exampleRun, mustSave } from "../support/example-run.ts";
import { startGitServer, type GitServer } from "../support/git-server.ts";
import { inspectGrid } from "../support/inspect-grid.ts";
import { instantRuntime } from "../support/instant-runtime.ts";
import { temporaryDirectory } from "../support/temporary-directory.ts";
import { createTestWorker, until, type TestWorker, type TestWorkerOptions } from "../support/test-worker.ts";

const QUICK = { push_budget_per_minute: 6000 };
const TOKEN = "s3cret-token-0123456789";
const MINUTE_MS = 60_000;
const NOWHERE = "0".repeat(16);
const BY_TASK = { by: "task", descending: false } as const;
const cleanups: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

interface Task {
  readonly task_id: string;
  readonly [field: string]: unknown;
}

interface Opened extends TestWorker {
  readonly dataDir: string;
  readonly client: ApiClient;
}

async function grid(tasks: number | readonly Task[] = 0): Promise<{ dir: string; url: string; id: string }> {
  const { dir, url } = await createBareGrid({ dir: join(temporaryDirectory(), "grid.git"), tasks, gridJson: QUICK });
  return { dir, url, id: gridId(url) };
}

async function servedGrid(tasks: number): Promise<{ dir: string; url: string; id: string; server: GitServer }> {
  const root = temporaryDirectory();
  const { dir } = await createBareGrid({ dir: join(root, "grid.git"), tasks, gridJson: QUICK });
  const server = await startGitServer({ root, token: TOKEN });
  cleanups.push(() => server.close());
  const url = server.url("grid.git");
  return { dir, url, id: gridId(url), server };
}

/** A worker and a page at it; without a grid's address it is one that nobody has set up yet. */
function open({ start = true, ...options }: Partial<TestWorkerOptions> & { start?: boolean } = {}): Opened {
  const dataDir = options.dataDir ?? temporaryDirectory();
  const worker = createTestWorker({ url: "", node: "one", ...options, dataDir });
  if (start) worker.engine.start();
  let stopped: Promise<void> | undefined;
  const stop = (how?: "finish" | "give_back"): Promise<void> => (stopped ??= worker.stop(how));
  cleanups.push(() => stop());
  return { ...worker, stop, dataDir, client: apiClient(worker.api) };
}

/** Containers that run until they are cancelled. */
const endless = (): ReturnType<typeof instantRuntime> => instantRuntime(() => new Promise(() => undefined));

async function rowOf(client: ApiClient, id: string, file: string): Promise<QueueRow | undefined> {
  return (await client.ask("snapshot", {})).queues[id]?.find((row) => row.file === file);
}

async function gridOf(client: ApiClient, id: string): Promise<GridView | undefined> {
  return (await client.ask("snapshot", {})).grids.find((one) => one.id === id);
}

/** Waits until the worker has looked at the grid twice from now on, whatever was under way. */
async function seenTwiceMore(client: ApiClient, id: string): Promise<void> {
  for (let looks = 0; looks < 2; looks++) {
    const before = (await gridOf(client, id))?.syncedAtMs;
    await until(async () => (await gridOf(client, id))?.syncedAtMs !== before);
  }
}

async function settingsOf(client: ApiClient): Promise<Settings> {
  return (await client.ask("snapshot", {})).settings.settings;
}

async function rows(client: ApiClient): Promise<MethodOutput<"history.page">["rows"]> {
  return (await client.ask("history.page", { filter: {}, sort: BY_TASK, offset: 0, limit: 500 })).rows;
}

describe("a snapshot", () => {
  it("has the status, the grids, what is queued and what runs", async () => {
    const { url, id } = await grid(6);
    const { client, runtime } = open({ url, runtime: endless() });
    await until(() => runtime.started.length === 2);
    await until(async () => (await gridOf(client, id))?.queued === 2);
    const seen = await client.ask("snapshot", {});
    expect(seen.status).toEqual({ mode: { kind: "donate" }, state: "donating", reason: "donating", fault: null });
    expect(seen.grids).toMatchObject([
      { id, url, enabled: true, fromEnvironment: true, held: 4, queued: 2, fault: null },
    ]);
    expect(seen.queues[id]?.map(({ verdict }) => verdict)).toEqual(["eligible", "eligible"]);
    expect(seen.runs.map(({ state }) => state).sort()).toEqual(["running", "running", "waiting", "waiting"]);
    expect(seen.runs.every((run) => run.gridId === id && run.share?.cpus === 1)).toBe(true);
    expect(seen.machine).toMatchObject({ nodeId: "one", host: "headless" });
  });

  it("brought forward by what is told after it says what a new one says", async () => {
    const { dir, url, id } = await grid(6);
    const other = await grid(2);
    const ends = Promise.withResolvers<object>();
    const { client, runtime, engine } = open({ url, runtime: instantRuntime(() => ends.promise) });
    await until(() => runtime.started.length === 2);
    const first = await client.ask("snapshot", {});
    expect(first.runs.length).toBeGreaterThan(0);
    ends.resolve({});
    await client.ask("grids.add", { url: other.url });
    await addFiles(
      dir,
      [
        { path: "tasks/queue/broken.json", content: "{" },
        { path: "tasks/queue/orphan.json", content: { task_id: "orphan", script: "true", depends_on: ["nowhere"] } },
      ],
      "More",
    );
    await until(async () => (await rows(client)).length === 8 && engine.idle);
    await until(async () => (await rowOf(client, id, "broken.json"))?.verdict === "not_json");
    await client.ask("mode.set", { to: "pause", for: "1h" });
    await client.ask("settings.update", { history: { keepDays: 400 } });
    await client.ask("grids.remove", { id: other.id });
    const fresh = await client.ask("snapshot", {});
    expect(fresh).toMatchObject({ runs: [], status: { reason: "paused_by_donor" }, stats: { allTime: { tasks: 8 } } });
    expect(sorted(broughtForward(first, client.told))).toEqual(sorted(fresh));
    expect(client.told.map(({ seq }) => seq)).toEqual(client.told.map((_, index) => index + 1));
  });
});

describe("stopping a run", () => {
  it("sends its task back to the queue, for others and never again for this machine", async () => {
    const { dir, url, id } = await grid(1);
    const first = open({ url, runtime: endless() });
    await until(async () => (await first.client.ask("snapshot", {})).runs[0]?.state === "running");
    const [run] = (await first.client.ask("snapshot", {})).runs;
    await first.client.ask("runs.stop", { claimId: run?.claimId ?? "" });
    await until(async () => (await inspectGrid(dir)).tasks.queue.length === 1);
    expect((await inspectGrid(dir)).tasks).toMatchObject({ queue: ["task-0001.json"], in_progress: [] });
    await until(async () => (await first.client.ask("snapshot", {})).runs.length === 0);
    expect(await rows(first.client)).toMatchObject([{ claimId: run?.claimId, outcome: "stopped" }]);
    await seenTwiceMore(first.client, id);
    expect((await rowOf(first.client, id, "task-0001.json"))?.verdict).toBe("stopped_by_donor");
    expect(first.runtime.started).toHaveLength(1);
    await first.stop();

    const again = open({ url, dataDir: first.dataDir });
    await until(async () => (await rowOf(again.client, id, "task-0001.json"))?.verdict === "stopped_by_donor");
    await seenTwiceMore(again.client, id);
    expect(again.runtime.started).toEqual([]);
    expect(await rows(again.client)).toMatchObject([{ outcome: "stopped" }]);

    open({ url, node: "two" });
    await until(async () => (await inspectGrid(dir)).results.length === 1);
    expect((await inspectGrid(dir)).results).toMatchObject([{ node_id: "two", status: "success" }]);
  });

  it("tells a run that is unknown from one that is over", async () => {
    const { url } = await grid(1);
    const { client, engine } = open({ url });
    await until(() => engine.idle);
    const [row] = await rows(client);
    expect(await client.refusal("runs.stop", { claimId: row?.claimId ?? "" })).toBe("run_not_running");
    expect(await client.refusal("runs.stop", { claimId: "nobody" })).toBe("run_unknown");
  });
});

describe("a grid that is added and removed", () => {
  it("gets back what was held, hears goodbye, and only then its token is forgotten", async () => {
    const { dir, url, id } = await servedGrid(3);
    const { client, runtime, engine } = open({ runtime: endless() });
    await client.ask("grids.add", { url, token: TOKEN });
    // A worker that nobody switched on claims nothing.
    await until(async () => (await gridOf(client, id))?.queued === 3);
    expect(await gridOf(client, id)).toMatchObject({ hasToken: true, fromEnvironment: false, held: 0 });
    await client.ask("settings.update", { setUp: true });
    engine.setMode({ kind: "donate" });
    await until(() => runtime.started.length === 2);
    expect((await inspectGrid(dir)).tasks.in_progress).toHaveLength(3);
    await client.ask("grids.remove", { id });
    await until(() => engine.grids.length === 0);
    const left = await inspectGrid(dir);
    expect(left.tasks.in_progress).toEqual([]);
    expect(left.tasks.queue).toHaveLength(3);
    expect(left.nodes).toMatchObject([{ node_id: "one", status: "offline" }]);
    expect(await client.ask("grids.add", { url })).toEqual({ id });
    expect(await gridOf(client, id)).toMatchObject({ hasToken: false });
    await until(async () => (await gridOf(client, id))?.fault != null);
    expect(runtime.started).toHaveLength(2);
    await client.ask("grids.signIn", { id, token: TOKEN });
    await until(() => runtime.started.length === 4);
    expect(await gridOf(client, id)).toMatchObject({ hasToken: true, fault: null });
  });

  it("works on when it is added again with its token while it is being left", async () => {
    const { dir, url, id } = await servedGrid(1);
    const ends = Promise.withResolvers<object>();
    const { client, runtime, engine } = open({ runtime: instantRuntime(() => ends.promise) });
    engine.setMode({ kind: "donate" });
    await client.ask("grids.add", { url, token: TOKEN });
    await until(() => runtime.started.length === 1);
    await client.ask("grids.remove", { id });
    await client.ask("grids.add", { url, token: TOKEN });
    ends.resolve({});
    await until(async () => (await inspectGrid(dir)).results.length === 1);
    expect(await gridOf(client, id)).toMatchObject({ hasToken: true, enabled: true });
  });

  it("keeps its token while it is only switched off, and works again when it is switched on", async () => {
    const { dir, url, id } = await servedGrid(0);
    const { client, engine } = open();
    engine.setMode({ kind: "donate" });
    await client.ask("grids.add", { url, token: TOKEN });
    await until(async () => (await gridOf(client, id))?.syncedAtMs != null);
    await client.ask("grids.update", { id, enabled: false });
    await until(() => engine.grids.length === 0);
    expect(await gridOf(client, id)).toMatchObject({ hasToken: true, enabled: false, syncedAtMs: null });
    await addFiles(dir, [{ path: "tasks/queue/late.json", content: { task_id: "late", script: "true" } }], "Late");
    await client.ask("grids.update", { id, enabled: true });
    await until(async () => (await inspectGrid(dir)).results.length === 1);
  });

  it("is one grid by whichever spelling it is added", async () => {
    const { dir, url } = await grid();
    const { client } = open({ start: false });
    await client.ask("grids.add", { url });
    const spellings = [url, `${url}/`, url.replace(/\.git$/, ""), dir, `${dir}/`, dir.replace(/\.git$/, "")];
    const refusals: string[] = [];
    for (const spelling of spellings) refusals.push(await client.refusal("grids.add", { url: spelling }));
    expect(refusals).toEqual(spellings.map(() => "grid_exists"));
    expect((await client.ask("snapshot", {})).grids).toHaveLength(1);
  });

  it.each([
    "http://git.example.org/grid.git",
    "https://me:secret@git.example.org/grid.git",
    "ext::sh -c id",
    "-upload-pack=id",
    "relative/path",
    "https://git.example.org/grid.git?x=1",
    "https://git.example.org/a b.git",
  ])("is refused at the address %s", async (url) => {
    const { client } = open({ start: false });
    expect(await client.refusal("grids.add", { url })).toBe("grid_address_refused");
    expect((await settingsOf(client)).grids).toEqual([]);
  });

  it.each(["two words", "line\n", "tab\tbed", "não"])("is refused with a token like %j", async (token) => {
    const { url } = await grid();
    const { client } = open({ start: false });
    expect(await client.refusal("grids.add", { url, token })).toBe("token_refused");
    expect((await client.ask("snapshot", {})).grids).toEqual([]);
    await client.ask("grids.add", { url });
    expect(await client.refusal("grids.signIn", { id: gridId(url), token })).toBe("token_refused");
    expect(await gridOf(client, gridId(url))).toMatchObject({ hasToken: false });
  });

  it("cannot be changed where the environment names it", async () => {
    const { url, id } = await grid();
    const { client } = open({ url, start: false });
    expect(await client.refusal("grids.remove", { id })).toBe("setting_overridden");
    expect(await client.refusal("grids.update", { id, enabled: false })).toBe("setting_overridden");
    expect(await client.refusal("grids.add", { url: `${url}/` })).toBe("grid_exists");
    expect(await client.refusal("grids.remove", { id: NOWHERE })).toBe("grid_unknown");
  });
});

describe("importing settings", () => {
  it("names each grid by its address, takes none twice, and works on them", async () => {
    const [one, two] = [await grid(1), await grid(1)];
    const { client, engine } = open();
    engine.setMode({ kind: "donate" });
    const grids = [
      { id: "1".repeat(16), url: one.url },
      { id: two.id, url: `${one.url}/` },
      { id: NOWHERE, url: two.url, weight: 3 },
    ];
    await client.ask("settings.import", { text: JSON.stringify({ grids, images: { allowed: ["own:1"] } }) });
    const settings = await settingsOf(client);
    expect(settings.grids.map(({ id }) => id).sort()).toEqual([one.id, two.id].sort());
    expect(settings.grids.every(({ id, url }) => id === gridId(url))).toBe(true);
    expect(settings.images.allowed).toEqual(["own:1"]);
    await until(async () => (await inspectGrid(one.dir)).results.length === 1);
    await until(async () => (await inspectGrid(two.dir)).results.length === 1);
    expect(engine.grids.map(({ id }) => id).sort()).toEqual([one.id, two.id].sort());
    expect(await gridOf(client, two.id)).toMatchObject({ weight: 3 });
  });

  it("leaves a grid that the file does not have", async () => {
    const { dir, url, id } = await grid(1);
    const { client, runtime, engine } = open({ runtime: endless() });
    engine.setMode({ kind: "donate" });
    await client.ask("grids.add", { url });
    await until(() => runtime.started.length === 1);
    await client.ask("settings.import", { text: "{}" });
    await until(() => engine.grids.length === 0);
    expect((await inspectGrid(dir)).tasks).toMatchObject({ queue: ["task-0001.json"], in_progress: [] });
    expect(await gridOf(client, id)).toBeUndefined();
  });

  it.each([
    "",
    "{",
    "[]",
    "null",
    '{"version": 2}',
    '{"grids": [{"id": "0000000000000000", "url": "ext::sh"}]}',
    '{"limits": {"cpus": -1}}',
    '{"unknown": true}',
  ])("refuses %s and changes nothing", async (text) => {
    const { url } = await grid();
    const { client } = open({ start: false });
    await client.ask("grids.add", { url });
    await client.ask("settings.update", { history: { keepDays: 7 } });
    const before = await settingsOf(client);
    expect(await client.refusal("settings.import", { text })).toBe("request_invalid");
    expect(await settingsOf(client)).toEqual(before);
  });

  it("of what was exported changes nothing", async () => {
    const { url } = await grid();
    const { client } = open({ start: false, settings: { cpus: "", memoryMb: "", parallel: "" } });
    await client.ask("grids.add", { url });
    await client.ask("settings.update", {
      setUp: true,
      limits: { cpus: 1, parallel: 2 },
      images: { default: "own:2", allowed: ["a:1", "b@sha256:00"], pull: false },
      appearance: { theme: "dark", language: "de" },
    });
    const { text } = await client.ask("settings.export", {});
    await client.ask("settings.update", { limits: {}, history: { keepDays: 3 } });
    await client.ask("settings.import", { text });
    expect(await client.ask("settings.export", {})).toEqual({ text });
  });

  it("leaves what the environment decides as it is", async () => {
    const { client, engine } = open({ start: false });
    const { limits } = engine.rules;
    await client.ask("settings.import", { text: '{"limits": {"cpus": 1, "parallel": 1, "pids": 32}}' });
    expect(engine.rules.limits).toEqual({ ...limits, pids: 32 });
    expect((await settingsOf(client)).limits).toEqual({ pids: 32 });
  });
});

describe("changing settings", () => {
  it("is refused for what the environment decides, and holds on disk for the rest", async () => {
    const dataDir = temporaryDirectory();
    const first = open({ start: false, dataDir, settings: { image: "env:1" } });
    const images = { default: "own:1", allowed: [], pull: true };
    expect(await first.client.refusal("settings.update", { limits: { cpus: 1 } })).toBe("setting_overridden");
    expect(await first.client.refusal("settings.update", { images })).toBe("setting_overridden");
    await first.client.ask("settings.update", { history: { keepDays: 30 }, limits: { pids: 99 } });
    const stored: unknown = JSON.parse(readFileSync(join(dataDir, "settings.json"), "utf8"));
    expect(stored).toMatchObject({ settings: { history: { keepDays: 30 }, limits: { pids: 99 } } });
    expect(first.engine.rules).toMatchObject({ limits: { pids: 99, cpus: 2 }, images: { default: "env:1" } });
    await first.stop();
    const again = open({ start: false, dataDir });
    expect(await settingsOf(again.client)).toMatchObject({ history: { keepDays: 30 }, limits: { pids: 99 } });
    expect(again.engine.rules.limits.pids).toBe(99);
  });
});

describe("a pause of 15 minutes", () => {
  it("is told with its end and is kept over a restart", async () => {
    const { url } = await grid(1);
    const first = open({ url });
    await until(() => first.engine.idle);
    const before = Date.now();
    await first.client.ask("mode.set", { to: "pause", for: "15m" });
    const { status } = await first.client.ask("snapshot", {});
    expect(status).toMatchObject({ mode: { kind: "paused", resumeAs: "donate" }, reason: "paused_by_donor" });
    const untilMs = status.mode.kind === "paused" ? status.mode.untilMs : undefined;
    expect(untilMs).toBeGreaterThanOrEqual(before + 15 * MINUTE_MS);
    expect(untilMs).toBeLessThanOrEqual(Date.now() + 15 * MINUTE_MS);
    await first.stop();
    const again = open({ url, dataDir: first.dataDir });
    await until(async () => (await again.client.ask("snapshot", {})).status.reason === "paused_by_donor");
    expect((await again.client.ask("snapshot", {})).status.mode).toEqual(status.mode);
  });
});

describe("a task file", () => {
  it("is told each field that is wrong", async () => {
    const { client } = open({ start: false });
    const text = JSON.stringify({
      task_id: "a b",
      script: " ",
      timeout_seconds: 5,
      priority: "urgent",
      depends_on: ["fine", "x/y"],
      image: "-rm",
      resources: { cpus: 0 },
    });
    const { problems } = await client.ask("tasks.check", { text });
    expect(problems.map(({ field }) => field ?? "the file").sort()).toEqual(
      ["task_id", "script", "timeout_seconds", "priority", "depends_on.1", "image", "resources.cpus"].sort(),
    );
    expect(problems.every(({ message }) => message !== "")).toBe(true);
  });

  it.each([
    ["{", "not_json"],
    [`${"[".repeat(40)}${"]".repeat(40)}`, "too_deep"],
    ["[]", "not_a_task"],
    [JSON.stringify({ task_id: "long", script: "true", note: "x".repeat(66_000) }), "too_large"],
  ])("is told what is wrong with it as a whole (%#)", async (text, code) => {
    const { client } = open({ start: false });
    const { problems } = await client.ask("tasks.check", { text });
    expect(problems).toMatchObject([{ code, field: null }]);
  });

  it("is queued byte for byte, and no second time", async () => {
    const { dir, url, id } = await grid();
    const { client } = open();
    await client.ask("grids.add", { url });
    await until(async () => (await gridOf(client, id))?.syncedAtMs != null);
    const text = '{ "task_id":"mine",\r\n\t"script": "echo \\u00fc ü" ,  "note": 1.0}';
    expect(await client.ask("tasks.check", { text, gridId: id })).toEqual({ problems: [] });
    expect(await client.ask("tasks.submit", { gridId: id, text })).toEqual({ taskId: "mine" });
    const stored = (await inspectGrid(dir)).files.get("tasks/queue/mine.json");
    expect(stored?.content).toEqual(Buffer.from(text));
    expect(await client.refusal("tasks.submit", { gridId: id, text })).toBe("task_invalid");
    await until(async () => (await rowOf(client, id, "mine.json")) !== undefined);
    const taken = await client.ask("tasks.check", { text, gridId: id });
    expect(taken.problems).toMatchObject([{ field: "task_id" }]);
    expect(await client.refusal("tasks.submit", { gridId: id, text: "{}" })).toBe("task_invalid");
    expect(await client.refusal("tasks.submit", { gridId: NOWHERE, text })).toBe("grid_unknown");
  });

  it("is queued in a grid that is switched off, and is refused where a task with its id has ended", async () => {
    const { dir, url, id } = await grid(1);
    const { client, engine } = open();
    engine.setMode({ kind: "donate" });
    await client.ask("grids.add", { url });
    await until(async () => (await inspectGrid(dir)).results.length === 1);
    await client.ask("grids.update", { id, enabled: false });
    await until(() => engine.grids.length === 0);
    const again = JSON.stringify({ task_id: "task-0001", script: "true" });
    expect(await client.refusal("tasks.submit", { gridId: id, text: again })).toBe("task_invalid");
    await client.ask("tasks.submit", { gridId: id, text: JSON.stringify({ task_id: "new", script: "true" }) });
    expect((await inspectGrid(dir)).tasks.queue).toEqual(["new.json"]);
  });
});

describe("looking at a queued file", () => {
  it("shows what would run, what is wrong, or that it is gone", async () => {
    const { dir, url, id } = await grid([{ task_id: "good", script: "echo good", resources: { memory_mb: 200 } }]);
    await addFiles(dir, [{ path: "tasks/queue/bad.json", content: '{"task_id": ' }], "Bad");
    const runtime: TestWorkerOptions["runtime"] = {
      ...instantRuntime(),
      confinement: async ({ image, script, share }) => ({
        ok: true,
        value: { image, imageId: null, flags: [{ name: "Memory", value: `${share.memoryBytes} for ${script}` }] },
      }),
    };
    const { client } = open({ runtime });
    await client.ask("grids.add", { url });
    await until(async () => (await gridOf(client, id))?.queued === 1);
    const inspect = (file: string): Promise<TaskView> => client.ask("queue.inspect", { gridId: id, file });
    expect(await inspect("good.json")).toMatchObject({
      taskId: "good",
      script: "echo good",
      resources: { memory_mb: 200 },
      share: { memoryBytes: 200 * 1024 ** 2 },
      confinement: { flags: [{ name: "Memory", value: `${200 * 1024 ** 2} for echo good` }] },
      author: { subject: "[D-GRID] Start the grid" },
    });
    expect(await inspect("bad.json")).toMatchObject({
      verdict: "not_json",
      taskId: null,
      script: null,
      share: null,
      confinement: null,
      text: '{"task_id": ',
      author: { subject: "Bad" },
    });
    await addFiles(dir, [{ path: "tasks/queue/bad.json", content: null }], "Gone");
    await until(async () => (await client.refusal("queue.inspect", { gridId: id, file: "bad.json" })) !== "accepted");
    const refusal = (input: MethodInput<"queue.inspect">): Promise<string> => client.refusal("queue.inspect", input);
    expect(await refusal({ gridId: id, file: "bad.json" })).toBe("task_unknown");
    expect(await refusal({ gridId: id, file: "../../grid.json" })).toBe("task_unknown");
    expect(await refusal({ gridId: NOWHERE, file: "good.json" })).toBe("grid_unknown");
  });
});

describe("the history", () => {
  const exported = async (client: ApiClient, format: "csv" | "json"): Promise<string[]> => {
    const parts: string[] = [];
    for (let offset: number | null = 0; offset !== null; ) {
      const part: MethodOutput<"history.export"> = await client.ask("history.export", {
        filter: {},
        sort: BY_TASK,
        format,
        offset,
      });
      parts.push(part.text);
      offset = part.next;
    }
    return parts;
  };

  it("is deleted but for the runs that are not over", async () => {
    const { dir, url } = await grid([
      { task_id: "quick", script: "true", priority: "critical" },
      { task_id: "slow", script: "true" },
    ]);
    const runtime = instantRuntime(({ taskId }) => (taskId === "slow" ? new Promise(() => undefined) : {}));
    const { client, history } = open({ url, runtime });
    mustSave(history, ...Array.from({ length: 1_200 }, (_, index) => exampleRun(`old-${index}`)));
    await until(async () => (await inspectGrid(dir)).results.length === 1);
    await until(async () => (await client.ask("snapshot", {})).runs.map(({ state }) => state).join() === "running");
    expect(await client.ask("history.delete", { filter: {} })).toEqual({ deleted: 1_201 });
    expect(await rows(client)).toMatchObject([{ taskId: "slow", outcome: "open" }]);
  });

  it("is exported in parts that are one valid file together", async () => {
    const { client, history } = open({ start: false });
    expect(JSON.parse((await exported(client, "json")).join(""))).toEqual([]);
    for (const count of [1, 2_000, 4_000, 4_001]) {
      mustSave(history, ...Array.from({ length: count }, (_, index) => exampleRun(String(index).padStart(5, "0"))));
      const parts = await exported(client, "json");
      expect(parts).toHaveLength(Math.ceil(count / 2_000));
      const runs: unknown = JSON.parse(parts.join(""));
      expect(runs).toHaveLength(count);
      expect(runs).toMatchObject(Array.from({ length: count }, (_, i) => ({ claim_id: String(i).padStart(5, "0") })));
      const lines = (await exported(client, "csv")).join("").split("\r\n");
      expect(lines).toHaveLength(count + 2);
    }
  });
});

describe("an image that the donor allows no longer", () => {
  it("sends back what waits for it, and lets the others run", async () => {
    const { dir, url, id } = await grid([
      { task_id: "first", script: "true", priority: "critical" },
      { task_id: "second", script: "true", priority: "critical" },
      { task_id: "third", script: "true", priority: "low", image: "own:1" },
    ]);
    const { client, runtime, engine } = open({ url, runtime: endless(), start: false });
    const images = { default: "python:3.11-alpine", pull: true };
    await client.ask("settings.update", { images: { ...images, allowed: ["own:1"] } });
    engine.start();
    await until(async () => {
      const states = (await client.ask("snapshot", {})).runs.map(({ taskId, state }) => `${taskId} ${state}`);
      return states.sort().join() === "first running,second running,third waiting";
    });
    await client.ask("settings.update", { images: { ...images, allowed: [] } });
    await until(async () => (await inspectGrid(dir)).tasks.queue.length === 1);
    expect((await inspectGrid(dir)).tasks).toMatchObject({ queue: ["third.json"] });
    expect((await inspectGrid(dir)).tasks.in_progress).toHaveLength(2);
    await until(async () => (await rowOf(client, id, "third.json"))?.verdict === "image_not_allowed");
    expect((await rows(client)).map(({ taskId, outcome }) => [taskId, outcome])).toEqual([
      ["first", "open"],
      ["second", "open"],
      ["third", "given_back"],
    ]);
    expect(runtime.started.map(({ taskId }) => taskId).sort()).toEqual(["first", "second"]);
  });
});
