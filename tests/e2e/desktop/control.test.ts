/** The donor's control: tray and window say the same and do the same, and no window is needed for either. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { createBareGrid } from "../../support/bare-grid.ts";
import { until } from "../../support/docker.ts";
import { clickTray, closeWindow, notifications, trayMenu, windowState } from "./support/desktop.ts";
import {
  desktopHome,
  expectHome,
  expectShown,
  pageOf,
  expectTray,
  trayTitle,
  type DesktopHome,
} from "./support/desktop-stage.ts";
import { runAgain, type DesktopApp } from "./support/launch.ts";

async function donating(home: DesktopHome): Promise<DesktopApp> {
  const grid = await createBareGrid({ dir: join(home.home, "grid.git") });
  const app = await home.start({ env: { DGRID_REPO_URL: grid.url } });
  await expectTray(app, "Donating");
  return app;
}

/** Brings the end of the pause that is written down near; tells when that is. */
function endPauseSoon({ dataDir }: DesktopHome): number {
  const file = join(dataDir, "donor.json");
  const kept = JSON.parse(readFileSync(file, "utf8")) as { readonly donor: { mode: object } };
  expect(kept.donor.mode).toMatchObject({ kind: "paused", resumeAs: "donate" });
  const untilMs = Date.now() + 4_000;
  Object.assign(kept.donor.mode, { untilMs });
  writeFileSync(file, JSON.stringify(kept));
  return untilMs;
}

describe("tray and window", () => {
  it("show a pause made in the other, in the same words", async () => {
    const app = await donating(desktopHome());
    const page = await pageOf(app);
    await expectHome(page, "Donating");
    await clickTray(app, "Pause");
    await expectHome(page, "Paused by you");
    await expectTray(app, "Paused by you");
    await page.getByRole("banner").getByRole("button", { name: "Resume" }).click();
    await expectTray(app, "Donating");
    await page.getByRole("banner").getByRole("button", { name: "Pause", exact: true }).click();
    await expectTray(app, "Paused by you");
    await clickTray(app, "Resume");
    await expectHome(page, "Donating");
  });

  it("offer every way to pause and to go on", async () => {
    const app = await donating(desktopHome());
    const labels = (await trayMenu(app)).map(({ label }) => label).filter((label) => label !== "");
    expect(labels).toEqual([
      "Donating",
      "Pause",
      "Pause for a while",
      "Finish, then pause",
      "Always",
      "No task is running",
      "Open D-GRID",
      "Quit D-GRID",
    ]);
    const pauses = (await trayMenu(app)).find(({ label }) => label === "Pause for a while")?.submenu ?? [];
    expect(pauses.map(({ label }) => label)).toEqual([
      "For 15 minutes",
      "For 1 hour",
      "For 4 hours",
      "Until tomorrow",
      "Until I resume",
    ]);
    await clickTray(app, "Always");
    await until("always is on", async () => (await trayMenu(app)).some(({ label }) => label === "Donate by my rules"));
    await clickTray(app, "Finish, then pause");
    // Nothing runs, so it has finished at once.
    await expectTray(app, "Paused by you");
  });

  it("keep a timed pause over a restart, and end it on time", async () => {
    const home = desktopHome();
    const grid = await createBareGrid({ dir: join(home.home, "grid.git") });
    const started = (): Promise<DesktopApp> => home.start({ env: { DGRID_REPO_URL: grid.url } });
    const first = await started();
    await expectTray(first, "Donating");
    await clickTray(first, "Pause for a while", "For 1 hour");
    await expectTray(first, /^Paused by you, until /);
    await first.kill();
    const second = await started();
    await expectTray(second, /^Paused by you, until /);
    await second.kill();
    // The hour is all but over: a quick start still sees the end of it, and a slow one need not.
    const untilMs = endPauseSoon(home);
    await expectTray(await started(), "Donating");
    expect(Date.now()).toBeGreaterThanOrEqual(untilMs);
  });
});

describe("closing the window", () => {
  it("keeps working in the tray, says so once, and the window comes back where it was", async () => {
    const home = desktopHome();
    const app = await donating(home);
    const page = await pageOf(app);
    await page.getByRole("link", { name: "Limits", exact: true }).click();
    await page.getByRole("heading", { name: "Limits", exact: true, level: 1 }).waitFor();
    await expectShown(app);
    await closeWindow(app);
    await until("the window is away", async () => !(await windowState(app)).visible);
    expect((await notifications(app)).map(({ title }) => title)).toEqual(["D-GRID keeps running"]);
    expect(await trayTitle(app)).toBe("Donating");
    await clickTray(app, "Open D-GRID");
    expect((await windowState(app)).visible).toBe(true);
    await page.getByRole("heading", { name: "Limits", exact: true, level: 1 }).waitFor();
    await closeWindow(app);
    await until("the window is away again", async () => !(await windowState(app)).visible);
    expect(await notifications(app)).toHaveLength(1);
  });

  it("minimises it where the desktop has no tray", async () => {
    const app = await desktopHome().start({ tray: false });
    const page = await pageOf(app);
    await page.getByRole("heading", { level: 1 }).first().waitFor();
    expect(await trayMenu(app)).toEqual([]);
    await expectShown(app);
    await closeWindow(app);
    expect(await windowState(app)).toMatchObject({ exists: true, minimized: true });
  });
});

describe("starting", () => {
  it("a second time shows the window of the first", async () => {
    const home = desktopHome({ settings: { setUp: true } });
    const app = await home.start();
    await expectShown(app);
    await closeWindow(app);
    expect((await windowState(app)).visible).toBe(false);
    expect(await runAgain({ home: home.home, env: { DGRID_DATA_DIR: home.dataDir } })).toBe(0);
    await until("the window is back", async () => (await windowState(app)).visible);
  });

  it("hidden shows no window, until it is asked for", async () => {
    const app = await desktopHome({ settings: { setUp: true } }).start({ args: ["--hidden"] });
    await expectTray(app, "Not donating");
    expect((await windowState(app)).exists).toBe(false);
    await clickTray(app, "Open D-GRID");
    await expectHome(await pageOf(app), "Not donating");
  });

  it("hidden before the first run shows it all the same: nothing would ever happen otherwise", async () => {
    const app = await desktopHome().start({ args: ["--hidden"] });
    const page = await pageOf(app);
    await page.getByRole("heading", { name: /Is everything there/ }).waitFor();
    await expectShown(app);
  });

  it("remembers where the window was", async () => {
    const home = desktopHome({ settings: { setUp: true } });
    const app = await home.start();
    await pageOf(app);
    await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setBounds({ width: 903, height: 702 }));
    await app.evaluate(({ app: electron }) => electron.quit());
    await app.exited;
    const again = await home.start();
    await pageOf(again);
    const bounds = await again.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getBounds());
    expect(bounds).toMatchObject({ width: 903, height: 702 });
  });
});
