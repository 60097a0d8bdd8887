/**
 * The application's one window: opened, hidden, brought back, and mended when its page crashes.
 *
 * Invariant: the engine neither needs the window nor notices it. Closing it keeps working; only
 * quitting ends the work.
 */
import { join } from "node:path";
import { app, BrowserWindow, type NativeImage, type RenderProcessGoneDetails, type WebContents } from "electron";
import type { Log } from "../engine/ports.ts";
import { APP_PAGE } from "./app-scheme.ts";

/** A window that is not wanted any more gives its memory back; until then what was typed in it stays. */
const RELEASE_AFTER_MS = 10 * 60_000;
/** So many crashes in this time, and the window is not opened again by itself. */
const CRASHES_MOST = 3;
const CRASHES_WITHIN_MS = 60_000;

export interface MainWindowOptions {
  readonly log: Log;
  readonly icon: string;
  /** Whether the desktop has a place for the tray icon. */
  readonly hasTray: () => boolean;
  /** Called before a page is loaded. */
  readonly onPage: (contents: WebContents) => void;
  /** The window was closed while work goes on: to the tray, or where there is none to the taskbar. */
  readonly onPutAway: () => void;
  /** The page crashed too often. */
  readonly onBroken: () => void;
}

export class MainWindow {
  readonly #options: MainWindowOptions;
  #window: BrowserWindow | undefined;
  #release: NodeJS.Timeout | undefined;
  #crashesMs: number[] = [];
  #mark: { readonly picture: NativeImage | null; readonly description: string } = { picture: null, description: "" };
  #leaving = false;
  /** Until it does not fill the screen any more. */
  #hiding = false;

  constructor(options: MainWindowOptions) {
    this.#options = options;
  }

  /** Brings the window to the front, on a screen of the interface ("/history") where one is named. */
  show(place?: string): void {
    clearTimeout(this.#release);
    this.#hiding = false;
    const open = this.#window;
    if (open === undefined) return this.#open({ place });
    // Another place of the same page: it is not loaded anew.
    const address = `${APP_PAGE}#${place}`;
    if (place !== undefined && open.webContents.getURL() !== address) this.#load(open, address);
    if (open.isMinimized()) open.restore();
    open.show();
    open.focus();
  }

  /** In the taskbar alone. */
  showMinimized(): void {
    clearTimeout(this.#release);
    if (this.#window === undefined) this.#open({ minimized: true });
    else if (!this.#window.isVisible()) this.#window.minimize();
  }

  /** From now on closing closes. */
  leave(): void {
    this.#leaving = true;
    clearTimeout(this.#release);
  }

  close(): void {
    this.#window?.destroy();
  }

  get isShown(): boolean {
    return this.#window?.isVisible() === true;
  }

  /** Marks the window's button in the Windows taskbar; elsewhere the application's icon has a count of its own. */
  mark(picture: NativeImage | null, description: string): void {
    this.#mark = { picture, description };
    if (process.platform === "win32") this.#window?.setOverlayIcon(picture, description);
  }

  #open({ place, minimized = false }: { readonly place?: string | undefined; readonly minimized?: boolean }): void {
    const { icon, log, onPage } = this.#options;
    const window = new BrowserWindow({
      title: "D-GRID",
      name: "main",
      windowStatePersistence: true,
      width: 1200,
      height: 800,
      minWidth: 480,
      minHeight: 480,
      show: false,
      autoHideMenuBar: true,
      icon,
      webPreferences: {
        preload: join(import.meta.dirname, "preload.cjs"),
        sandbox: true,
        contextIsolation: true,
        nodeIntegration: false,
        webSecurity: true,
        webviewTag: false,
        spellcheck: false,
        devTools: !app.isPackaged,
      },
    });
    this.#window = window;
    onPage(window.webContents);
    window.once("ready-to-show", () => {
      log.info({}, "the window shows the interface");
      if (minimized) window.minimize();
      else window.show();
    });
    // The system may bring it back without asking us.
    window.on("show", () => {
      clearTimeout(this.#release);
      // The taskbar forgets the mark with the button.
      this.mark(this.#mark.picture, this.#mark.description);
    });
    window.on("restore", () => clearTimeout(this.#release));
    window.on("close", (event) => this.#closing(event, window));
    window.on("closed", () => {
      clearTimeout(this.#release);
      if (this.#window === window) this.#window = undefined;
    });
    window.on("unresponsive", () => log.warn({}, "the window does not answer"));
    window.webContents.on("render-process-gone", (_event, details) => this.#crashed(details));
    window.webContents.on("preload-error", (_event, _path, error) =>
      log.error({ error: String(error) }, "the preload script failed"),
    );
    this.#load(window, place === undefined ? APP_PAGE : `${APP_PAGE}#${place}`);
  }

  #load(window: BrowserWindow, address: string): void {
    window
      .loadURL(address)
      .catch((error: unknown) =>
        this.#options.log.error({ error: String(error) }, "the interface could not be loaded"),
      );
  }

  #closing(event: { preventDefault(): void }, window: BrowserWindow): void {
    if (this.#leaving) return;
    event.preventDefault();
    clearTimeout(this.#release);
    if (this.#options.hasTray()) {
      this.#hide(window);
      this.#release = setTimeout(() => window.destroy(), RELEASE_AFTER_MS);
    } else window.minimize();
    this.#options.onPutAway();
  }

  /** Hidden while it fills the screen, a Mac's window would leave a black screen behind. */
  #hide(window: BrowserWindow): void {
    if (process.platform !== "darwin" || !window.isFullScreen()) return window.hide();
    this.#hiding = true;
    window.once("leave-full-screen", () => {
      if (this.#hiding) window.hide();
    });
    window.setFullScreen(false);
  }

  #crashed({ reason, exitCode }: RenderProcessGoneDetails): void {
    if (reason === "clean-exit" || this.#leaving) return;
    this.#options.log.error({ reason, exitCode }, "the window's page crashed; tasks go on");
    const nowMs = performance.now();
    this.#crashesMs = [...this.#crashesMs.filter((atMs) => nowMs - atMs < CRASHES_WITHIN_MS), nowMs];
    if (this.#crashesMs.length < CRASHES_MOST) this.#window?.webContents.reload();
    else {
      this.#crashesMs = [];
      this.#window?.destroy();
      this.#options.onBroken();
    }
  }
}
