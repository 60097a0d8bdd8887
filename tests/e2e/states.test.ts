/** Every screen in every state, in both themes, small and large: it is there, it reads well, and axe finds nothing. */
import { join } from "node:path";
import type { Page } from "playwright-core";
import { beforeAll, describe, expect, it } from "vitest";
import { createBareGrid } from "../support/bare-grid.ts";
import { fillHistory } from "../support/fill-history.ts";
import { cutTexts, violations } from "./support/accessibility.ts";
import { inEachView, judge, judged, pausedDataDir, SCREENS, settled, VIEWS } from "./support/judged-screens.ts";
import { stage } from "./support/stage.ts";
import { goTo, openPage } from "./support/worker-page.ts";

const at = stage();
const judgeEverywhere = judged(at);
const QUICK = { push_budget_per_minute: 6000 };

describe("before anything was chosen", () => {
  it("each step of the first run is a good page", async () => {
    const { link } = await at.workerForTest();
    const found = await inEachView({ at, link }, async ({ page, errors }) => {
      const wrong: string[] = [];
      for (const step of ["Is everything there", "Whom do you want", "How much may tasks", "Ready when you are"]) {
        await page.getByRole("heading", { name: step }).waitFor();
        if (step.startsWith("Is everything")) await page.getByRole("button", { name: "Check again" }).waitFor();
        wrong.push(...(await violations(page)).map((line) => `${step}: ${line}`));
        if (!step.startsWith("Ready")) await page.getByRole("button", { name: /^(Next|Skip)$/ }).click();
      }
      return [...wrong, ...errors];
    });
    expect(found).toEqual([]);
  });

  it("every screen is a good page without a grid", async () => {
    const { link } = await at.workerForTest();
    const { page } = await openPage(at.browser(), link);
    for (let step = 0; step < 3; step++) await page.getByRole("button", { name: /^(Next|Skip)$/ }).click();
    await page.getByRole("button", { name: "Later" }).click();
    await page.getByText("Choose a grid to give to").waitFor();
    expect(await judgeEverywhere(link, SCREENS)).toEqual([]);
  });
});

describe("for everybody", () => {
  it("no text is cut at 200 %", async () => {
    const grid = await createBareGrid({ dir: join(at.folder(), "grid.git"), gridJson: QUICK, tasks: 30 });
    const dataDir = pausedDataDir(at);
    fillHistory(join(dataDir, "history.db"), 300);
    const worker = await at.workerForTest({ dataDir, env: { DGRID_REPO_URL: grid.url } });
    // A window of 1280 x 800 at 200 %; the German words are the longer ones.
    const views = ["en-GB", "de-DE"].map((locale) => ({ ...VIEWS[0], width: 640, height: 400, locale }));
    expect(await inEachView({ at, link: worker.link, views }, ({ page }) => judge(page, SCREENS, cutTexts))).toEqual(
      [],
    );
  });

  it("everything is reached and done by the keyboard", async () => {
    const grid = await createBareGrid({ dir: join(at.folder(), "grid.git"), gridJson: QUICK, tasks: 30 });
    const worker = await at.workerForTest({ dataDir: pausedDataDir(at), env: { DGRID_REPO_URL: grid.url } });
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
    await page.waitForFunction(() => document.activeElement?.closest("[role=row]") instanceof HTMLElement);
    await page.evaluate(noteVisits);
    // Every control of every screen takes the focus by Tab, and shows that it has it.
    for (const hash of SCREENS) {
      await goTo(page, hash);
      await settled(page);
      expect([hash, await unreachable(page)]).toEqual([hash, []]);
    }
  });
});

// Last, because its worker and its task go on until the file has ended.
describe("a machine that is at work", () => {
  let link: string;
  let hashes: readonly string[];

  // As it stands after all this it is judged, one view a test.
  beforeAll(async () => {
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
    ({ link } = await at.worker({ env: { DGRID_REPO_URL: grid.url } }));
    const { page, context } = await openPage(at.browser(), link);
    page.setDefaultTimeout(120_000);
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
    hashes = [...SCREENS, running, details, drawer];
    await context.close();
  }, 290_000);

  it.each(VIEWS)("every screen is a good page, $colorScheme and $width wide", async (view) => {
    expect(await judgeEverywhere(link, hashes, [view])).toEqual([]);
  });
});

/** In the page: takes the mark of an unvisited control from what gets the focus, from now on. */
function noteVisits(): void {
  document.addEventListener("focusin", ({ target }) => {
    if (!(target instanceof HTMLElement)) return;
    delete target.dataset["unvisited"];
    // Of a group of choices one is the stop, the others are reached by the arrows.
    if (!target.matches("[type=radio]")) return;
    const group = `[type=radio][name="${target.getAttribute("name")}"]`;
    for (const other of document.querySelectorAll<HTMLElement>(group)) delete other.dataset["unvisited"];
  });
}

/** Controls that Tab does not come by, walking once around the page. */
async function unreachable(page: Page): Promise<string[]> {
  const total = await page.evaluate(() => {
    (document.activeElement as HTMLElement | null)?.blur();
    const controls = [
      ...document.querySelectorAll<HTMLElement>("main a[href], main button, main input, main textarea, main select"),
    ];
    const reachable = controls.filter(
      (control) => control.tabIndex >= 0 && control.offsetParent !== null && !control.matches(":disabled"),
    );
    for (const control of reachable) control.dataset["unvisited"] = "";
    return reachable.length;
  });
  for (let step = 0; step < total + 60; step++) await page.keyboard.press("Tab");
  return page.evaluate(() =>
    [...document.querySelectorAll("[data-unvisited]")].map((control) => control.outerHTML.slice(0, 120)),
  );
}
