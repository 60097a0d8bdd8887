/** A page's way from document to document, told to the application in Electron's events and their order. */
import type { CdpSession, Protocol } from "./cdp.ts";
import { hostEvent } from "./event.ts";
import { toApp } from "./schemes.ts";
import type { WebFrameMain } from "./web-frame.ts";

/** What navigation needs of the page. */
export interface NavigatingPage {
  readonly mainFrame: WebFrameMain;
  emit(event: string, ...args: unknown[]): boolean;
}

export class Navigation {
  url = "";
  title = "";
  loading = false;
  readonly #page: NavigatingPage;
  /** Frames whose page has asked to go somewhere, in difference to being sent there. */
  readonly #asked = new Map<string, string>();
  readonly #statuses = new Map<string, number>();
  #load: PromiseWithResolvers<void> | undefined;
  #failing = false;

  constructor(page: NavigatingPage) {
    this.#page = page;
  }

  /** The application sends the page somewhere; resolves when the document has loaded. */
  start(url: string): Promise<void> {
    this.#load?.reject(new Error(`ERR_ABORTED (-3) loading '${url}'`));
    this.#load = Promise.withResolvers();
    // Whoever loads an address need not wait for it.
    this.#load.promise.catch(() => undefined);
    this.#failing = false;
    return this.#load.promise;
  }
  /** The application loads the same document again. */
  again(): void {
    this.#failing = false;
  }
  /** An address as the application is shown it. */
  shown(url: string): string {
    return toApp(url);
  }
  /** Whether the application lets a frame go to an address; asked before its document is fetched. */
  may(frameId: string, url: string, how: "start" | "redirect"): boolean {
    const isMainFrame = this.#isMain(frameId);
    if (how === "redirect") return this.#mayRedirect(url, isMainFrame);
    const isAsked = this.#asked.delete(frameId);
    const params = { url, isSameDocument: false, isMainFrame, frame: isMainFrame ? this.#page.mainFrame : null };
    this.#page.emit("did-start-navigation", hostEvent(params), url, false, isMainFrame, 0, 0);
    if (!isAsked) return true;
    return this.#allowed("will-frame-navigate", params) && (!isMainFrame || this.#allowed("will-navigate", params));
  }
  /** The main frame's document could not be had. */
  failed(url: string, code: number, description: string): void {
    this.#failing = true;
    this.#page.emit("did-fail-provisional-load", hostEvent(), code, description, url, true, 0, 0);
    this.#page.emit("did-fail-load", hostEvent(), code, description, url, true, 0, 0);
    this.#load?.reject(new Error(`${description} (${code}) loading '${url}'`));
    this.#load = undefined;
  }

  watch(session: CdpSession): void {
    session
      .on("Page.frameRequestedNavigation", (asked) => this.#askedFor(session, asked))
      .on("Network.responseReceived", ({ type, frameId, response }) => {
        if (type === "Document" && frameId !== undefined) this.#statuses.set(frameId, response.status);
      })
      .on("Page.frameNavigated", ({ frame }) => this.#navigated(frame))
      .on("Page.navigatedWithinDocument", ({ frameId, url }) => this.#within(frameId, toApp(url)))
      .on("Page.frameStartedLoading", ({ frameId }) => {
        if (!this.#isMain(frameId)) return;
        this.loading = true;
        this.#page.emit("did-start-loading");
      })
      .on("Page.frameStoppedLoading", ({ frameId }) => {
        if (!this.#isMain(frameId)) return;
        this.loading = false;
        this.#page.emit("did-stop-loading");
      })
      .on("Page.lifecycleEvent", ({ frameId, name }) => {
        if (this.#isMain(frameId) && name === "firstPaint") this.#page.emit("did-paint");
      })
      .on("Page.domContentEventFired", () => this.#page.emit("dom-ready", hostEvent()))
      .on("Page.loadEventFired", () => this.#loaded());
  }

  #mayRedirect(url: string, isMainFrame: boolean): boolean {
    const params = { url, isSameDocument: false, isMainFrame, frame: isMainFrame ? this.#page.mainFrame : null };
    if (!this.#allowed("will-redirect", params)) return false;
    this.#page.emit("did-redirect-navigation", hostEvent(params), url, false, isMainFrame, 0, 0);
    return true;
  }
  #isMain(frameId: string): boolean {
    return frameId === this.#page.mainFrame.frameToken;
  }
  #allowed(
    event: "will-frame-navigate" | "will-navigate" | "will-redirect",
    params: { readonly url: string; isMainFrame: boolean },
  ): boolean {
    const will = hostEvent(params);
    this.#page.emit(event, will, params.url, false, params.isMainFrame, 0, 0);
    return !will.defaultPrevented;
  }
  #askedFor(session: CdpSession, { frameId, url }: Protocol.Page.frameRequestedNavigationPayload): void {
    this.#asked.set(frameId, url);
    // Only what is fetched is halted and asked about there.
    if (/^https?:/i.test(url) || this.may(frameId, toApp(url), "start")) return;
    // The page may be gone, and with it what was to be stopped.
    session.send("Page.stopLoading").catch(() => undefined);
  }
  #navigated(frame: Protocol.Page.Frame): void {
    this.#asked.delete(frame.id);
    const isMain = frame.parentId === undefined;
    if (frame.unreachableUrl !== undefined) return;
    const url = toApp(`${frame.url}${frame.urlFragment ?? ""}`);
    const status = this.#statuses.get(frame.id) ?? 200;
    if (isMain) this.url = url;
    this.#page.emit("did-frame-navigate", hostEvent(), url, status, "", isMain, 0, 0);
    if (isMain) this.#page.emit("did-navigate", hostEvent(), url, status, "");
  }
  #within(frameId: string, url: string): void {
    this.#asked.delete(frameId);
    const isMainFrame = this.#isMain(frameId);
    if (isMainFrame) this.url = url;
    const params = { url, isSameDocument: true, isMainFrame, frame: isMainFrame ? this.#page.mainFrame : null };
    this.#page.emit("did-start-navigation", hostEvent(params), url, true, isMainFrame, 0, 0);
    this.#page.emit("did-navigate-in-page", hostEvent(), url, isMainFrame, 0, 0);
    // A load that stays within the document is over with it.
    if (!isMainFrame) return;
    this.#load?.resolve();
    this.#load = undefined;
  }
  #loaded(): void {
    // The empty document before the first load, and Chromium's page about a failure, are not the application's.
    if (this.url === "" || this.#failing) return;
    // A document without anything to see is painted all the same.
    this.#page.emit("did-paint");
    this.#page.emit("did-frame-finish-load", hostEvent(), true, 0, 0);
    this.#page.emit("did-finish-load");
    this.#load?.resolve();
    this.#load = undefined;
  }
}
