/** What strangers write is shown as text: it runs nothing, turns nothing around and breaks no screen. */
import { join } from "node:path";
import type { Page } from "playwright-core";
import { beforeAll, describe, expect, it } from "vitest";
import { createBareGrid } from "../support/bare-grid.ts";
import { violations } from "./support/accessibility.ts";
import { stage } from "./support/stage.ts";
import { goTo, openPage } from "./support/worker-page.ts";
import type { WorkerProcess } from "../support/worker-process.ts";

const at = stage();
/** Each would be seen at work: a script that leaves a mark, a mark that turns text, an escape, an endless word, a NUL. */
const SCRIPT_TAG = "<script>window.hacked=1</script><img src=x onerror=window.hacked=1>";
const HOSTILE = `${SCRIPT_TAG}\u202Egnp.exe\u202C\u200B\u0007\u001b[31mred\u001b[0m\u001b]0;title\u0007`;
const LONG = "W".repeat(10_000);
const OUTPUT = [
  "printf '%s\\n' '<script>window.hacked=1</script><img src=x onerror=window.hacked=1>'",
  "printf 'before\\342\\200\\256after\\n'",
  "printf 'a\\000b\\n'",
  "printf '\\033[31mred words\\033[0m \\033[2J\\033[H\\033]0;title\\007after\\n'",
  "head -c 10000 /dev/zero | tr '\\0' 'W'; echo",
  "printf 'bad utf8 \\377\\376\\n'",
  "printf 'carriage\\rreturn\\n'",
  "echo hostile output ends; sleep 280",
].join("\n");

let worker: WorkerProcess;
let page: Page;
let errors: readonly string[];

beforeAll(async () => {
  const now = new Date().toISOString();
  const grid = await createBareGrid({
    dir: join(at.folder(), "grid.git"),
    gridJson: { push_budget_per_minute: 6000 },
    tasks: [
      { task_id: "writes-hostile", script: OUTPUT, timeout_seconds: 300, priority: "critical" } as { task_id: string },
    ],
    files: [
      {
        path: "tasks/queue/script.json",
        content: { task_id: "script", script: `${HOSTILE} ${"W".repeat(4_000)}`, depends_on: ["nowhere"] },
      },
      { path: `tasks/queue/${"n".repeat(200)}<img src=x onerror=window.hacked=1>.json`, content: "{}" },
      { path: Buffer.from("tasks/queue/\u202Egpj.json", "utf8"), content: HOSTILE },
      { path: "tasks/queue/not-json.json", content: `${HOSTILE}${LONG}` },
      { path: "tasks/queue/bad-field.json", content: { task_id: HOSTILE, script: 1 } },
      {
        path: "nodes/evil.json",
        content: {
          node_id: "evil",
          node_name: `${HOSTILE}${"W".repeat(100)}`.slice(0, 200),
          last_heartbeat: now,
          status: "active",
        },
      },
      {
        path: `nodes/${"W".repeat(128)}.json`,
        content: { node_id: "W".repeat(128), last_heartbeat: "yesterday", status: "active" },
      },
    ],
  });
  worker = await at.worker({ env: { DGRID_REPO_URL: grid.url } });
  ({ page, errors } = await openPage(at.browser(), worker.link));
});

/** Whether the page is still the page: nothing ran, nothing came from elsewhere, it does not scroll sideways. */
async function expectUnharmed(): Promise<void> {
  expect(await page.evaluate(() => (window as unknown as { hacked?: number }).hacked)).toBeUndefined();
  expect(await page.locator("img[src=x]").count()).toBe(0);
  expect(
    await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth),
  ).toBeLessThanOrEqual(1);
  // No character that turns text around, or hides it, is in what is shown.
  expect(
    await page.evaluate(() => /[\u202a-\u202e\u2066-\u2069\u200b\u0000\u001b]/.test(document.body.innerText)),
  ).toBe(false);
  expect(await violations(page)).toEqual([]);
  expect(errors).toEqual([]);
}

describe("hostile text", () => {
  it("in a task's output is shown as text in the live log, and only colours are obeyed", async () => {
    await goTo(page, "#/running");
    await page.getByRole("link", { name: /writes-hostile/ }).click();
    const log = page.getByRole("log");
    await log.getByText("hostile output ends").waitFor();
    await log.getByText(SCRIPT_TAG, { exact: false }).first().waitFor();
    const text = await log.innerText();
    expect(text).toContain("U+202E");
    expect(text).toContain("a\u2400b");
    const red = log.getByText("red words", { exact: true });
    const plain = log.getByText("hostile output ends");
    const colour = (of: typeof red): Promise<string> => of.evaluate((element) => getComputedStyle(element).color);
    expect(await colour(red)).not.toBe(await colour(plain));
    await expectUnharmed();
  });

  it("in file names, tasks and problems is shown as text in the queue", async () => {
    await goTo(page, "#/queue");
    await page.getByRole("row").filter({ hasText: "not-json" }).waitFor();
    await expectUnharmed();
  });

  it("in a script is shown as text in what will run", async () => {
    await goTo(page, "#/queue");
    await page.getByRole("button", { name: "script", exact: true }).click();
    const drawer = page.getByRole("dialog");
    await drawer
      .getByText(/NetworkMode/)
      .first()
      .waitFor();
    expect(await drawer.innerText()).toContain("<script>window.hacked=1</script>");
    await expectUnharmed();
    await page.keyboard.press("Escape");
  });

  it("in a broken file is shown as text in its details", async () => {
    await goTo(page, "#/queue");
    await page.getByRole("button", { name: "not-json", exact: true }).click();
    await page.getByRole("dialog").getByText("Not JSON").first().waitFor();
    await expectUnharmed();
    await page.keyboard.press("Escape");
  });

  it("in names of machines is shown as text among the peers", async () => {
    await goTo(page, "#/grids");
    await page.getByText("Machines and images").click();
    await page.getByText("window.hacked=1", { exact: false }).first().waitFor();
    await expectUnharmed();
  });

  it("in a result is shown as text in the history", async () => {
    await goTo(page, "#/running");
    await page.getByRole("link", { name: /writes-hostile/ }).click();
    await page.getByRole("button", { name: /^Stop/ }).click();
    await page.getByRole("button", { name: "Stop the task" }).click();
    await goTo(page, "#/history");
    const row = page.getByRole("row").filter({ hasText: "writes-hostile" }).filter({ hasText: "Stopped by you" });
    await row.waitFor();
    await row.getByRole("button", { name: "writes-hostile" }).click();
    await page.getByRole("dialog").getByText("window.hacked=1").first().waitFor();
    await expectUnharmed();
  });
});
