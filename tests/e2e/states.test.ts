/** Every screen in every state, in both themes, small and large: it is there, it reads well, and axe finds nothing. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { addFiles, createBareGrid } from "../support/bare-grid.ts";
import { fillHistory } from "../support/fill-history.ts";
import { startGitServer } from "../support/git-server.ts";
import { cutTexts, violations } from "./support/accessibility.ts";
import { stage } from "./support/stage.ts";
import { goTo, openPage } from "./support/worker-page.ts";

const at = stage();
const TOKEN = "s3cret-token-0123456789";
const QUICK = { push_budget_per_minute: 6000 };
const SCREENS = ["", "queue", "running", "history", "limits", "grids", "submit", "settings"].map((name) => `#/${name}`);
const VIEWS = [
  { colorScheme: "light", width: 800, height: 600 },
  { colorScheme: "dark", width: 800, height: 600 },
  { colorScheme: "light", width: 1920, height: 1080 },
  { colorScheme: "dark", width: 1920, height: 1080 },
] as const;

/** A screen is there once it says what it is and nothing of it is still loading. */
async function settled(page: Page): Promise<void> {
  await page
    .getByRole("link", { name: /^(Home|Start)/, includeHidden: true })
    .first()
    .waitFor({ state: "attached" });
  await page.getByRole("heading", { level: 1 }).first().waitFor();
  await page.waitForFunction(
    () =>
      document.querySelector("[aria-busy=true], [data-loading=true]") === null &&
      document.getAnimations().every(({ playState }) => playState !== "running"),
  );
}

async function judge(page: Page, hashes: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  for (const hash of hashes) {
    await goTo(page, hash);
    await settled(page);
    for (const line of await violations(page)) found.push(`${hash}: ${line}`);
  }
  return found;
}

/** Judges screens in each theme and size; resolves to everything that is wrong with them. */
async function judgeEverywhere(
  link: string,
  hashes: readonly string[],
  views: readonly (typeof VIEWS)[number][] = VIEWS,
): Promise<string[]> {
  const found: string[] = [];
  for (const view of views) {
    const { page, context } = await openPage(at.browser(), link, view);
    await settled(page);
    const name = `${view.colorScheme} ${view.width}`;
    for (const line of await judge(page, hashes)) found.push(`${name} ${line}`);
    await context.close();
  }
  return found;
}

/** A data directory whose donor has paused: what is queued stays queued. */
function pausedDataDir(): string {
  const dataDir = join(at.folder(), "data");
  mkdirSync(dataDir);
  const donor = {
    version: 1,
    nodeId: "paused-node",
    instanceId: "7d9d5a2e-4f9a-4d0e-9b7b-000000000001",
    mode: { kind: "paused", resumeAs: "donate" },
  };
  writeFileSync(join(dataDir, "donor.json"), JSON.stringify({ donor }));
  return dataDir;
}

describe("before anything was chosen", () => {
  it("each step of the first run is a good page", async () => {
    const worker = await at.workerForTest();
    for (const view of VIEWS) {
      const { page, context, errors } = await openPage(at.browser(), worker.link, view);
      const found: string[] = [];
      for (const step of ["Is everything there", "Whom do you want", "How much may tasks", "Ready when you are"]) {
        await page.getByRole("heading", { name: step }).waitFor();
        if (step.startsWith("Is everything")) await page.getByRole("button", { name: "Check again" }).waitFor();
        found.push(...(await violations(page)).map((line) => `${step}: ${line}`));
        if (!step.startsWith("Ready")) await page.getByRole("button", { name: /^(Next|Skip)$/ }).click();
      }
      expect(found).toEqual([]);
      expect(errors).toEqual([]);
      await context.close();
    }
  });

  it("every screen is a good page without a grid", async () => {
    const worker = await at.workerForTest();
    const { page } = await openPage(at.browser(), worker.link);
    for (let step = 0; step < 3; step++) await page.getByRole("button", { name: /^(Next|Skip)$/ }).click();
    await page.getByRole("button", { name: "Later" }).click();
    await page.getByText("Choose a grid to give to").waitFor();
    expect(await judgeEverywhere(worker.link, SCREENS, [VIEWS[0], VIEWS[3]])).toEqual([]);
  });
});

describe("a machine that is at work", () => {
  it("every screen is a good page, with one task running and others done", async () => {
    const grid = await createBareGrid({
      dir: join(at.folder(), "grid.git"),
      gridJson: QUICK,
      tasks: [
        { task_id: "quick", script: "echo done", priority: "critical" } as { task_id: string },
        { task_id: "waits", script: "true", depends_on: ["nowhere"] } as { task_id: string },
        {
          task_id: "long",
          script: "for i in $(seq 1 2000); do printf '\\033[31mred\\033[0m line %s\\n' $i; sleep 0.5; done",
          timeout_seconds: 300,
          priority: "high",
        } as { task_id: string },
      ],
    });
    const worker = await at.workerForTest({ env: { DGRID_REPO_URL: grid.url } });
    const { page } = await openPage(at.browser(), worker.link);
    await goTo(page, "#/running");
    await page.getByRole("link", { name: /long/ }).click();
    await page.getByRole("log").getByText("line 3", { exact: false }).first().waitFor();
    const running = await page.evaluate(() => location.hash);
    await goTo(page, "#/history");
    await page.getByRole("row").filter({ hasText: "quick" }).getByText("Success").waitFor();
    await page.getByRole("button", { name: "quick", exact: true }).click();
    await page.getByRole("dialog").getByText("done").first().waitFor();
    const details = await page.evaluate(() => location.hash);
    await goTo(page, "#/queue");
    await page.getByRole("button", { name: "waits", exact: true }).click();
    await page
      .getByRole("dialog")
      .getByText(/NetworkMode/)
      .first()
      .waitFor();
    const drawer = await page.evaluate(() => location.hash);
    expect(await judgeEverywhere(worker.link, [...SCREENS, running, details, drawer])).toEqual([]);
  });
});

describe("at size", () => {
  it("10,000 queued tasks and 100,000 runs are shown, found and left as quickly as few", async () => {
    const tasks = Array.from({ length: 10_000 }, (_, i) => ({
      task_id: `task-${String(i).padStart(5, "0")}`,
      script: "true",
    }));
    const grid = await createBareGrid({ dir: join(at.folder(), "grid.git"), gridJson: QUICK, tasks });
    const dataDir = pausedDataDir();
    fillHistory(join(dataDir, "history.db"), 100_000);
    const worker = await at.workerForTest({ dataDir, env: { DGRID_REPO_URL: grid.url } });
    const { page, errors } = await openPage(at.browser(), worker.link);
    await goTo(page, "#/queue");
    await page.getByRole("row").filter({ hasText: "task-00000" }).waitFor();
    await page.getByRole("searchbox").fill("task-09999");
    await page.getByRole("row").filter({ hasText: "task-09999" }).waitFor();
    await page.getByRole("searchbox").fill("");
    await goTo(page, "#/history");
    await page.getByText(/^\d{2,3},\d{3} runs$/).waitFor();
    await page.getByRole("row").nth(3).waitFor();
    // To the very end by the keyboard, and the last row is there.
    await page.getByRole("row").nth(2).getByRole("button").focus();
    await page.keyboard.press("End");
    const last = await page.getByRole("table").getAttribute("aria-rowcount");
    await page.locator(`[aria-rowindex='${last}'] [role=cell]`).first().waitFor();
    // However long the list, the page holds what is in sight.
    expect(await page.getByRole("row").count()).toBeLessThan(120);
    expect(await judgeEverywhere(worker.link, ["#/", "#/queue", "#/history"], [VIEWS[0], VIEWS[3]])).toEqual([]);
    // One more is told without the others being sent again.
    await goTo(page, "#/queue");
    await addFiles(
      grid.dir,
      [{ path: "tasks/queue/one-more.json", content: { task_id: "one-more", script: "true" } }],
      "one more",
    );
    await page.getByRole("searchbox").fill("one-more");
    await page.getByRole("row").filter({ hasText: "one-more" }).waitFor();
    expect(errors).toEqual([]);
  });
});

describe("when something is missing", () => {
  it("says that the container engine is gone, what it means and the mend", async () => {
    const grid = await createBareGrid({ dir: join(at.folder(), "grid.git"), gridJson: QUICK, tasks: 2 });
    const nowhere = `unix://${join(at.folder(), "no.sock")}`;
    const worker = await at.workerForTest({ env: { DGRID_REPO_URL: grid.url, DOCKER_HOST: nowhere } });
    const { page } = await openPage(at.browser(), worker.link);
    await page.getByRole("heading", { name: "Not ready" }).waitFor();
    await page
      .getByText(/The container engine does not answer|No container engine was found/)
      .first()
      .waitFor();
    expect(await judgeEverywhere(worker.link, SCREENS, [VIEWS[0], VIEWS[3]])).toEqual([]);
  });

  it("says that a grid cannot be reached", async () => {
    const server = await startGitServer({ root: at.folder() });
    const url = server.url("grid.git");
    await server.close();
    const worker = await at.workerForTest({ env: { DGRID_REPO_URL: url } });
    const { page } = await openPage(at.browser(), worker.link);
    await page.getByText("The grid's server cannot be reached.").first().waitFor();
    expect(
      await judgeEverywhere(worker.link, ["#/", "#/queue", "#/grids", "#/settings"], [VIEWS[0], VIEWS[3]]),
    ).toEqual([]);
  });

  it("asks for a new token when the old one is no longer accepted, and goes on with it", async () => {
    const root = at.folder();
    await createBareGrid({ dir: join(root, "grid.git"), gridJson: QUICK });
    const server = await startGitServer({ root, token: TOKEN });
    at.after(() => server.close());
    const worker = await at.workerForTest({ env: { DGRID_REPO_URL: server.url("grid.git"), GIT_TOKEN: TOKEN } });
    const { page } = await openPage(at.browser(), worker.link);
    await goTo(page, "#/grids");
    await page.getByText(/^Read/).first().waitFor();
    server.token = "another-token-0123456789";
    await page.getByText("The grid's server did not accept the credentials.").first().waitFor();
    expect(await judgeEverywhere(worker.link, ["#/", "#/grids"], [VIEWS[0], VIEWS[3]])).toEqual([]);
    await page.getByRole("button", { name: "Sign in again" }).first().click();
    await page.getByLabel("Token", { exact: true }).fill("another-token-0123456789");
    await page.getByRole("button", { name: "Use this token" }).click();
    await page.getByText("The grid's server did not accept the credentials.").first().waitFor({ state: "detached" });
    // What was typed is the worker's now, and nowhere to be read.
    expect(worker.run.output().stderr).not.toContain("another-token");
    expect(await page.content()).not.toContain("another-token");
  });

  it("keeps what it last showed when the worker is away, and says that it is old", async () => {
    const grid = await createBareGrid({ dir: join(at.folder(), "grid.git"), gridJson: QUICK, tasks: 3 });
    const worker = await at.workerForTest({ dataDir: pausedDataDir(), env: { DGRID_REPO_URL: grid.url } });
    const { page } = await openPage(at.browser(), worker.link, VIEWS[1]);
    await page.getByRole("heading", { name: "Paused by you" }).waitFor();
    worker.run.child.kill("SIGKILL");
    await page.getByText("No connection to the worker").waitFor();
    expect(await judge(page, SCREENS)).toEqual([]);
  });
});

describe("for everybody", () => {
  it("no text is cut at 200 %", async () => {
    const grid = await createBareGrid({ dir: join(at.folder(), "grid.git"), gridJson: QUICK, tasks: 30 });
    const dataDir = pausedDataDir();
    fillHistory(join(dataDir, "history.db"), 300);
    const worker = await at.workerForTest({ dataDir, env: { DGRID_REPO_URL: grid.url } });
    // A window of 1280 x 800 at 200 %; the German words are the longer ones.
    for (const locale of ["en-GB", "de-DE"]) {
      const { page, context } = await openPage(at.browser(), worker.link, { width: 640, height: 400, locale });
      await settled(page);
      const found: string[] = [];
      for (const hash of SCREENS) {
        await goTo(page, hash);
        await settled(page);
        for (const line of await cutTexts(page)) found.push(`${locale} ${hash}: ${line}`);
      }
      expect(found).toEqual([]);
      await context.close();
    }
  });

  it("everything is reached and done by the keyboard", async () => {
    const grid = await createBareGrid({ dir: join(at.folder(), "grid.git"), gridJson: QUICK, tasks: 30 });
    const worker = await at.workerForTest({ dataDir: pausedDataDir(), env: { DGRID_REPO_URL: grid.url } });
    const { page } = await openPage(at.browser(), worker.link);
    await page.getByRole("heading", { name: "Paused by you" }).waitFor();
    await page.keyboard.press("Tab");
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe("Skip to the content");
    await page.getByRole("link", { name: /^Queue/ }).focus();
    await page.keyboard.press("Enter");
    await page.getByRole("row").nth(1).getByRole("button").focus();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await page
      .getByRole("dialog")
      .getByText(/NetworkMode/)
      .first()
      .waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "detached" });
    expect(await page.evaluate(() => document.activeElement?.closest("[role=row]") !== null)).toBe(true);
    // Every control of every screen takes the focus by Tab, and shows that it has it.
    for (const hash of SCREENS) {
      await goTo(page, hash);
      await settled(page);
      expect([hash, await unreachable(page)]).toEqual([hash, []]);
    }
  });
});

/** Controls that Tab does not come by, walking once around the page. */
async function unreachable(page: Page): Promise<string[]> {
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  const total = await page.evaluate(() => {
    const controls = [
      ...document.querySelectorAll<HTMLElement>("main a[href], main button, main input, main textarea, main select"),
    ];
    const reachable = controls.filter(
      (control) => control.tabIndex >= 0 && control.offsetParent !== null && !control.matches(":disabled"),
    );
    for (const control of reachable) control.dataset["unvisited"] = "";
    return reachable.length;
  });
  for (let step = 0; step < total + 60; step++) {
    await page.keyboard.press("Tab");
    await page.evaluate(() => {
      const active = document.activeElement as HTMLElement | null;
      if (active === null) return;
      delete active.dataset["unvisited"];
      // Of a group of choices one is the stop, the others are reached by the arrows.
      if (active.matches("[type=radio]"))
        for (const other of document.querySelectorAll<HTMLElement>(
          `[type=radio][name="${active.getAttribute("name")}"]`,
        ))
          delete other.dataset["unvisited"];
    });
  }
  return page.evaluate(() =>
    [...document.querySelectorAll("[data-unvisited]")].map((control) => control.outerHTML.slice(0, 120)),
  );
}
