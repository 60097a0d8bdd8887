/** A task that writes 100 MB: the page follows, stays responsive, and holds no more than its window of it. */
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { createBareGrid } from "../support/bare-grid.ts";
import { stage } from "./support/stage.ts";
import { goTo, openPage } from "./support/worker-page.ts";

const at = stage();
const MEBIBYTE = 1024 * 1024;

describe("a log of 100 MB", () => {
  it("streams through a page that stays responsive and bounded", async () => {
    const script = `echo first line; yes ${"x".repeat(99)} | head -c 104857600; echo; echo last line; sleep 60`;
    const grid = await createBareGrid({
      dir: join(at.folder(), "grid.git"),
      gridJson: { push_budget_per_minute: 6000 },
      tasks: [{ task_id: "flood", script, timeout_seconds: 300 } as { task_id: string }],
    });
    const worker = await at.worker({ env: { DGRID_REPO_URL: grid.url } });
    const { page, errors } = await openPage(at.browser(), worker.link);
    // The whole log comes within one of its waits.
    page.setDefaultTimeout(240_000);
    await goTo(page, "#/running");
    await page.getByRole("link", { name: /flood/ }).click();
    const log = page.getByRole("log");
    const before = await heapBytes(page);
    // Clicks are answered while it streams: each must have its effect, whatever comes meanwhile.
    for (let round = 0; round < 5; round++) {
      await page.getByRole("button", { name: "Hold" }).click();
      await page.getByRole("button", { name: "Go on" }).click();
    }
    await log.getByText("last line").waitFor();
    expect(await log.getByText("first line").count()).toBe(0);
    // What the page keeps is a window: far less than the hundred it saw.
    expect(await heapBytes(page)).toBeLessThan(before + 60 * MEBIBYTE);
    expect(await page.evaluate(() => document.querySelectorAll("*").length)).toBeLessThan(3_000);
    expect(errors).toEqual([]);
  });
});

async function heapBytes(page: { evaluate<T>(work: () => T): Promise<T> }): Promise<number> {
  return page.evaluate(() => {
    (globalThis as unknown as { gc?: () => void }).gc?.();
    return (performance as unknown as { memory: { usedJSHeapSize: number } }).memory.usedJSHeapSize;
  });
}
