import { Inbox } from "../../shared/rpc/inbox.ts";
import type { Port } from "../../shared/rpc/port.ts";

/** A port over a WebSocket to the worker that served this page; undefined where it cannot be opened. */
export function openWebSocket(): Promise<Port | undefined> {
  const url = new URL("ws", document.baseURI);
  url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
  url.hash = "";
  const socket = new WebSocket(url);
  const inbox = new Inbox();
  socket.addEventListener("message", ({ data }) => {
    if (typeof data === "string") inbox.receive(data);
  });
  socket.addEventListener("close", () => inbox.close());
  const port: Port = {
    send: (text) => {
      if (socket.readyState === WebSocket.OPEN) socket.send(text);
    },
    onMessage: (listener) => inbox.onMessage(listener),
    onClose: (listener) => inbox.onClose(listener),
    close: () => socket.close(),
  };
  return new Promise((resolve) => {
    socket.addEventListener("open", () => resolve(port), { once: true });
    inbox.onClose(() => resolve(undefined));
  });
}

/** Whether the worker answers but does not know this page any more. */
export async function isSignedOut(): Promise<boolean> {
  try {
    return (await fetch(new URL("api/status", document.baseURI), { cache: "no-store" })).status === 401;
  } catch (error) {
    // No answer at all: the worker is away, and whether it knows this page shows when it is back.
    if (error instanceof TypeError) return false;
    throw error;
  }
}
