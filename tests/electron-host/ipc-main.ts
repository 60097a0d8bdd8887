/** `ipcMain`: what the pages' preload scripts send and ask. */
import { EventEmitter } from "node:events";
import { hostEvent } from "./event.ts";
import type { PreloadMessage } from "./preload-world.ts";
import type { WebContents } from "./web-contents.ts";

type Handler = Parameters<Electron.IpcMain["handle"]>[1];

class IpcMain extends EventEmitter implements Pick<Electron.IpcMain, "handle" | "handleOnce" | "removeHandler"> {
  readonly #handlers = new Map<string, Handler>();

  handle(channel: string, listener: Handler): void {
    if (this.#handlers.has(channel)) throw new Error(`Attempted to register a second handler for '${channel}'`);
    this.#handlers.set(channel, listener);
  }
  handleOnce(channel: string, listener: Handler): void {
    this.handle(channel, (event, ...args: unknown[]): unknown => {
      this.removeHandler(channel);
      return listener(event, ...args) as unknown;
    });
  }
  removeHandler(channel: string): void {
    this.#handlers.delete(channel);
  }

  /** Takes a message of a page's preload script. */
  receive(contents: WebContents, message: PreloadMessage): void {
    switch (message.kind) {
      case "send": {
        const reply = (channel: string, ...args: unknown[]): void => contents.send(channel, ...args);
        const event = { ...senderOf(contents), reply, returnValue: undefined, ports: [] };
        contents.emit("ipc-message", event, message.channel, ...message.args);
        this.emit(message.channel, event, ...message.args);
        break;
      }
      case "invoke":
        void this.#answer(contents, message).then(([ok, value]) => contents.settle(message.id, ok, value));
        break;
      case "error": {
        const error = Object.assign(new Error(message.message), { stack: message.stack });
        if (!contents.emit("preload-error", hostEvent(), contents.preload, error))
          console.error(`Unable to load preload script: ${contents.preload}\n${message.stack}`);
        break;
      }
    }
  }

  async #answer(
    contents: WebContents,
    { channel, args }: Extract<PreloadMessage, { kind: "invoke" }>,
  ): Promise<readonly [boolean, unknown]> {
    try {
      const handler = this.#handlers.get(channel);
      if (handler === undefined) throw new Error(`No handler registered for '${channel}'`);
      // The rest of the sender throws when it is touched.
      const event = senderOf(contents) as unknown as Electron.IpcMainInvokeEvent;
      return [true, await handler(event, ...args)];
    } catch (error) {
      return [false, `Error invoking remote method '${channel}': ${String(error)}`];
    }
  }
}

function senderOf(contents: WebContents): object {
  const { mainFrame } = contents;
  const { routingId: frameId, processId } = mainFrame;
  return Object.assign(hostEvent(), { type: "frame", sender: contents, senderFrame: mainFrame, frameId, processId });
}

export const ipcMain = new IpcMain();
