/** New versions: shown, waiting for tasks, installed when asked for, and left alone by who does not want them. */
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { createBareGrid } from "../../support/bare-grid.ts";
import { until } from "../../support/docker.ts";
import { clickTray, forgedMessage, notifications } from "./support/desktop.ts";
import { desktopHome, expectTray, pageOf, quietSettings } from "./support/desktop-stage.ts";
import type { DesktopApp } from "./support/launch.ts";

const INFO = { version: "9.9.9", releaseNotes: "<h2>New</h2><ul><li>Faster <b>claims</b></li></ul><script>x</script>" };

/** Says what the updater says when a server has something. */
function updater(app: DesktopApp, event: string, payload: unknown): Promise<void> {
  return app.evaluate(
    (_electron, told) => {
      const load = process.getBuiltinModule("module").createRequire(`${process.cwd()}/package.json`);
      const { autoUpdater } = load("electron-updater") as { autoUpdater: NodeJS.EventEmitter };
      autoUpdater.emit(told.event, told.payload);
    },
    { event, payload },
  );
}

/** Installing is leaving with a code of its own: nothing is there that could be installed. */
function installsWith(app: DesktopApp, code: number): Promise<void> {
  return app.evaluate(({ app: electron }, exitCode) => {
    const load = process.getBuiltinModule("module").createRequire(`${process.cwd()}/package.json`);
    const { autoUpdater } = load("electron-updater") as { autoUpdater: { quitAndInstall: () => void } };
    autoUpdater.quitAndInstall = () => electron.exit(exitCode);
  }, code);
}

describe("an update", () => {
  it("is shown with its notes as text, and announced", async () => {
    const app = await desktopHome({ settings: { setUp: true } }).start();
    const page = await pageOf(app);
    await page.getByRole("link", { name: "Settings", exact: true }).click();
    await updater(app, "update-available", INFO);
    await updater(app, "download-progress", { percent: 40 });
    await page.getByText("9.9.9").first().waitFor();
    await updater(app, "update-downloaded", INFO);
    await page.getByText("- Faster claims").first().waitFor();
    expect((await notifications(app)).map(({ title }) => title)).toContain("A new version is ready");
    await updater(app, "error", new Error("no network"));
    await page.getByText("The new version could not be fetched.").first().waitFor();
  });

  it("waits for running tasks, and is installed once nothing runs", async () => {
    const home = desktopHome({ settings: quietSettings({ setUp: true }), mode: { kind: "donate" } });
    const { url } = await createBareGrid({
      dir: join(home.home, "grid.git"),
      tasks: [{ task_id: "long", script: "sleep 300", timeout_seconds: 300 } as { task_id: string }],
    });
    const app = await home.start({ env: { DGRID_REPO_URL: url } });
    const page = await pageOf(app);
    await installsWith(app, 42);
    await page.getByRole("link", { name: "Settings", exact: true }).click();
    await until("the task runs", () => app.output().includes('"task started"'), 90_000);
    await updater(app, "update-downloaded", INFO);
    await page.getByText("It waits for 1 task: an update never ends one.").waitFor();
    const install = page.getByRole("button", { name: "Restart and update" });
    expect(await install.isDisabled()).toBe(true);
    // A page that asks all the same is refused by the application.
    const text = JSON.stringify({ kind: "call", id: 77, method: "updates.install", input: {} });
    const replies = await forgedMessage(app, { text, frame: "own" });
    expect(replies.join()).toContain("update_waits");
    await page.getByRole("link", { name: "Home", exact: true }).click();
    await page.getByRole("button", { name: "Stop: long" }).click();
    await page.getByRole("button", { name: "Stop the task" }).click();
    await expectTray(app, "Donating");
    await page.getByRole("link", { name: "Settings", exact: true }).click();
    await until("nothing is held", () => install.isEnabled(), 90_000);
    await install.click();
    expect(await app.exited).toBe(42);
  });

  it("is nobody's concern where updates are not wanted", async () => {
    const app = await desktopHome({ settings: { setUp: true, desktop: { updates: false } } }).start();
    const page = await pageOf(app);
    await page.getByRole("link", { name: "Settings", exact: true }).click();
    await page.getByText("New versions are not looked for.").waitFor();
    await updater(app, "update-available", INFO);
    await updater(app, "update-downloaded", INFO);
    // What came of it would be shown with this.
    await clickTray(app, "Donate to a demo grid on this machine");
    await expectTray(app, "Donating");
    await page.getByText("New versions are not looked for.").waitFor();
    expect(await page.getByText("9.9.9").count()).toBe(0);
    expect((await notifications(app)).map(({ title }) => title)).not.toContain("A new version is ready");
  });
});
