/** `webContents`: a page of Chromium's, driven through its DevTools session. */
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { app } from "./app.ts";
import type { CdpSession, Protocol } from "./cdp.ts";
import { hostEvent } from "./event.ts";
import { ipcMain } from "./ipc-main.ts";
import { Navigation } from "./navigation.ts";
import { type PreloadMessage, worldSources } from "./preload-world.ts";
import { applyPermissions } from "./permissions.ts";
import { answerRequest } from "./requests.ts";
import { toApp, toPage } from "./schemes.ts";
import type { Session } from "./session.ts";
import { HostEmitter } from "./unimplemented.ts";
import { WebFrameMain } from "./web-frame.ts";

type Page = "id" | "getURL" | "getTitle" | "loadURL" | "reload" | "send" | "executeJavaScript" | "close";
type State = "isDestroyed" | "isCrashed" | "isLoading" | "isFocused" | "focus" | "forcefullyCrashRenderer";
type Zoom = "setZoomFactor" | "getZoomFactor" | "setZoomLevel" | "getZoomLevel";
type Rest = "setWindowOpenHandler" | "setUserAgent" | "getUserAgent" | "setBackgroundThrottling" | "stop";

type OpenHandler = Parameters<Electron.WebContents["setWindowOpenHandler"]>[0];

/** What a page needs of the window around it. */
export interface PageOwner {
  isFocused(): boolean;
  focus(): void;
  destroy(): void;
  /** The page may open a window, which the host makes anew. */
  openWindow(url: string, options: Electron.BrowserWindowConstructorOptions): void;
}

let lastId = 0;

export class WebContents extends HostEmitter implements Pick<Electron.WebContents, Page | State | Zoom | Rest> {
  readonly id = (lastId += 1);
  readonly mainFrame = new WebFrameMain(this);
  readonly preload: string | undefined;
  readonly session: Session;
  /** Chromium's name for the page, by which another process finds it. */
  readonly targetId: Promise<string>;
  readonly #owner: PageOwner;
  readonly #navigation = new Navigation(this);
  readonly #ready: Promise<CdpSession>;
  /** Names that no page can know. */
  readonly #secret = `host${randomBytes(16).toString("hex")}`;
  #preloadWorld = Promise.withResolvers<number>();
  #openHandler: OpenHandler = () => ({ action: "allow" });
  #destroyed = false;
  #crashed = false;
  #zoom = 1;
  #shown = { width: 0, height: 0 };
  #userAgent = "";

  constructor(
    owner: PageOwner,
    options: { session: Session; preload: string | undefined; width: number; height: number },
  ) {
    super();
    this.#owner = owner;
    this.session = options.session;
    this.preload = options.preload;
    const page = options.session.chromium().then((chromium) => chromium.newPage(options.width, options.height));
    this.targetId = page.then(({ targetId }) => targetId);
    this.#ready = page.then(async ({ targetId, session }) => {
      // Chromium names a page by its main frame.
      this.mainFrame.frameToken = targetId;
      this.session.addPage(targetId, this);
      await this.#attach(session);
      return session;
    });
    this.#ready.catch((error: unknown) => console.error("a window got no page:", error));
  }

  getURL(): string {
    return this.#navigation.url;
  }
  getTitle(): string {
    return this.#navigation.title;
  }
  isLoading(): boolean {
    return this.#navigation.loading;
  }
  async loadURL(url: string): Promise<void> {
    const loaded = this.#navigation.start(url);
    this.#do("Page.navigate", { url: toPage(url) });
    await loaded;
  }
  reload(): void {
    this.#crashed = false;
    this.#navigation.again();
    this.#do("Page.reload", {});
  }
  stop(): void {
    this.#do("Page.stopLoading", {});
  }
  send(channel: string, ...args: unknown[]): void {
    this.#deliver("deliver", channel, args);
  }
  /** Tells the preload script how a handler answered it. */
  settle(id: number, ok: boolean, value: unknown): void {
    this.#deliver("settle", id, ok, value);
  }
  async executeJavaScript(code: string): Promise<unknown> {
    const session = await this.#ready;
    // As in Electron, the document that is being loaded is waited for.
    while (this.isLoading()) await once(this, "did-stop-loading");
    const evaluate = { expression: code, awaitPromise: true, returnByValue: true };
    const { result, exceptionDetails } = await session.send("Runtime.evaluate", evaluate);
    if (exceptionDetails !== undefined)
      throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return result.value as unknown;
  }
  isDestroyed(): boolean {
    return this.#destroyed;
  }
  isCrashed(): boolean {
    return this.#crashed;
  }
  isFocused(): boolean {
    return this.#owner.isFocused();
  }
  focus(): void {
    this.#owner.focus();
  }
  close(): void {
    this.#owner.destroy();
  }
  forcefullyCrashRenderer(): void {
    // The renderer is gone before it could answer.
    void this.#ready.then((session) => session.send("Page.crash")).catch(() => undefined);
  }
  setWindowOpenHandler(handler: OpenHandler): void {
    this.#openHandler = handler;
  }
  setZoomFactor(factor: number): void {
    this.#zoom = factor;
    this.#applyZoom();
  }
  getZoomFactor(): number {
    return this.#zoom;
  }
  setZoomLevel(level: number): void {
    this.setZoomFactor(1.2 ** level);
  }
  getZoomLevel(): number {
    return Math.log(this.#zoom) / Math.log(1.2);
  }
  setUserAgent(userAgent: string): void {
    this.#userAgent = userAgent;
    this.#do("Emulation.setUserAgentOverride", { userAgent });
  }
  getUserAgent(): string {
    return this.#userAgent || this.session.getUserAgent();
  }
  setBackgroundThrottling(_allowed: boolean): void {
    // A headless page is never in the background.
  }
  /** Ends the page; its window calls this. */
  destroy(): void {
    if (this.#destroyed) return;
    this.#destroyed = true;
    void Promise.all([this.session.chromium(), this.targetId])
      .then(([{ root }, targetId]) => root.send("Target.closeTarget", { targetId }))
      // The page or all of Chromium may be gone already, which is what is wanted.
      .catch(() => undefined);
    this.emit("destroyed");
  }
  /** The size of what the window shows. */
  resize(width: number, height: number): void {
    this.#shown = { width, height };
    void this.#size(width, height).catch((error: unknown) => this.#report(error));
    if (this.#zoom !== 1) this.#applyZoom();
  }

  async #size(width: number, height: number): Promise<void> {
    await this.#ready;
    const { root } = await this.session.chromium();
    const { windowId } = await root.send("Browser.getWindowForTarget", { targetId: await this.targetId });
    await root.send("Browser.setContentsSize", { windowId, width, height });
  }
  /** A zoomed page has fewer pixels of its own, each of them larger. */
  #applyZoom(): void {
    if (this.#zoom === 1) return this.#do("Emulation.clearDeviceMetricsOverride", {});
    const [width, height] = [this.#shown.width, this.#shown.height].map((size) => Math.round(size / this.#zoom));
    if (width === undefined || height === undefined) return;
    this.#do("Emulation.setDeviceMetricsOverride", { width, height, deviceScaleFactor: this.#zoom, mobile: false });
  }
  #do<T extends keyof Protocol.CommandParameters>(method: T, params: Protocol.CommandParameters[T]): void {
    void this.#ready.then((session) => session.send(method, params)).catch((error: unknown) => this.#report(error));
  }
  /** Commands to a page that has gone meanwhile fail, which is not worth a word. */
  #report(error: unknown): void {
    if (!this.#destroyed && !this.#crashed) console.error(`page ${this.id}:`, error);
  }
  /** Calls a function of the preload's world, once there is one; the order of the calls is kept. */
  #deliver(name: "deliver" | "settle", ...args: unknown[]): void {
    const expression = `${this.#secret}End.${name}(...${JSON.stringify(args)})`;
    const world = this.#preloadWorld.promise;
    void Promise.all([this.#ready, world])
      .then(([session, contextId]) => session.send("Runtime.evaluate", { expression, contextId }))
      .then(({ exceptionDetails }) => {
        if (exceptionDetails !== undefined) console.error("a listener of the preload script failed:", exceptionDetails);
      })
      // The document that it was meant for may be gone, and the message with it, as in Electron.
      .catch(() => undefined);
  }

  async #attach(session: CdpSession): Promise<void> {
    const binding = this.#secret;
    session
      .on("Fetch.requestPaused", (paused) => void this.#request(session, paused))
      .on("Runtime.executionContextCreated", ({ context }) => {
        if (context.name === binding) this.#preloadWorld.resolve(context.id);
      })
      .on("Runtime.executionContextsCleared", () => (this.#preloadWorld = Promise.withResolvers()))
      .on("Runtime.bindingCalled", ({ name, payload }) => {
        // The preload's world is the host's own code.
        if (name === binding) ipcMain.receive(this, JSON.parse(payload) as PreloadMessage);
      })
      .on("Runtime.consoleAPICalled", (entry) => this.#console(entry))
      .on("Inspector.targetCrashed", () => this.#gone())
      .on("Page.windowOpen", (opened) => this.#windowOpen(opened))
      .on("Page.javascriptDialogOpening", () => this.#do("Page.handleJavaScriptDialog", { accept: false }))
      .on("Target.attachedToTarget", () => undefined);
    this.#navigation.watch(session);
    const preload = this.preload === undefined ? "" : readFileSync(this.preload, "utf8");
    const sources = worldSources({ secret: randomBytes(16).toString("hex"), binding }, preload);
    const userAgent = this.getUserAgent();
    await Promise.all([
      session.send("Page.enable"),
      session.send("Inspector.enable"),
      session.send("Runtime.enable"),
      session.send("Network.enable"),
      session.send("Fetch.enable", { patterns: [{ urlPattern: "*", requestStage: "Request" }] }),
      session.send("Page.setLifecycleEventsEnabled", { enabled: true }),
      session.send("Runtime.addBinding", { name: binding, executionContextName: binding }),
      session.send("Page.addScriptToEvaluateOnNewDocument", { source: sources.page }),
      session.send("Page.addScriptToEvaluateOnNewDocument", { source: sources.preload, worldName: binding }),
      ...(userAgent === "" ? [] : [session.send("Emulation.setUserAgentOverride", { userAgent })]),
      session.send("Runtime.runIfWaitingForDebugger"),
    ]);
  }

  async #request(session: CdpSession, paused: Protocol.Fetch.requestPausedPayload): Promise<void> {
    try {
      const { id } = this;
      const isOwnDocument = paused.resourceType === "Document" && paused.frameId === this.mainFrame.frameToken;
      if (isOwnDocument) await this.#permit(toApp(paused.request.url));
      const { webRequest } = this.session;
      await answerRequest(
        {
          id,
          webRequest,
          isMainFrame: (frameId) => frameId === this.mainFrame.frameToken,
          mayNavigate: (frameId, url, how) => this.#navigation.may(frameId, url, how),
          failedToLoad: (url, code, description) => this.#navigation.failed(url, code, description),
        },
        session,
        paused,
      );
    } catch (error) {
      this.#report(error);
    }
  }
  /** Before a document is there it is settled what it may do. */
  async #permit(url: string): Promise<void> {
    const { root } = await this.session.chromium();
    // What of the page is missing throws when a handler touches it.
    const contents = this as unknown as Electron.WebContents;
    await applyPermissions(root, { contents, url, handlers: this.session.permissions });
  }
  #console({ type, args, stackTrace }: Protocol.Runtime.consoleAPICalledPayload): void {
    const level = type === "error" || type === "warning" || type === "debug" ? type : "info";
    const message = args.map(({ value, description }) => description ?? String(value)).join(" ");
    const { url: sourceId = "", lineNumber = 0 } = stackTrace?.callFrames[0] ?? {};
    this.emit("console-message", hostEvent({ level, message, lineNumber, sourceId, frame: this.mainFrame }));
  }
  #gone(): void {
    if (this.#destroyed || this.#crashed) return;
    this.#crashed = true;
    this.#preloadWorld = Promise.withResolvers();
    const details: Electron.RenderProcessGoneDetails = { reason: "crashed", exitCode: 5 };
    this.emit("render-process-gone", hostEvent(), details);
    app.emit("render-process-gone", hostEvent(), this, details);
  }
  #windowOpen({ url, windowName, windowFeatures }: Protocol.Page.windowOpenPayload): void {
    const answer = this.#openHandler({
      url: this.#navigation.shown(url),
      frameName: windowName,
      features: windowFeatures.join(","),
      disposition: windowFeatures.length > 0 ? "new-window" : "foreground-tab",
      referrer: { url: this.getURL(), policy: "strict-origin-when-cross-origin" },
    });
    if (answer.action === "allow") this.#owner.openWindow(url, answer.overrideBrowserWindowOptions ?? {});
  }
}
