/** What a person sees and does outside of the application's windows, for the specs; the spy keeps it, see spy.cjs. */
import type * as Electron from "electron";
import type { DesktopApp } from "./launch.ts";

/** What spy.cjs keeps in the main process. */
interface Spy {
  readonly trayMenu: Electron.Menu | undefined;
  readonly trayImagePath: string | undefined;
  readonly toolTip: string;
  readonly notifications: readonly (ShownNotification & { readonly notification: Electron.Notification })[];
  readonly dialogs: readonly ShownDialog[];
  readonly opened: readonly string[];
  readonly answers: (number | null)[];
  readonly answer: ((index: number) => void) | undefined;
}

export interface ShownNotification {
  readonly title: string;
  readonly body: string;
}

export interface ShownDialog {
  readonly type: string;
  readonly title: string;
  readonly message: string;
  readonly detail?: string;
  readonly buttons: readonly string[];
  /** The button that it was answered with. */
  readonly response: number;
}

export interface MenuEntry {
  readonly label: string;
  readonly type: Electron.MenuItem["type"];
  readonly enabled: boolean;
  readonly checked: boolean;
  readonly visible: boolean;
  readonly submenu?: readonly MenuEntry[];
}

// The functions below run in the main process, where nothing of this file exists but their own text.
type Global = { readonly desktopSpy: Spy };

/** The tray's menu; empty where there is no tray. */
export function trayMenu(app: DesktopApp): Promise<readonly MenuEntry[]> {
  return app.evaluate(() => {
    const entries = (menu: Electron.Menu): MenuEntry[] =>
      menu.items.map(({ label, type, enabled, checked, visible, submenu }) => {
        const entry = { label, type, enabled, checked, visible };
        return submenu == null ? entry : { ...entry, submenu: entries(submenu) };
      });
    const menu = (globalThis as unknown as Global).desktopSpy.trayMenu;
    return menu === undefined ? [] : entries(menu);
  });
}

/** Clicks an item of the tray's menu by the labels that lead to it; throws where a person could not. */
export function clickTray(app: DesktopApp, ...labels: readonly (string | RegExp)[]): Promise<void> {
  const wanted = labels.map((label) =>
    typeof label === "string" ? { text: label } : { source: label.source, flags: label.flags },
  );
  return app.evaluate((_electron, path) => {
    let items = (globalThis as unknown as Global).desktopSpy.trayMenu?.items ?? [];
    for (const [depth, { text, source, flags }] of path.entries()) {
      const item = items.find(
        ({ label, visible }) =>
          visible && (source === undefined ? label === text : new RegExp(source, flags).test(label)),
      );
      const has = items.map(({ label }) => label).join(", ");
      if (item === undefined) throw new Error(`no ${text ?? source} among: ${has}`);
      if (!item.enabled) throw new Error(`not enabled: ${item.label}`);
      // Electron types it as any function at all.
      if (depth === path.length - 1) (item.click as () => void)();
      items = item.submenu?.items ?? [];
    }
  }, wanted);
}

/** The file of the tray's picture, without its folder. */
export function trayImage(app: DesktopApp): Promise<string> {
  return app.evaluate(() => (globalThis as unknown as Global).desktopSpy.trayImagePath?.replace(/^.*[\\/]/, "") ?? "");
}

export function toolTip(app: DesktopApp): Promise<string> {
  return app.evaluate(() => (globalThis as unknown as Global).desktopSpy.toolTip);
}

/** What was said to the desktop so far. */
export function notifications(app: DesktopApp): Promise<ShownNotification[]> {
  return app.evaluate(() =>
    (globalThis as unknown as Global).desktopSpy.notifications.map(({ title, body }) => ({ title, body })),
  );
}

/** Clicks a notification, the last one unless said otherwise. */
export function clickNotification(app: DesktopApp, index = -1): Promise<void> {
  return app.evaluate((_electron, at) => {
    const shown = (globalThis as unknown as Global).desktopSpy.notifications.at(at);
    if (shown === undefined) throw new Error("no such notification");
    shown.notification.emit("click", { preventDefault: () => undefined, defaultPrevented: false });
  }, index);
}

/** The questions that were asked so far. */
export function dialogs(app: DesktopApp): Promise<ShownDialog[]> {
  return app.evaluate(() => [...(globalThis as unknown as Global).desktopSpy.dialogs]);
}

/** Addresses and files that were opened outside of the application so far. */
export function opened(app: DesktopApp): Promise<string[]> {
  return app.evaluate(() => [...(globalThis as unknown as Global).desktopSpy.opened]);
}

/** The next question is answered with the button of this index. */
export function answerNext(app: DesktopApp, index: number): Promise<void> {
  return app.evaluate((_electron, at) => {
    (globalThis as unknown as Global).desktopSpy.answers.push(at);
  }, index);
}

/** Answers the question that was left open, see DESKTOP_ANSWERS. */
export function answerOpen(app: DesktopApp, index: number): Promise<void> {
  return app.evaluate((_electron, at) => (globalThis as unknown as Global).desktopSpy.answer?.(at), index);
}

export interface Power {
  readonly battery?: boolean;
  readonly idleSeconds?: number;
  readonly thermal?: ReturnType<Electron.PowerMonitor["getCurrentThermalState"]>;
}

/** The machine is from now on like this; what is not named stays. */
export function power(app: DesktopApp, state: Power): Promise<void> {
  return app.evaluate(({ powerMonitor }, { battery, idleSeconds, thermal }) => {
    if (battery !== undefined) {
      powerMonitor.isOnBatteryPower = () => battery;
      Object.defineProperty(powerMonitor, "onBatteryPower", { value: battery, configurable: true });
    }
    if (idleSeconds !== undefined) {
      powerMonitor.getSystemIdleTime = () => idleSeconds;
      powerMonitor.getSystemIdleState = (threshold) => (idleSeconds >= threshold ? "idle" : "active");
    }
    if (thermal !== undefined) powerMonitor.getCurrentThermalState = () => thermal;
  }, state);
}

export type PowerEvent = "suspend" | "resume" | "on-ac" | "on-battery" | "shutdown" | "lock-screen" | "unlock-screen";

export function powerEvent(app: DesktopApp, name: PowerEvent): Promise<void> {
  return app.evaluate(({ powerMonitor }, event) => {
    powerMonitor.emit(event, { preventDefault: () => undefined, defaultPrevented: false });
  }, name);
}

export interface WindowState {
  readonly exists: boolean;
  readonly visible: boolean;
  readonly minimized: boolean;
}

export function windowState(app: DesktopApp): Promise<WindowState> {
  return app.evaluate(({ BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows();
    const exists = window !== undefined;
    return { exists, visible: window?.isVisible() === true, minimized: window?.isMinimized() === true };
  });
}

/** Closes the main window as its cross does. */
export function closeWindow(app: DesktopApp): Promise<void> {
  return app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());
}

/** A frame that a message may claim to come from: the window's own, one within it, or another site's. */
export type ForgedFrame = "own" | "sub" | "foreign";

/**
 * Hands a message to the main process as if a frame had sent it, and tells what was sent back within
 * the same turn of the event loop; for the window's own frame it waits for the first answer.
 */
export function forgedMessage(
  app: DesktopApp,
  message: { readonly text: string; readonly frame: ForgedFrame },
): Promise<unknown[]> {
  return app.evaluate(async ({ BrowserWindow, ipcMain }, { text, frame }) => {
    const [window] = BrowserWindow.getAllWindows();
    if (window === undefined) throw new Error("there is no window");
    const { webContents } = window;
    const { mainFrame } = webContents;
    const replies: unknown[] = [];
    const first = Promise.withResolvers<void>();
    const reply = (_channel: string, ...args: unknown[]): void => {
      replies.push(...args);
      first.resolve();
    };
    const forged = {
      send: reply,
      postMessage: reply,
      frameToken: "forged",
      routingId: 99,
      processId: 99,
      detached: false,
    };
    const frames = {
      own: mainFrame,
      sub: { ...forged, url: mainFrame.url, origin: mainFrame.origin, parent: mainFrame, top: mainFrame },
      foreign: {
        ...forged,
        url: "https://foreign.example/",
        origin: "https://foreign.example",
        parent: null,
        top: null,
      },
    };
    const { processId, routingId: frameId } = frames[frame];
    const event = {
      type: "frame",
      sender: webContents,
      senderFrame: frames[frame],
      processId,
      frameId,
      reply,
      ports: [],
    };
    webContents.send = reply;
    mainFrame.send = reply;
    try {
      ipcMain.emit("dgrid:port", event, text);
      await new Promise((resolve) => setImmediate(resolve));
      if (frame === "own") await first.promise;
    } finally {
      // The methods are the prototype's own again.
      Reflect.deleteProperty(webContents, "send");
      Reflect.deleteProperty(mainFrame, "send");
    }
    return replies;
  }, message);
}
