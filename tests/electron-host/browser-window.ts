/** `BrowserWindow`: a window without a screen. Its states are the host's, its page is Chromium's. */
import { app } from "./app.ts";
import { hostEvent } from "./event.ts";
import { display } from "./screen.ts";
import { session } from "./session.ts";
import { HostEmitter } from "./unimplemented.ts";
import { WebContents } from "./web-contents.ts";
import { windows } from "./window-list.ts";
import { readBounds, rememberBounds } from "./window-state.ts";

type Shown = "show" | "showInactive" | "hide" | "isVisible" | "focus" | "blur" | "isFocused";
type Sized = "minimize" | "restore" | "isMinimized" | "maximize" | "unmaximize" | "isMaximized";
type Bounds = "getBounds" | "setBounds" | "getNormalBounds" | "getSize" | "setSize" | "getPosition" | "setPosition";
type Life = "loadURL" | "reload" | "close" | "destroy" | "isDestroyed" | "id";
type Looks = "setTitle" | "getTitle" | "title" | "setIcon" | "setMenu" | "removeMenu" | "setMenuBarVisibility";
type Bar = "isMenuBarVisible" | "setAutoHideMenuBar" | "setProgressBar" | "flashFrame" | "setBackgroundColor";
type Least = "setMinimumSize" | "getMinimumSize" | "getBackgroundColor" | "setSkipTaskbar" | "setOverlayIcon";

let lastId = 0;
/** Which window has the keyboard. */
const keyboard: { owner?: BrowserWindow | undefined } = {};

export class BrowserWindow
  extends HostEmitter
  implements Pick<Electron.BrowserWindow, Shown | Sized | Bounds | Life | Looks | Bar | Least>
{
  static getAllWindows(): BrowserWindow[] {
    return [...windows].filter((window) => window instanceof BrowserWindow);
  }
  static getFocusedWindow(): BrowserWindow | null {
    return keyboard.owner ?? null;
  }
  static fromWebContents(webContents: WebContents): BrowserWindow | null {
    return BrowserWindow.getAllWindows().find((window) => window.webContents === webContents) ?? null;
  }
  static fromId(id: number): BrowserWindow | null {
    return BrowserWindow.getAllWindows().find((window) => window.id === id) ?? null;
  }

  readonly id = (lastId += 1);
  readonly webContents: WebContents;
  title: string;
  /** What a task bar would show, for a test to look at. */
  progress = -1;
  flashing = false;
  readonly #name: string | undefined;
  #bounds: Electron.Rectangle;
  #normal: Electron.Rectangle;
  #least: readonly [number, number];
  #background: string;
  #menuBar: boolean;
  #visible = false;
  #minimized = false;
  #maximized = false;
  #destroyed = false;

  constructor(options: Electron.BrowserWindowConstructorOptions = {}) {
    super();
    app.requireReady("BrowserWindow");
    const { webPreferences = {}, name, windowStatePersistence = false } = options;
    requireIsolation(webPreferences);
    const keepsBounds =
      typeof windowStatePersistence === "object" ? windowStatePersistence.bounds : windowStatePersistence;
    this.#name = keepsBounds === false ? undefined : name;
    this.#least = [options.minWidth ?? 0, options.minHeight ?? 0];
    this.#background = options.backgroundColor ?? "#FFFFFF";
    this.#menuBar = options.autoHideMenuBar !== true;
    this.title = options.title ?? app.getName();
    const { width = 800, height = 600 } = options;
    const { x = Math.round((display.width - width) / 2), y = Math.round((display.height - height) / 2) } = options;
    this.#bounds = this.#fit({ x, y, width, height, ...(this.#name === undefined ? {} : readBounds(this.#name)) });
    this.#normal = this.#bounds;
    this.webContents = new WebContents(this, {
      session: session.defaultSession,
      preload: webPreferences.preload,
      width: this.#bounds.width,
      height: this.#bounds.height,
    });
    this.webContents.resize(this.#bounds.width, this.#bounds.height);
    this.#firstPaint();
    windows.add(this);
    app.emit("web-contents-created", hostEvent(), this.webContents);
    app.emit("browser-window-created", hostEvent(), this);
    if (options.show !== false) this.show();
  }

  loadURL(url: string): Promise<void> {
    return this.webContents.loadURL(url);
  }
  reload(): void {
    this.webContents.reload();
  }
  show(): void {
    this.#appear();
    this.focus();
  }
  showInactive(): void {
    this.#appear();
  }
  hide(): void {
    if (!this.#visible) return;
    this.blur();
    this.#visible = false;
    this.emit("hide");
  }
  isVisible(): boolean {
    return this.#visible;
  }
  focus(): void {
    if (!this.#visible || this.#minimized || keyboard.owner === this) return;
    keyboard.owner?.blur();
    keyboard.owner = this;
    this.emit("focus", hostEvent());
    app.emit("browser-window-focus", hostEvent(), this);
  }
  blur(): void {
    if (keyboard.owner !== this) return;
    keyboard.owner = undefined;
    this.emit("blur", hostEvent());
    app.emit("browser-window-blur", hostEvent(), this);
  }
  isFocused(): boolean {
    return keyboard.owner === this;
  }
  minimize(): void {
    if (this.#minimized) return;
    this.blur();
    this.#minimized = true;
    this.emit("minimize");
  }
  restore(): void {
    if (!this.#minimized) return;
    this.#minimized = false;
    this.emit("restore");
    this.show();
  }
  isMinimized(): boolean {
    return this.#minimized;
  }
  maximize(): void {
    if (!this.#visible) this.show();
    if (this.#maximized) return;
    this.#normal = this.#bounds;
    this.#maximized = true;
    this.#place({ x: 0, y: 0, ...display });
    this.emit("maximize");
  }
  unmaximize(): void {
    if (!this.#maximized) return;
    this.#maximized = false;
    this.#place(this.#normal);
    this.emit("unmaximize");
  }
  isMaximized(): boolean {
    return this.#maximized;
  }
  getBounds(): Electron.Rectangle {
    return { ...this.#bounds };
  }
  getNormalBounds(): Electron.Rectangle {
    return { ...(this.#maximized ? this.#normal : this.#bounds) };
  }
  setBounds(bounds: Partial<Electron.Rectangle>): void {
    this.#maximized = false;
    this.#place(this.#fit({ ...this.#bounds, ...bounds }));
    if (this.#name !== undefined) rememberBounds(this.#name, this.#bounds);
  }
  getSize(): number[] {
    return [this.#bounds.width, this.#bounds.height];
  }
  setSize(width: number, height: number): void {
    this.setBounds({ width, height });
  }
  getPosition(): number[] {
    return [this.#bounds.x, this.#bounds.y];
  }
  setPosition(x: number, y: number): void {
    this.setBounds({ x, y });
  }
  setMinimumSize(width: number, height: number): void {
    this.#least = [width, height];
  }
  getMinimumSize(): number[] {
    return [...this.#least];
  }

  close(): void {
    if (this.#destroyed) return;
    const closing = hostEvent();
    this.emit("close", closing);
    if (closing.defaultPrevented) app.quitRefused();
    else this.destroy();
  }
  destroy(): void {
    if (this.#destroyed) return;
    if (this.#name !== undefined) rememberBounds(this.#name, this.getNormalBounds());
    if (keyboard.owner === this) keyboard.owner = undefined;
    this.#destroyed = true;
    this.#visible = false;
    this.webContents.destroy();
    windows.delete(this);
    this.emit("closed");
    app.windowClosed();
  }
  isDestroyed(): boolean {
    return this.#destroyed;
  }

  setTitle(title: string): void {
    this.title = title;
  }
  getTitle(): string {
    return this.title;
  }
  setIcon(_icon: Electron.NativeImage | string): void {
    // There is no title bar to be seen.
  }
  setMenu(menu: Electron.Menu | null): void {
    this.#menuBar = menu !== null;
  }
  removeMenu(): void {
    this.#menuBar = false;
  }
  setMenuBarVisibility(visible: boolean): void {
    this.#menuBar = visible;
  }
  isMenuBarVisible(): boolean {
    return this.#menuBar;
  }
  setAutoHideMenuBar(hide: boolean): void {
    this.#menuBar = !hide;
  }
  setProgressBar(progress: number): void {
    this.progress = progress;
  }
  flashFrame(flag: boolean): void {
    this.flashing = flag;
  }
  setSkipTaskbar(_skip: boolean): void {
    // There is no task bar to be seen.
  }
  setOverlayIcon(_overlay: Electron.NativeImage | null, _description: string): void {
    // Of Windows only.
  }
  setBackgroundColor(color: string): void {
    this.#background = color;
  }
  getBackgroundColor(): string {
    return this.#background;
  }
  /** A page of this window may open another; the opened one knows nothing of it. */
  openWindow(url: string, options: Electron.BrowserWindowConstructorOptions): void {
    const window = new BrowserWindow(options);
    this.webContents.emit("did-create-window", window, { url });
    // How the load ends is told by the new page's events.
    window.loadURL(url).catch(() => undefined);
  }

  #appear(): void {
    const wasVisible = this.#visible;
    this.#visible = true;
    if (this.#minimized) {
      this.#minimized = false;
      this.emit("restore");
    }
    if (!wasVisible) this.emit("show");
  }
  #fit({ x, y, width, height }: Electron.Rectangle): Electron.Rectangle {
    const [leastWidth, leastHeight] = this.#least;
    return { x, y, width: Math.max(width, leastWidth), height: Math.max(height, leastHeight) };
  }
  #place(bounds: Electron.Rectangle): void {
    const { x, y, width, height } = this.#bounds;
    this.#bounds = bounds;
    if (bounds.x !== x || bounds.y !== y) this.emit("move");
    if (bounds.width === width && bounds.height === height) return;
    this.webContents.resize(bounds.width, bounds.height);
    this.emit("resize");
    this.emit("resized");
  }
  #firstPaint(): void {
    this.webContents.once("did-paint", () => {
      if (!this.#destroyed) this.emit("ready-to-show");
    });
  }
}

/** A window that is not shut off from the machine has no place here. */
function requireIsolation({ sandbox, contextIsolation, nodeIntegration }: Electron.WebPreferences): void {
  if (sandbox !== true || contextIsolation !== true || nodeIntegration !== false)
    throw new Error("the Electron host shows only windows with sandbox, contextIsolation and no nodeIntegration");
}
