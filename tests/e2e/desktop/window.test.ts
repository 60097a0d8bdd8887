/** The one window over a long time: crashes, memory given back, what is said once, and the icon beside it. */
import { describe, expect, it } from "vitest";
import { until } from "../../support/docker.ts";
import {
  answerNext,
  clickTray,
  closeWindow,
  dialogs,
  notifications,
  trayImage,
  windowState,
} from "./support/desktop.ts";
import { desktopHome, expectHome, expectTray, pageOf } from "./support/desktop-stage.ts";
import type { DesktopApp } from "./support/launch.ts";

/** What the window's page says, asked through the application: what a test holds of a page that crashed stays dead. */
function pageSays(app: DesktopApp, text: string): Promise<boolean> {
  return app.evaluate(async ({ BrowserWindow }, wanted) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents;
    if (contents === undefined || contents.isCrashed() || contents.isLoading()) return false;
    return String(await contents.executeJavaScript("document.body?.innerText")).includes(wanted);
  }, text);
}

async function crash(app: DesktopApp, time: number): Promise<void> {
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer());
  await until("the crash was noticed", () => app.output().split("the window's page crashed").length - 1 === time);
}

describe("a page that crashes again and again", () => {
  it("is given up, said, and opened again where the donor wants it", async () => {
    const app = await desktopHome({ settings: { setUp: true } }).start();
    await expectHome(await pageOf(app), "Not donating");
    await answerNext(app, 0);
    for (const time of [1, 2]) {
      await crash(app, time);
      await until("the page is back", () => pageSays(app, "Not donating"));
      expect(await dialogs(app)).toEqual([]);
    }
    await crash(app, 3);
    await until("it was said", async () => (await dialogs(app)).length === 1);
    expect((await dialogs(app))[0]).toMatchObject({
      message: "The window stopped working several times.",
      buttons: ["Open it again", "Show the log", "Close it"],
      response: 0,
    });
    await until("it is open again", () => pageSays(app, "Not donating"));
  });
});

describe("a window that was closed", () => {
  it("gives its memory back after a while, and is as good as new", async () => {
    const app = await desktopHome({ settings: { setUp: true } }).start();
    await expectHome(await pageOf(app), "Not donating");
    await until("it is shown", async () => (await windowState(app)).visible);
    // Ten minutes are over at once.
    await app.evaluate(() => {
      const { setTimeout: real } = globalThis;
      const quick = (then: () => void, ms?: number): NodeJS.Timeout => real(then, ms === 600_000 ? 0 : ms);
      globalThis.setTimeout = quick as typeof setTimeout;
    });
    await closeWindow(app);
    await until("it is gone", async () => !(await windowState(app)).exists);
    await clickTray(app, "Open D-GRID");
    await expectHome(await pageOf(app), "Not donating");
    expect((await windowState(app)).visible).toBe(true);
  });

  it("is told of once, ever", async () => {
    const home = desktopHome({ settings: { setUp: true } });
    for (const told of [1, 0]) {
      const app = await home.start();
      await expectHome(await pageOf(app), "Not donating");
      await until("it is shown", async () => (await windowState(app)).visible);
      await closeWindow(app);
      await until("it is away", async () => !(await windowState(app)).visible);
      expect(await notifications(app)).toHaveLength(told);
      await app.evaluate(({ app: electron }) => electron.quit());
      await app.exited;
    }
  });
});

describe("the icon in the tray", () => {
  it("has the shape of the state, which its tool tip names", async () => {
    const app = await desktopHome({ settings: { setUp: true } }).start({ args: ["--hidden"] });
    await expectTray(app, "Not donating");
    expect(await trayImage(app)).toMatch(/^off/);
    await clickTray(app, "Donate to a demo grid on this machine");
    await expectTray(app, "Donating");
    expect(await trayImage(app)).toMatch(/^donating/);
    await clickTray(app, "Pause");
    await expectTray(app, "Paused by you");
    expect(await trayImage(app)).toMatch(/^suspended/);
  });
});
