import { Inbox } from "./inbox.ts";
import { NOT_TEXT, type Port } from "./port.ts";

/** What a MessagePort of Node and one of a page have in common. */
export interface MessagePortLike {
  postMessage(message: unknown): void;
  start(): void;
  close(): void;
  addEventListener(name: "message" | "close", listener: (event: object) => void): void;
}

/** A port over a MessagePort, which nobody else listens to. */
export function messagePort(channel: MessagePortLike): Port {
  const inbox = new Inbox();
  channel.addEventListener("message", (event) =>
    inbox.receive("data" in event && typeof event.data === "string" ? event.data : NOT_TEXT),
  );
  channel.addEventListener("close", () => inbox.close());
  // A page's port holds messages back until it is started, unless `onmessage` is used.
  channel.start();
  return {
    send: (text) => {
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel has no origin to name
      if (!inbox.closed) channel.postMessage(text);
    },
    onMessage: (listener) => inbox.onMessage(listener),
    onClose: (listener) => inbox.onClose(listener),
    close: () => {
      channel.close();
      inbox.close();
    },
  };
}
