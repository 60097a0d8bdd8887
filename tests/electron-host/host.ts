/**
 * Acts as Electron's binary where there is none: `electron [-r file.cjs]... <appDir> [args...]`.
 *
 * Invariant: the application is loaded as it was built, and nothing of it knows of the host. What it
 * imports by the name "electron" is ./electron-module.ts; its windows are pages of a real Chromium, which
 * is started with the first of them.
 */
import { createRequire, registerHooks } from "node:module";
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { app } from "./app.ts";
import { parseArguments } from "./command-line.ts";
import { openControl } from "./control.ts";
import { EXECUTABLE } from "./paths.ts";

const MODULE = pathToFileURL(join(import.meta.dirname, "electron-module.ts")).href;

registerHooks({
  resolve: (specifier, context, next) =>
    /^electron(\/(main|common))?$/.test(specifier)
      ? { url: MODULE, format: "module-typescript", shortCircuit: true }
      : next(specifier, context),
});

const { requires, appDir, seen } = parseArguments(process.argv.slice(2));
const appPath = resolve(appDir);
pretendToBeElectron();
app.load(appPath, seen);
await openControl();
const require = createRequire(join(appPath, "package.json"));
for (const file of requires) require(resolve(file));

// Electron lives until it is told to quit, with or without anything to do.
setInterval(() => undefined, 2 ** 30);
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => endBy(signal));

try {
  await import(pathToFileURL(mainModule()).href);
} catch (error) {
  console.error("the application's main module failed:", error);
  process.exit(1);
}
app.becomeReady();

/** An application that listens for a signal does with it what it likes. */
function endBy(signal: NodeJS.Signals): void {
  if (process.listenerCount(signal) === 1) app.quit();
}

function pretendToBeElectron(): void {
  const { version } = createRequire(import.meta.url)("electron/package.json") as { version: string };
  const set = (object: object, name: string, value: unknown): void =>
    void Object.defineProperty(object, name, { value, enumerable: true, configurable: true, writable: true });
  process.argv = [EXECUTABLE, ...seen];
  process.execPath = EXECUTABLE;
  set(process.versions, "electron", version);
  set(process, "type", "browser");
  set(process, "defaultApp", true);
  set(process, "resourcesPath", join(import.meta.dirname, "resources"));
}

function mainModule(): string {
  // Whoever starts the host names its application.
  const { main = "index.js" } = JSON.parse(readFileSync(join(appPath, "package.json"), "utf8")) as { main?: string };
  return join(appPath, main);
}
