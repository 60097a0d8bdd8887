/**
 * The contract between the window's page and this process.
 *
 * Invariant: only the main frame of our own window, showing our own page, is answered. Whoever else
 * sends gets a fault, and nothing of what was sent is read.
 */
import { ipcMain, type IpcMainEvent, type WebContents } from "electron";
import { failure } from "../../shared/contract/fault.ts";
import { BRIDGE_CHANNEL } from "../../shared/rpc/bridge.ts";
import { Inbox } from "../../shared/rpc/inbox.ts";
import type { ServerMessage } from "../../shared/rpc/messages.ts";
import { NOT_TEXT, type Port } from "../../shared/rpc/port.ts";
import { serve, type Server } from "../../shared/rpc/serve.ts";
import type { Log } from "../engine/ports.ts";
import { APP_ORIGIN } from "./app-scheme.ts";
import { isOwnPage } from "./lock-down.ts";

export interface PagePorts {
  /** The window whose page is answered from now on. */
  admit(contents: WebContents): void;
  close(): void;
}

export function servePages(server: Server, log: Log): PagePorts {
  let own: WebContents | undefined;
  let current: { readonly inbox: Inbox; readonly port: Port } | undefined;

  const end = (): void => {
    current?.inbox.close();
    current = undefined;
  };
  const open = (contents: WebContents): Inbox => {
    const inbox = new Inbox();
    const port: Port = {
      send: (text) => {
        if (!inbox.closed && !contents.isDestroyed()) contents.mainFrame.send(BRIDGE_CHANNEL, text);
      },
      onMessage: (listener) => inbox.onMessage(listener),
      onClose: (listener) => inbox.onClose(listener),
      close: () => inbox.close(),
    };
    current = { inbox, port };
    serve(port, server);
    return inbox;
  };
  const receive = (event: IpcMainEvent, text: unknown): void => {
    if (!isAdmitted(event, own)) {
      log.warn({ url: event.senderFrame?.url.slice(0, 200) ?? "" }, "a message of another page was refused");
      const refusal: ServerMessage = { kind: "reply", id: null, ...failure("sender_refused") };
      event.reply(BRIDGE_CHANNEL, JSON.stringify(refusal));
      return;
    }
    const inbox = current?.inbox ?? open(event.sender);
    inbox.receive(typeof text === "string" ? text : NOT_TEXT);
  };
  ipcMain.on(BRIDGE_CHANNEL, receive);

  return {
    admit: (contents) => {
      end();
      own = contents;
      // Another document is another connection: what the one before asked for is over.
      contents.on("did-start-navigation", ({ isMainFrame, isSameDocument, url }) => {
        // One that leads elsewhere is refused, and the page stays.
        if (isMainFrame && !isSameDocument && isOwnPage(url)) end();
      });
      contents.on("render-process-gone", end);
      contents.on("destroyed", () => {
        if (own === contents) end();
      });
    },
    close: () => {
      end();
      ipcMain.off(BRIDGE_CHANNEL, receive);
    },
  };
}

function isAdmitted({ sender, senderFrame }: IpcMainEvent, own: WebContents | undefined): boolean {
  if (own === undefined || sender !== own || senderFrame === null) return false;
  return senderFrame === own.mainFrame && senderFrame.origin === APP_ORIGIN && isOwnPage(senderFrame.url);
}
