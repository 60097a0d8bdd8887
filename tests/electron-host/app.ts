/** `app`: the application's life, from being ready to its exit code. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { CommandLine } from "./command-line.ts";
import { hostEvent } from "./event.ts";
import { defaultPath, type PathName } from "./paths.ts";
import { lockInstance, type SecondInstance } from "./single-instance.ts";
import { absent, HostEmitter } from "./unimplemented.ts";
import { windows } from "./window-list.ts";

type Life = "requestSingleInstanceLock" | "hasSingleInstanceLock" | "releaseSingleInstanceLock" | "quit" | "exit";
type Readiness = "whenReady" | "isReady" | "relaunch" | "focus" | "isHidden" | "hide" | "show" | "isActive";
type Names = "getPath" | "setPath" | "getAppPath" | "getVersion" | "getName" | "setName" | "name" | "isPackaged";
type Locale = "getLocale" | "getSystemLocale" | "getPreferredSystemLanguages" | "getAppMetrics";
type Desktop = "setAppUserModelId" | "setBadgeCount" | "getBadgeCount" | "badgeCount" | "dock" | "setActivationPolicy";
type Settings = "getLoginItemSettings" | "setLoginItemSettings" | "setAboutPanelOptions" | "setAppLogsPath";
type Early = "enableSandbox" | "disableHardwareAcceleration";
type Implemented = Life | Readiness | Names | Locale | Desktop | Settings | Early;

const NO_ITEM: Electron.LoginItemSettings = {
  openAtLogin: false,
  wasOpenedAtLogin: false,
  status: "not-registered",
  executableWillLaunchAtLogin: false,
  launchItems: [],
};

class App extends HostEmitter implements Pick<Electron.App, Implemented> {
  readonly commandLine = new CommandLine();
  readonly isPackaged = false;
  readonly dock = process.platform === "darwin" ? (absent("app.dock") as Electron.Dock) : undefined;
  /** What the application asked to be started again with, for a test to look at. */
  readonly relaunches: Electron.RelaunchOptions[] = [];
  name = "Electron";
  badgeCount = 0;
  #appPath = process.cwd();
  #version = "0.0.0";
  #paths = new Map<string, string>();
  #ready = Promise.withResolvers<void>();
  #isReady = false;
  #quitting = false;
  #exiting = false;
  #exitCode = 0;
  #release: (() => void) | undefined;
  #loginItem = NO_ITEM;
  #cleanups: (() => Promise<void>)[] = [];

  /** Takes the application's folder and arguments; called once, before any file of the application is loaded. */
  load(appPath: string, argv: readonly string[]): void {
    // The host is told its application by whoever starts it.
    const manifest = JSON.parse(readFileSync(join(appPath, "package.json"), "utf8")) as Record<string, string>;
    this.#appPath = appPath;
    this.#version = manifest["version"] ?? "0.0.0";
    this.name = manifest["productName"] ?? manifest["name"] ?? this.name;
    this.commandLine.read(argv);
    if (this.commandLine.hasSwitch("user-data-dir"))
      this.setPath("userData", this.commandLine.getSwitchValue("user-data-dir"));
  }
  /** Makes the application ready, once its main module has been loaded. */
  becomeReady(): void {
    if (this.#exiting) return;
    this.#isReady = true;
    this.emit("will-finish-launching");
    this.emit("ready", hostEvent(), {});
    this.#ready.resolve();
  }
  /** Throws as Electron does where a module is used too early. */
  requireReady(what: string): void {
    if (!this.#isReady) throw new Error(`${what} can only be used when app is ready`);
  }
  /** Done before the process ends by `quit` or `exit`. */
  atExit(cleanup: () => Promise<void>): void {
    this.#cleanups.push(cleanup);
  }
  /** A window has closed; the last one ends the application unless somebody listens. */
  windowClosed(): void {
    if (windows.size > 0 || this.#exiting) return;
    if (this.#quitting) this.#shutDown();
    else if (this.listenerCount("window-all-closed") === 0) this.quit();
    else this.emit("window-all-closed");
  }
  /** A window would not close, so that nothing quits. */
  quitRefused(): void {
    this.#quitting = false;
  }

  whenReady(): Promise<void> {
    return this.#ready.promise;
  }
  isReady(): boolean {
    return this.#isReady;
  }
  quit(): void {
    if (this.#quitting || this.#exiting) return;
    const before = hostEvent();
    this.emit("before-quit", before);
    if (before.defaultPrevented) return;
    this.#quitting = true;
    if (windows.size === 0) this.#shutDown();
    else for (const window of windows) if (this.#isQuitting()) window.close();
  }
  exit(exitCode = 0): void {
    if (this.#exiting) return;
    this.#exitCode = exitCode;
    if (!this.#isReady) process.exit(exitCode);
    this.#quitting = true;
    this.#exiting = true;
    for (const window of windows) window.destroy();
    this.#end();
  }
  // A window's handler may have refused since.
  #isQuitting(): boolean {
    return this.#quitting;
  }
  #shutDown(): void {
    const will = hostEvent();
    this.emit("will-quit", will);
    if (will.defaultPrevented) {
      this.#quitting = false;
      return;
    }
    this.#exiting = true;
    this.#end();
  }
  #end(): void {
    this.emit("quit", hostEvent(), this.#exitCode);
    void Promise.allSettled(this.#cleanups.map((cleanup) => cleanup())).then(() => process.exit(this.#exitCode));
  }
  relaunch(options: Electron.RelaunchOptions = {}): void {
    this.relaunches.push(options);
  }

  requestSingleInstanceLock(additionalData: Record<string, unknown> = {}): boolean {
    if (this.#release !== undefined) return true;
    const self: SecondInstance = { argv: process.argv, workingDirectory: process.cwd(), additionalData };
    this.#release = lockInstance(this.getPath("userData"), self, (second) => {
      void this.#ready.promise.then(() =>
        this.emit("second-instance", hostEvent(), second.argv, second.workingDirectory, second.additionalData),
      );
    });
    return this.#release !== undefined;
  }
  hasSingleInstanceLock(): boolean {
    return this.#release !== undefined;
  }
  releaseSingleInstanceLock(): void {
    this.#release?.();
    this.#release = undefined;
  }

  getPath(name: PathName): string {
    const userData = (): string => this.getPath("userData");
    const path = this.#paths.get(name) ?? defaultPath(name, { appName: this.name, userData });
    if (path === undefined) throw new Error(`Failed to get '${name}' path`);
    return path;
  }
  setPath(name: string, path: string): void {
    this.#paths.set(name, path);
  }
  setAppLogsPath(path = join(this.getPath("userData"), "logs")): void {
    this.setPath("logs", path);
  }
  getAppPath(): string {
    return this.#appPath;
  }
  getVersion(): string {
    return this.#version;
  }
  getName(): string {
    return this.name;
  }
  setName(name: string): void {
    this.name = name;
  }
  getLocale(): string {
    return this.commandLine.getSwitchValue("lang") || this.getSystemLocale();
  }
  getSystemLocale(): string {
    const { LC_ALL, LC_MESSAGES, LANG } = process.env;
    const [, language, country] = /^([a-z]{2,3})(?:_([A-Z]{2}))?/.exec(LC_ALL ?? LC_MESSAGES ?? LANG ?? "") ?? [];
    if (language === undefined) return "en-US";
    return country === undefined ? language : `${language}-${country}`;
  }
  getPreferredSystemLanguages(): string[] {
    return [this.getSystemLocale()];
  }
  getAppMetrics(): Electron.ProcessMetric[] {
    const { rss } = process.memoryUsage();
    const cpu = { percentCPUUsage: 0, idleWakeupsPerSecond: 0 };
    const memory = { workingSetSize: Math.round(rss / 1024), peakWorkingSetSize: process.resourceUsage().maxRSS };
    const creationTime = Date.now() - process.uptime() * 1000;
    return [{ cpu, memory, creationTime, pid: process.pid, type: "Browser" }];
  }

  focus(): void {
    this.emit("did-become-active", hostEvent());
  }
  isHidden(): boolean {
    return false;
  }
  isActive(): boolean {
    return true;
  }
  hide(): void {
    this.emit("did-resign-active", hostEvent());
  }
  show(): void {
    this.emit("did-become-active", hostEvent());
  }
  setAppUserModelId(_id: string): void {
    // Of Windows only.
  }
  setActivationPolicy(_policy: "regular" | "accessory" | "prohibited"): void {
    // Of macOS only.
  }
  setBadgeCount(count = 0): boolean {
    this.badgeCount = count;
    return true;
  }
  getBadgeCount(): number {
    return this.badgeCount;
  }
  getLoginItemSettings(): Electron.LoginItemSettings {
    return { ...this.#loginItem };
  }
  setLoginItemSettings({ openAtLogin = false }: Electron.Settings): void {
    // Linux has no such list, and Electron does nothing there.
    if (process.platform === "linux") return;
    const status = openAtLogin ? "enabled" : "not-registered";
    this.#loginItem = { ...NO_ITEM, openAtLogin, executableWillLaunchAtLogin: openAtLogin, status };
  }
  setAboutPanelOptions(_options: Electron.AboutPanelOptionsOptions): void {
    // There is no such panel to be seen.
  }
  enableSandbox(): void {
    if (this.#isReady) throw new Error("app.enableSandbox() can only be called before app is ready");
    this.commandLine.removeSwitch("no-sandbox");
  }
  disableHardwareAcceleration(): void {
    if (this.#isReady) throw new Error("app.disableHardwareAcceleration() can only be called before app is ready");
  }
}

export const app = new App();
