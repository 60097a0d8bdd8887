/** Where windows were, remembered by their names in the application's folder. */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { app } from "./app.ts";

const file = (): string => join(app.getPath("userData"), "Window State.json");

function readAll(): Record<string, Electron.Rectangle> {
  try {
    // The host's own file.
    return JSON.parse(readFileSync(file(), "utf8")) as Record<string, Electron.Rectangle>;
  } catch {
    // At the first start there is none.
    return {};
  }
}

export function readBounds(name: string): Partial<Electron.Rectangle> {
  return readAll()[name] ?? {};
}

export function rememberBounds(name: string, bounds: Electron.Rectangle): void {
  mkdirSync(app.getPath("userData"), { recursive: true });
  writeFileSync(file(), JSON.stringify({ ...readAll(), [name]: bounds }));
}
