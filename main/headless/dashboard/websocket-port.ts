import type { RawData, WebSocket } from "ws";
import { Inbox } from "../../../shared/rpc/inbox.ts";
import { NOT_TEXT, type Port } from "../../../shared/rpc/port.ts";

/** A port over an open WebSocket. */
export function webSocketPort(socket: WebSocket): Port {
  const inbox = new Inbox();
  socket.on("message", (data, isBinary) => inbox.receive(isBinary ? NOT_TEXT : textOf(data)));
  socket.on("close", () => inbox.close());
  return {
    send: (text) => {
      if (socket.readyState === socket.OPEN) socket.send(text);
    },
    onMessage: (listener) => inbox.onMessage(listener),
    onClose: (listener) => inbox.onClose(listener),
    close: () => {
      socket.close(1000);
      inbox.close();
    },
    get backlogBytes() {
      return socket.bufferedAmount;
    },
  };
}

function textOf(data: RawData): string {
  if (Array.isArray(data)) return Buffer.concat(data).toString("utf8");
  return data instanceof ArrayBuffer ? Buffer.from(data).toString("utf8") : data.toString("utf8");
}
