/** Every screen when there is much and when something is missing: it says so, reads well, and axe finds nothing. */
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { addFiles, createBareGrid } from "../support/bare-grid.ts";
import { fillHistory } from "../support/fill-history.ts";
import { startGitServer } from "../support/git-server.ts";
import { judge, judged, pausedDataDir, SCREENS, VIEWS } from "./support/judged-screens.ts";
import { stage } from "./support/stage.ts";
import { goTo, openPage } from "./support/worker-page.ts";

const at = stage();
const judgeEverywhere = judged(at);
const TOKEN = "s3cret-token-0123456789";
const QUICK = { push_budget_per_minute: 6000 };

describe("at size", () => {
  it("10,000 queued tasks and 100,000 runs are shown, found and left as quickly as few", async () => {
    const tasks = Array.from({ length: 10_000 }, (_, i) => ({
      task_id: `task-${String(i).padStart(5, "0")}`,
      script: "true",
    }));
    const grid = await createBareGrid({ dir: join(at.folder(), "grid.git"), gridJson: QUICK, tasks });
    const dataDir = pausedDataDir(at);
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
    expect(await judgeEverywhere(worker.link, ["#/", "#/queue", "#/history"])).toEqual([]);
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
    expect(await judgeEverywhere(worker.link, SCREENS)).toEqual([]);
  });

  it("says that a grid cannot be reached", async () => {
    const server = await startGitServer({ root: at.folder() });
    const url = server.url("grid.git");
    await server.close();
    const worker = await at.workerForTest({ env: { DGRID_REPO_URL: url } });
    const { page } = await openPage(at.browser(), worker.link);
    await page.getByText("The grid's server cannot be reached.").first().waitFor();
    expect(await judgeEverywhere(worker.link, ["#/", "#/queue", "#/grids", "#/settings"])).toEqual([]);
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
    expect(await judgeEverywhere(worker.link, ["#/", "#/grids"])).toEqual([]);
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
    const worker = await at.workerForTest({ dataDir: pausedDataDir(at), env: { DGRID_REPO_URL: grid.url } });
    const { page } = await openPage(at.browser(), worker.link, VIEWS[1]);
    await page.getByRole("heading", { name: "Paused by you" }).waitFor();
    worker.run.child.kill("SIGKILL");
    await page.getByText("No connection to the worker").waitFor();
    expect(await judge(page, SCREENS)).toEqual([]);
  });
});
