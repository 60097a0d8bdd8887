/** `session`: one session, with the application's rules for what its pages may do. */
import { app } from "./app.ts";
import { type Chromium, startChromium } from "./chromium.ts";
import { join } from "node:path";
import { watchDownloads } from "./download.ts";
import type { PermissionHandlers } from "./permissions.ts";
import { protocol } from "./protocol.ts";
import { HostEmitter, HostObject } from "./unimplemented.ts";
import { WebRequest } from "./web-request.ts";

type Handlers = Pick<
  Electron.Session,
  | "setPermissionRequestHandler"
  | "setPermissionCheckHandler"
  | "setDevicePermissionHandler"
  | "setDisplayMediaRequestHandler"
>;
type Rest = Pick<
  Electron.Session,
  | "setSpellCheckerEnabled"
  | "isSpellCheckerEnabled"
  | "setUserAgent"
  | "getUserAgent"
  | "resolveProxy"
  | "setProxy"
  | "clearStorageData"
  | "clearCache"
  | "isPersistent"
  | "storagePath"
>;

export class Session extends HostEmitter implements Handlers, Rest {
  readonly webRequest = new WebRequest();
  readonly protocol = protocol;
  #check: PermissionHandlers["check"];
  #request: PermissionHandlers["request"];
  readonly #pages = new Map<string, object>();
  #chromium: Promise<Chromium> | undefined;
  #spellChecker = true;
  #userAgent = "";
  #proxy: Electron.ProxyConfig = {};

  setPermissionRequestHandler(handler: Parameters<Electron.Session["setPermissionRequestHandler"]>[0]): void {
    this.#request = handler ?? undefined;
  }
  setPermissionCheckHandler(handler: Parameters<Electron.Session["setPermissionCheckHandler"]>[0]): void {
    this.#check = handler ?? undefined;
  }
  setDevicePermissionHandler(_handler: Parameters<Electron.Session["setDevicePermissionHandler"]>[0]): void {
    // A headless Chromium has no devices.
  }
  setDisplayMediaRequestHandler(_handler: Parameters<Electron.Session["setDisplayMediaRequestHandler"]>[0]): void {
    // A headless Chromium has no display.
  }
  /** What the application has said about permissions. */
  get permissions(): PermissionHandlers {
    return { check: this.#check, request: this.#request };
  }
  /** Enters a page by its main frame. */
  addPage(frameId: string, contents: object): void {
    this.#pages.set(frameId, contents);
  }
  pageOf(frameId: string): object | undefined {
    return this.#pages.get(frameId);
  }
  setSpellCheckerEnabled(enable: boolean): void {
    this.#spellChecker = enable;
  }
  isSpellCheckerEnabled(): boolean {
    return this.#spellChecker;
  }
  setUserAgent(userAgent: string): void {
    this.#userAgent = userAgent;
  }
  getUserAgent(): string {
    return this.#userAgent;
  }
  /** What a proxy configuration would say: nothing but what the test says in HOST_PROXY. */
  resolveProxy(_url: string): Promise<string> {
    return Promise.resolve(process.env["HOST_PROXY"] ?? "DIRECT");
  }
  setProxy(config: Electron.ProxyConfig): Promise<void> {
    this.#proxy = config;
    return Promise.resolve();
  }
  /** The configuration last set, for a test to look at. */
  get proxy(): Electron.ProxyConfig {
    return this.#proxy;
  }
  async clearStorageData(): Promise<void> {
    if (this.#chromium === undefined) return;
    const { root } = await this.#chromium;
    await root.send("Storage.clearCookies");
  }
  async clearCache(): Promise<void> {
    // The host fulfils every request itself, so that Chromium has nothing to cache.
  }
  isPersistent(): boolean {
    return true;
  }
  get storagePath(): string {
    return app.getPath("sessionData");
  }

  /** Chromium, which the first window starts. */
  chromium(): Promise<Chromium> {
    this.#chromium ??= startChromium({
      profile: join(app.getPath("sessionData"), "Chromium"),
      locale: app.getLocale(),
      args: [],
    }).then(async (chromium) => {
      await watchDownloads(this, chromium.root);
      return chromium;
    });
    return this.#chromium;
  }
  /** Chromium where it was started. */
  get started(): Promise<Chromium> | undefined {
    return this.#chromium;
  }
}

const defaultSession = new Session();
app.once("ready", () => app.emit("session-created", defaultSession));
app.atExit(async () => {
  const chromium = await defaultSession.started;
  await chromium?.close();
});

/** Electron's module `session`; the host has the default session only. */
class SessionModule extends HostObject {
  get defaultSession(): Session {
    app.requireReady("Session");
    return defaultSession;
  }
}

export const session = new SessionModule();
