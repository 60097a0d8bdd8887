/** What is found damaged is put aside, said, and begun anew; what crashes is mended. */
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { createBareGrid } from "../../support/bare-grid.ts";
import { until } from "../../support/docker.ts";
import { fillHistory } from "../../support/fill-history.ts";
import { answerOpen, dialogs, opened, windowState } from "./support/desktop.ts";
import { desktopHome, expectHome, pageOf, expectTray } from "./support/desktop-stage.ts";

function kept(folder: string, pattern: RegExp): string[] {
  return readdirSync(folder).filter((name) => pattern.test(name));
}

describe("a damaged file", () => {
  it("of settings is kept, said, and the application works with the defaults", async () => {
    const home = desktopHome({ settings: '{"settings": {"grids": [' });
    const app = await home.start();
    const page = await pageOf(app);
    await page.getByText("The settings were damaged, and the defaults hold.").first().waitFor();
    const [file = ""] = kept(home.dataDir, /^settings\.json\.damaged-\d+$/);
    expect(readFileSync(join(home.dataDir, file), "utf8")).toBe('{"settings": {"grids": [');
    await page.getByText(file, { exact: false }).first().waitFor();
    await page.getByRole("button", { name: "Check again" }).waitFor();
  });

  it("of the history is kept, said, and new runs are written down", async () => {
    const home = desktopHome({ settings: { setUp: true } });
    fillHistory(join(home.dataDir, "history.db"), 50);
    writeFileSync(join(home.dataDir, "history.db"), "this is no database, however long it may be".repeat(200));
    const app = await home.start();
    const page = await pageOf(app);
    await page.getByText("The history was damaged, and a new one was begun.").first().waitFor();
    expect(kept(home.dataDir, /^history\.db\.damaged-\d+$/)).toHaveLength(1);
    await page.getByRole("link", { name: "History", exact: true }).click();
    await page.getByRole("heading", { level: 1, name: "History" }).waitFor();
  });

  it("of tokens is kept, said, and new ones are kept", async () => {
    const home = desktopHome({ settings: { setUp: true } });
    writeFileSync(join(home.dataDir, "secrets.json"), '{"tokens": {');
    const app = await home.start();
    const page = await pageOf(app);
    await page.getByText("The file with the kept tokens was damaged", { exact: false }).first().waitFor();
    expect(kept(home.dataDir, /^secrets\.json\.damaged-\d+$/)).toHaveLength(1);
    await expectTray(app, "Not donating");
  });

  it("of the identity is kept, said, and donating is off", async () => {
    const home = desktopHome({ settings: { setUp: true } });
    writeFileSync(join(home.dataDir, "donor.json"), "{}");
    const app = await home.start();
    const page = await pageOf(app);
    await page.getByText("it is a new node with donating off", { exact: false }).first().waitFor();
    await expectTray(app, "Not donating");
  });

  it("of a grid's clone is kept, said, and the clone is built anew", async () => {
    const home = desktopHome();
    const { url } = await createBareGrid({ dir: join(home.home, "grid.git") });
    const env = { DGRID_REPO_URL: url };
    const first = await home.start({ env });
    await expectTray(first, "Donating");
    await first.kill();
    const grids = join(home.dataDir, "grids");
    const [clone = ""] = readdirSync(grids);
    rmSync(join(grids, clone, "objects"), { recursive: true });
    const app = await home.start({ env });
    const page = await pageOf(app);
    await expectHome(page, "Donating");
    await page.getByText("The local copy of a grid was damaged", { exact: false }).first().waitFor();
    expect(existsSync(join(grids, `${clone}.damaged`))).toBe(true);
  });
});

describe("a page that crashes", () => {
  it("is shown again, and donating goes on", async () => {
    const app = await desktopHome({ settings: { setUp: true } }).start();
    await expectHome(await pageOf(app), "Not donating");
    await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer());
    await until("the crash was noticed", () => app.output().includes("the window's page crashed; tasks go on"));
    // Asked through the application: what a test held of the page that crashed stays dead.
    await until("the page is back", () =>
      app.evaluate(async ({ BrowserWindow }) => {
        const contents = BrowserWindow.getAllWindows()[0]?.webContents;
        if (contents === undefined || contents.isCrashed() || contents.isLoading()) return false;
        return /Not donating/.test(String(await contents.executeJavaScript("document.body?.innerText")));
      }),
    );
    expect(await dialogs(app)).toEqual([]);
  });
});

describe("a worker that cannot start", () => {
  it("says why and how to mend it, and starts once it is mended", async () => {
    const home = desktopHome({ settings: { setUp: true } });
    rmSync(home.dataDir, { recursive: true });
    writeFileSync(home.dataDir, "a file where the folder should be");
    const app = await home.start({ env: { DESKTOP_ANSWERS: "[1,null]" } });
    // Shown the folder, the donor is asked again.
    await until("it was said twice", async () => (await dialogs(app)).length === 2);
    expect(await opened(app)).toEqual([home.dataDir]);
    const [shown] = await dialogs(app);
    expect(shown).toMatchObject({
      message: "D-GRID could not start.",
      buttons: ["Try again", "Show the data folder", "Quit"],
    });
    expect(shown?.detail).toMatch(/data directory cannot be written[\s\S]*permissions/);
    expect((await windowState(app)).exists).toBe(false);
    rmSync(home.dataDir);
    await answerOpen(app, 0);
    await pageOf(app);
    expect((await windowState(app)).exists).toBe(true);
  });

  it("names what is wrong with the environment, and ends", async () => {
    const app = await desktopHome().start({ env: { DGRID_CPUS: "many", DESKTOP_ANSWERS: "[null]" } });
    await until("it was said", async () => (await dialogs(app)).length === 1);
    expect((await dialogs(app))[0]?.detail).toMatch(/^DGRID_CPUS/);
    await answerOpen(app, 0);
    expect(await app.exited).toBe(2);
  });
});
