/**
 * The test's line into the host: what Playwright's inspector connection is to real Electron.
 *
 * It is a socket of its own, since Node's channel to the parent belongs to the application, and its
 * address is gone from the environment before the application or a child of it could see it.
 */
import { connect, type Socket } from "node:net";
import { createInterface } from "node:readline";
import { runInThisContext } from "node:vm";
import * as electron from "./electron.ts";
import { BrowserWindow } from "./browser-window.ts";
import { app } from "./app.ts";
import { session } from "./session.ts";

const VARIABLE = "ELECTRON_HOST_CONTROL";

type Asked =
  | { readonly id: number; readonly kind: "evaluate"; readonly source: string; readonly argument?: unknown }
  | { readonly id: number; readonly kind: "window" };

/** Connects to whoever started the host, if they want to be. */
export async function openControl(): Promise<void> {
  const path = process.env[VARIABLE];
  delete process.env[VARIABLE];
  if (path === undefined) return;
  const socket = connect(path);
  await new Promise<void>((resolve, reject) => socket.once("connect", resolve).once("error", reject));
  socket.on("error", () => socket.destroy());
  // Whoever started the host is gone: nobody would end it.
  socket.on("close", () => process.exit(1));
  createInterface(socket)
    .on("line", (line) => {
      // The other end is the host's own.
      void answer(socket, JSON.parse(line) as Asked);
    })
    .on("error", () => socket.destroy());
  // It alone keeps nothing running.
  socket.unref();
}

async function answer(socket: Socket, asked: Asked): Promise<void> {
  const reply = (result: object): void => void socket.write(`${JSON.stringify({ id: asked.id, ...result })}\n`);
  try {
    reply({ ok: true, value: asked.kind === "window" ? await page() : await evaluate(asked.source, asked.argument) });
  } catch (error) {
    reply({ ok: false, error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  }
}

async function evaluate(source: string, argument: unknown): Promise<unknown> {
  // A test's own function, as Playwright sends one to Electron.
  const call = runInThisContext(`(${source})`) as (module: object, argument: unknown) => unknown;
  return call(electron, argument);
}

/** Where the first window's page is to be found, once there is one. */
async function page(): Promise<{ readonly endpoint: string; readonly targetId: string }> {
  if (BrowserWindow.getAllWindows().length === 0)
    await new Promise((resolve) => app.once("browser-window-created", resolve));
  const [window] = BrowserWindow.getAllWindows();
  if (window === undefined) return page();
  const { endpoint } = await session.defaultSession.chromium();
  return { endpoint, targetId: await window.webContents.targetId };
}
