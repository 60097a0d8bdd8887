/** Downloads: told to the application as `will-download`, kept where it says, and otherwise cancelled. */
import { copyFileSync } from "node:fs";
import { join } from "node:path";
import { app } from "./app.ts";
import type { CdpSession, Protocol } from "./cdp.ts";
import { hostEvent } from "./event.ts";
import { toApp } from "./schemes.ts";
import { HostEmitter } from "./unimplemented.ts";

type Named = "getURL" | "getFilename" | "setSavePath" | "getSavePath" | "savePath";
type Progress = "getState" | "cancel" | "getReceivedBytes" | "getTotalBytes";
type State = ReturnType<Electron.DownloadItem["getState"]>;

class DownloadItem extends HostEmitter implements Pick<Electron.DownloadItem, Named | Progress> {
  /** Where the application wants it; without such a place Electron would ask a person. */
  savePath = "";
  received = 0;
  total = 0;
  state: State = "progressing";
  readonly #url: string;
  readonly #fileName: string;
  readonly #cancel: () => void;

  constructor({ url, suggestedFilename }: Protocol.Browser.downloadWillBeginPayload, cancel: () => void) {
    super();
    this.#url = toApp(url);
    this.#fileName = suggestedFilename;
    this.#cancel = cancel;
  }
  getURL(): string {
    return this.#url;
  }
  getFilename(): string {
    return this.#fileName;
  }
  setSavePath(path: string): void {
    this.savePath = path;
  }
  getSavePath(): string {
    return this.savePath;
  }
  getState(): State {
    return this.state;
  }
  getReceivedBytes(): number {
    return this.received;
  }
  getTotalBytes(): number {
    return this.total;
  }
  cancel(): void {
    this.#cancel();
  }
  end(state: State): void {
    this.state = state;
    this.emit("done", hostEvent(), state);
  }
}

/** What downloads need of the session: to tell its listeners, and to name the page. */
export interface DownloadingSession {
  emit(event: "will-download", ...args: unknown[]): boolean;
  /** The page with this frame. */
  pageOf(frameId: string): object | undefined;
}

/** From now on the browser's downloads are the session's. */
export async function watchDownloads(session: DownloadingSession, root: CdpSession): Promise<void> {
  const folder = join(app.getPath("sessionData"), "Downloads");
  const items = new Map<string, DownloadItem>();
  root
    .on("Browser.downloadWillBegin", (begun) => {
      // It may have ended by itself.
      const cancel = (): void => void root.send("Browser.cancelDownload", { guid: begun.guid }).catch(() => undefined);
      const item = new DownloadItem(begun, cancel);
      const will = hostEvent();
      items.set(begun.guid, item);
      session.emit("will-download", will, item, session.pageOf(begun.frameId) ?? null);
      if (will.defaultPrevented || item.savePath === "") cancel();
    })
    .on("Browser.downloadProgress", ({ guid, state, receivedBytes, totalBytes, filePath }) => {
      const item = items.get(guid);
      if (item === undefined) return;
      [item.received, item.total] = [receivedBytes, totalBytes];
      if (state === "inProgress") return void item.emit("updated", hostEvent(), "progressing");
      items.delete(guid);
      const isKept = state === "completed" && item.savePath !== "";
      // Whoever else is attached to the browser may have told it another folder, and want the file too.
      if (isKept) copyFileSync(filePath ?? join(folder, guid), item.savePath);
      item.end(isKept ? "completed" : "cancelled");
    });
  const behavior = "allowAndName";
  await root.send("Browser.setDownloadBehavior", { behavior, downloadPath: folder, eventsEnabled: true });
}
