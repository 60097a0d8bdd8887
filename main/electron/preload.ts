/**
 * Runs in the page's process before its scripts, sandboxed and in a world of its own: hands the page
 * one end of a port and nothing else of Electron.
 */
import { contextBridge, ipcRenderer } from "electron";
import { BRIDGE_CHANNEL, BRIDGE_NAME, type Bridge } from "../../shared/rpc/bridge.ts";

const early: string[] = [];
let listener: ((text: string) => void) | undefined;

ipcRenderer.on(BRIDGE_CHANNEL, (_event, text: string) => {
  if (listener === undefined) early.push(text);
  else listener(text);
});

const bridge: Bridge = {
  send: (text) => ipcRenderer.send(BRIDGE_CHANNEL, text),
  subscribe: (next) => {
    listener = next;
    for (const text of early.splice(0)) next(text);
  },
};

contextBridge.exposeInMainWorld(BRIDGE_NAME, bridge);
