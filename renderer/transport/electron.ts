import { BRIDGE_NAME, type Bridge } from "../../shared/rpc/bridge.ts";
import { Inbox } from "../../shared/rpc/inbox.ts";
import type { Port } from "../../shared/rpc/port.ts";
import type { Transport } from "../state/session.ts";

/** A page's window, where the desktop application's preload script may have left its bridge. */
export interface BridgedWindow {
  readonly [BRIDGE_NAME]?: Bridge;
}

declare global {
  interface Window {
    readonly [BRIDGE_NAME]?: Bridge;
  }
}

/** The desktop application's bridge, or undefined in a browser. */
export function bridgeOf(page: BridgedWindow): Bridge | undefined {
  return page[BRIDGE_NAME];
}

/**
 * The way to the main process of the window's own application. It is there as long as the page is,
 * so a port can always be opened and nobody is ever refused.
 */
export function bridgeTransport(bridge: Bridge): Transport {
  let current: Inbox | undefined;
  // A bridge has one listener: it feeds whichever port was opened last.
  bridge.subscribe((text) => current?.receive(text));
  return {
    open: () => {
      current?.close();
      const inbox = new Inbox();
      current = inbox;
      return Promise.resolve(portOver(bridge, inbox));
    },
    refused: () => Promise.resolve(false),
  };
}

function portOver(bridge: Bridge, inbox: Inbox): Port {
  return {
    send: (text) => {
      if (!inbox.closed) bridge.send(text);
    },
    onMessage: (listener) => inbox.onMessage(listener),
    onClose: (listener) => inbox.onClose(listener),
    close: () => inbox.close(),
  };
}
