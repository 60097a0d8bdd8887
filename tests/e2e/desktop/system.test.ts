/** What the application does with the system: starting at login, notifications, secrets, menus, language. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { addFiles, createBareGrid } from "../../support/bare-grid.ts";
import { until } from "../../support/docker.ts";
import { queued } from "../../support/grid-file.ts";
import { startGitServer } from "../../support/git-server.ts";
import { clickNotification, clickTray, notifications, opened, trayMenu } from "./support/desktop.ts";
import { addTypedGrid, desktopHome, expectHome, pageOf, quietSettings, typeGrid } from "./support/desktop-stage.ts";
import type { DesktopApp } from "./support/launch.ts";

const TOKEN = "desktop-token-0123456789";

/** Clicks an item of the application's menu by the labels that lead to it. */
function clickMenu(app: DesktopApp, ...labels: readonly string[]): Promise<void> {
  return app.evaluate(({ Menu }, path) => {
    let items = Menu.getApplicationMenu()?.items ?? [];
    for (const [depth, label] of path.entries()) {
      const item = items.find((one) => one.label === label);
      if (item === undefined) throw new Error(`no ${label} among: ${items.map((one) => one.label).join(", ")}`);
      if (depth === path.length - 1) (item.click as () => void)();
      items = item.submenu?.items ?? [];
    }
  }, labels);
}

describe("settings of the application", () => {
  it("are in the settings screen, and starting at login is told to the desktop", async () => {
    const home = desktopHome({ settings: { setUp: true } });
    const app = await home.start();
    const page = await pageOf(app);
    await page.getByRole("link", { name: "Settings", exact: true }).click();
    const file = join(home.home, ".config", "autostart", "dgrid-desktop.desktop");
    await page
      .getByRole("switch", { name: /log in/ })
      .first()
      .click();
    await until("the desktop was told", () => existsSync(file));
    expect(readFileSync(file, "utf8")).toMatch(/^Exec=".+" "--hidden"$/m);
    await page
      .getByRole("switch", { name: /log in/ })
      .first()
      .click();
    await until("the desktop was told", () => !existsSync(file));
  });

  it("change the words of tray and menu with the language", async () => {
    const app = await desktopHome({
      settings: quietSettings({ setUp: true, appearance: { theme: "dark", language: "de" } }),
    }).start();
    const page = await pageOf(app);
    await expectHome(page, "Spendet nicht");
    await until("the tray is German", async () =>
      (await trayMenu(app)).some(({ label }) => label === "D-GRID beenden"),
    );
    await clickMenu(app, "Ansicht", "Verlauf");
    await page.getByRole("heading", { level: 1, name: "Verlauf" }).waitFor();
  });
});

describe("the menu", () => {
  it("leads to every screen and to the log", async () => {
    const app = await desktopHome({ settings: { setUp: true } }).start();
    const page = await pageOf(app);
    await page.getByRole("heading", { level: 1 }).first().waitFor();
    for (const name of ["Queue", "History", "Limits", "Grids"]) {
      await clickMenu(app, "View", name);
      await page.getByRole("heading", { level: 1, name, exact: true }).waitFor();
    }
    await clickMenu(app, "File", "Settings");
    await page.getByRole("heading", { level: 1, name: /Settings/ }).waitFor();
    await clickMenu(app, "Help", "Show the log");
    const [log = ""] = await opened(app);
    expect(readFileSync(log, "utf8")).toContain("the window shows the interface");
  });
});

describe("a notification", () => {
  it("tells of a task that failed, leads to it, and says nothing of one that did not", async () => {
    const home = desktopHome();
    const grid = join(home.home, "grid.git");
    const { url } = await createBareGrid({
      dir: grid,
      tasks: [{ task_id: "fine", script: "true", priority: "high" } as { task_id: string }],
    });
    const app = await home.start({ args: ["--hidden"], env: { DGRID_REPO_URL: url } });
    await until("it is done", () => /"task":"fine".*"task ended"/.test(app.output()), 90_000);
    await addFiles(grid, [queued({ task_id: "broken", script: "exit 3" } as { task_id: string })], "one more");
    await until(
      "it was told",
      async () => (await notifications(app)).some(({ title }) => title === "A task failed"),
      90_000,
    );
    const told = await notifications(app);
    const failed = told.filter(({ title }) => title === "A task failed");
    expect(failed).toEqual([{ title: "A task failed", body: "broken: see its output in the history." }]);
    const index = told.findIndex(({ title }) => title === "A task failed");
    await clickNotification(app, index);
    const page = await pageOf(app);
    await page.getByRole("dialog").getByText("broken").first().waitFor();
  });

  it("is not made where the donor does not want it", async () => {
    const home = desktopHome({
      settings: quietSettings({
        setUp: true,
        desktop: { notify: { taskFailed: false, gridUnreachable: false, allDone: false } },
      }),
    });
    const { url } = await createBareGrid({
      dir: join(home.home, "grid.git"),
      tasks: [{ task_id: "broken", script: "exit 3" } as { task_id: string }],
    });
    const app = await home.start({ args: ["--hidden"], env: { DGRID_REPO_URL: url } });
    // A failure is told once its result is committed, in the same turn; another turn has passed when the tray answers.
    await until("it is committed", () => /"task":"broken".*"result committed"/.test(app.output()), 90_000);
    await until("nothing is held", async () =>
      (await trayMenu(app)).some(({ label }) => label === "No task is running"),
    );
    expect(await notifications(app)).toEqual([]);
  });
});

describe("a token", () => {
  it("is kept by the keychain over a restart, and is in no file, log or page", async () => {
    const home = desktopHome();
    const grid = join(home.home, "grid.git");
    await createBareGrid({ dir: grid });
    const server = await startGitServer({ root: home.home, token: TOKEN });
    try {
      const app = await home.start({ args: ["--hidden"] });
      const page = await pageOf(app);
      for (let step = 0; step < 3; step++) await page.getByRole("button", { name: /^(Next|Skip)$/ }).click();
      await page.getByRole("button", { name: "Later" }).click();
      await typeGrid(page, { url: server.url("grid.git"), token: TOKEN });
      await addTypedGrid(page);
      await page.getByText("Completed").first().waitFor();
      const kept = join(home.dataDir, "secrets.json");
      await until("it is kept", () => existsSync(kept));
      expect(readFileSync(kept, "utf8")).not.toContain(TOKEN);
      expect(app.output()).not.toContain(TOKEN);
      await app.evaluate(({ app: electron }) => electron.quit());
      await app.exited;

      const again = await home.start();
      const second = await pageOf(again);
      await clickTray(again, "Donate");
      await expectHome(second, "Donating");
      expect(await second.content()).not.toContain(TOKEN);
      expect(again.output()).not.toContain(TOKEN);
    } finally {
      await server.close();
    }
  });
});
