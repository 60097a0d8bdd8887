/** The main frame of a page, which is the only one with a preload script. */
import { originOf } from "./schemes.ts";
import { HostEmitter } from "./unimplemented.ts";

type Identity = "url" | "origin" | "frameToken" | "routingId" | "processId" | "frameTreeNodeId" | "name";
type Tree = "parent" | "top" | "frames" | "framesInSubtree" | "detached" | "isDestroyed";

/** What a frame needs of the page around it. */
export interface FramedPage {
  readonly id: number;
  getURL(): string;
  isDestroyed(): boolean;
  send(channel: string, ...args: unknown[]): void;
  executeJavaScript(code: string): Promise<unknown>;
}

export class WebFrameMain
  extends HostEmitter
  implements Pick<Electron.WebFrameMain, Exclude<Identity | Tree, "parent" | "top" | "frames" | "framesInSubtree">>
{
  readonly parent = null;
  readonly routingId = 1;
  readonly name = "";
  readonly frames: readonly WebFrameMain[] = [];
  readonly processId: number;
  readonly frameTreeNodeId: number;
  /** Chromium's own name for the frame, once there is one. */
  frameToken = "";
  readonly #page: FramedPage;

  constructor(page: FramedPage) {
    super();
    this.#page = page;
    this.frameTreeNodeId = page.id;
    // Renderers are numbered apart from everything else.
    this.processId = page.id + 1_000;
  }
  get top(): this {
    return this;
  }
  get framesInSubtree(): readonly this[] {
    return [this];
  }
  get url(): string {
    return this.#page.getURL();
  }
  get origin(): string {
    return originOf(this.url);
  }
  get detached(): boolean {
    return this.#page.isDestroyed();
  }
  isDestroyed(): boolean {
    return this.#page.isDestroyed();
  }
  send(channel: string, ...args: unknown[]): void {
    this.#page.send(channel, ...args);
  }
  executeJavaScript(code: string): Promise<unknown> {
    return this.#page.executeJavaScript(code);
  }
}
