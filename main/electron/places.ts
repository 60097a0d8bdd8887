/** Where the application keeps what, and where its own files are. */
import { renameSync } from "node:fs";
import { join } from "node:path";
import { app, ipcMain } from "electron";
import ElectronStore from "electron-store";
import type { Log } from "../engine/ports.ts";
import type { OpenFile } from "../adapters/settings/settings-store.ts";

/** The worker's own folder, beside what Chromium keeps. */
export function defaultDataDir(): string {
  return join(app.getPath("userData"), "worker");
}

/** The log's file. */
export function logFile(): string {
  return join(app.getPath("userData"), "logs", "dgrid.log");
}

/** A folder of pictures that come with the application. */
export function resource(name: string): string {
  return join(app.getAppPath(), "resources", name);
}

/** The same for what the application itself keeps; a damaged one is put aside, which `onDamaged` hears of. */
export function openOwnStore(
  directory: string,
  name: string,
  { log, onDamaged }: { readonly log: Log; readonly onDamaged?: (kept: string) => void },
): ReturnType<OpenFile> {
  try {
    return openStore(directory, name);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    const file = join(directory, `${name}.json`);
    const kept = `${file}.damaged-${Date.now()}`;
    renameSync(file, kept);
    log.error({ kept }, "a file of the application was damaged; it was put aside and a new one begun");
    onDamaged?.(kept);
    return openStore(directory, name);
  }
}

/** One JSON file through electron-store, readable by its owner alone. */
export const openStore: OpenFile = (directory, name) => {
  const store = new ElectronStore<Record<string, unknown>>({
    cwd: directory,
    name,
    accessPropertiesByDotNotation: false,
    configFileMode: 0o600,
  });
  // It listens for pages that would open a store themselves, whoever they are.
  ipcMain.removeAllListeners("electron-store-get-data");
  return store;
};
