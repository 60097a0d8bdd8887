/** From the first start to the first finished task and its export, by clicking only. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { Page } from "playwright-core";
import { openPage } from "./support/worker-page.ts";
import { stage } from "./support/stage.ts";

const at = stage();

async function queueTask(page: Page, id: string, script: string): Promise<void> {
  await page.getByRole("link", { name: "Submit", exact: true }).click();
  await page.getByRole("textbox", { name: "Id", exact: true }).fill(id);
  await page.getByRole("textbox", { name: "Script" }).fill(script);
  await page.getByText("A worker would accept this task.").waitFor();
  await page.getByRole("button", { name: "Put it on the queue" }).click();
  await page.getByText("The task is in the queue").waitFor();
}

describe("a first run, by clicking only", () => {
  it("chooses the demo grid, sets limits, donates, watches a log, stops a task, finds it and exports it", async () => {
    const worker = await at.worker();
    const { page, errors } = await openPage(at.browser(), worker.link);
    const next = page.getByRole("button", { name: /^(Next|Skip)$/ });

    await page.getByRole("heading", { name: "Is everything there to run tasks safely?" }).waitFor();
    await page.getByRole("button", { name: "Check again" }).waitFor();
    await next.click();
    await page.getByRole("button", { name: "Use the demo grid" }).click();
    await page.getByText("1 grid is chosen").waitFor();
    await next.click();
    await page.getByRole("button", { name: /^Light/ }).click();
    await page.getByRole("button", { name: /^Balanced/ }).click();
    await next.click();
    await page.getByText("Nothing has run so far.").waitFor();
    // Nothing is claimed, and no container was made, before this click.
    expect(worker.run.output().stderr).not.toContain("task claimed");
    await page.getByRole("button", { name: "Start donating" }).click();

    await page.getByRole("heading", { name: "Donating" }).waitFor();
    await page.getByRole("link", { name: "History", exact: true }).click();
    await page.getByRole("row").filter({ hasText: "Success" }).first().waitFor();

    await queueTask(page, "to-be-stopped", "i=0; while :; do echo tick $i; i=$((i+1)); sleep 0.2; done");
    await page.getByRole("link", { name: /^Running/ }).click();
    await page.getByRole("link", { name: /to-be-stopped/ }).click();
    await page.getByRole("log").getByText("tick 5", { exact: true }).waitFor();
    await page.getByRole("button", { name: "Stop: to-be-stopped" }).click();
    await page.getByRole("button", { name: "Stop the task" }).click();
    await page.getByText("This run is over").waitFor();

    await page.getByRole("link", { name: "History", exact: true }).click();
    await page.getByRole("textbox", { name: "Search" }).fill("to-be-stopped");
    const row = page.getByRole("row").filter({ hasText: "to-be-stopped" });
    await row.filter({ hasText: "Stopped by you" }).waitFor();
    await page.getByText("1 run", { exact: true }).waitFor();

    const download = page.waitForEvent("download");
    await page.getByRole("button", { name: "Export" }).click();
    await page.getByRole("menuitem", { name: "As a table (CSV)" }).click();
    const saved = await (await download).path();
    expect(readFileSync(saved, "utf8")).toMatch(/^claim_id,.*\r\n[0-9a-f-]{36},[^\r]*to-be-stopped,stopped,/);

    // The task is the others' now: this machine says why it leaves it.
    await page.getByRole("link", { name: /^Queue/ }).click();
    await page.getByRole("row").filter({ hasText: "to-be-stopped" }).getByText("You stopped it here").waitFor();
    expect(errors).toEqual([]);
  });
});
