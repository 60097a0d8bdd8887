/** How soon tray and window agree, by this machine's wall clock, which both their processes share. */
import type * as Electron from "electron";
import type { Page } from "playwright-core";
import type { DesktopApp } from "../tests/e2e/desktop/support/launch.ts";
import { pageMoment } from "./page-moment.ts";

// The functions below run in the main process, where nothing of this file exists but their own text.
type Global = {
  /** spy.cjs keeps the menu that the tray shows. */
  readonly desktopSpy: { readonly trayMenu: Electron.Menu | undefined };
  trayMoment?: Promise<number>;
};

/** From the click on Pause in the tray until the window offers to resume; that is done after it. */
export async function trayToWindow(app: DesktopApp, page: Page): Promise<number> {
  await page.evaluate<number>(pageMoment("0", offered("Pause")));
  // As a value the promise would be waited for.
  await page.evaluate(`void (window.benchMoment = ${pageMoment("Date.now()", offered("Resume"))})`);
  const clickedMs = await clickTray(app, "Pause");
  const shownMs = await page.evaluate<number>("window.benchMoment");
  await clickTray(app, "Resume");
  return shownMs - clickedMs;
}

/** From the click on Pause in the window until the tray offers to resume; that is done after it. */
export async function windowToTray(app: DesktopApp, page: Page): Promise<number> {
  await page.evaluate<number>(pageMoment("0", offered("Pause")));
  await watchTray(app, "Resume");
  const clickedMs = await clickWindow(page, "Pause");
  const shownMs = await app.evaluate(() => (globalThis as unknown as Global).trayMoment);
  await page.evaluate<number>(pageMoment("0", offered("Resume")));
  await clickWindow(page, "Resume");
  if (shownMs === undefined) throw new Error("nobody watches the tray");
  return shownMs - clickedMs;
}

/** Whether the window's header has a button with this text. */
function offered(name: string): string {
  const buttons = `[...document.querySelectorAll("header button:not(:disabled)")]`;
  return `${buttons}.some(({ textContent }) => textContent.trim() === ${JSON.stringify(name)})`;
}

/** Clicks in the header and tells when; a click from outside the page would take its own time to get there. */
function clickWindow(page: Page, name: string): Promise<number> {
  const button = page.getByRole("banner").getByRole("button", { name, exact: true });
  return button.evaluate((element: { click(): void }) => {
    const nowMs = Date.now();
    element.click();
    return nowMs;
  });
}

/** Clicks in the tray's menu and tells when. */
function clickTray(app: DesktopApp, label: string): Promise<number> {
  return app.evaluate((_electron, wanted) => {
    const { trayMenu } = (globalThis as unknown as Global).desktopSpy;
    const item = trayMenu?.items.find((one) => one.label === wanted);
    if (item === undefined) throw new Error(`no ${wanted} in the tray's menu`);
    const nowMs = Date.now();
    // Electron types it as any function at all.
    (item.click as () => void)();
    return nowMs;
  }, label);
}

/** `trayMoment` becomes the moment at which the tray is given a menu with this item. */
function watchTray(app: DesktopApp, label: string): Promise<void> {
  return app.evaluate(({ Tray }, wanted) => {
    const { prototype } = Tray;
    // Put back as it was found: the spy's, or Electron's own.
    const original = Object.getOwnPropertyDescriptor(prototype, "setContextMenu");
    if (original === undefined) throw new Error("Tray has no setContextMenu");
    const show = original.value as (this: Electron.Tray, menu: Electron.Menu | null) => void;
    (globalThis as unknown as Global).trayMoment = new Promise((resolve) => {
      prototype.setContextMenu = function watched(menu) {
        show.call(this, menu);
        if (menu?.items.some((item) => item.label === wanted) !== true) return;
        resolve(Date.now());
        Object.defineProperty(prototype, "setContextMenu", original);
      };
    });
  }, label);
}
