/** The choice between the ways to the worker: everything behind it is the same for both. */
import type { Transport } from "../state/session.ts";
import { bridgeOf, bridgeTransport, type BridgedWindow } from "./electron.ts";
import { isSignedOut, openWebSocket } from "./websocket.ts";

/** The desktop application's bridge where the page has one, the WebSocket of the worker that served it otherwise. */
export function transportOf(page: BridgedWindow): Transport {
  const bridge = bridgeOf(page);
  return bridge === undefined ? { open: openWebSocket, refused: isSignedOut } : bridgeTransport(bridge);
}
