/** Where the application keeps what, and where its own files are. */
import { existsSync, renameSync, statSync } from "node:fs";
import { join } from "node:path";
import { app } from "electron";
import ElectronStore from "electron-store";
import type { OpenFile } from "../adapters/settings/settings-store.ts";

/** A log that is larger is put aside at the start; the one before that is gone. */
const LOG_MOST_BYTES = 4 * 1024 * 1024;

/** The worker's own folder, beside what Chromium keeps. */
export function defaultDataDir(): string {
  return join(app.getPath("userData"), "worker");
}

/** The log's file, ready to be written. */
export function logFile(): string {
  const file = join(app.getPath("userData"), "logs", "dgrid.log");
  if (existsSync(file) && statSync(file).size > LOG_MOST_BYTES) renameSync(file, `${file}.1`);
  return file;
}

/** A folder of pictures that come with the application. */
export function resource(name: string): string {
  return join(app.getAppPath(), "resources", name);
}

/** One JSON file through electron-store, readable by its owner alone. */
export const openStore: OpenFile = (directory, name) =>
  new ElectronStore<Record<string, unknown>>({
    cwd: directory,
    name,
    accessPropertiesByDotNotation: false,
    configFileMode: 0o600,
  });
