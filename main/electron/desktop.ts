/**
 * The desktop application: the worker, its window, its tray, and what the system tells them.
 *
 * Invariant: this folder shows and carries; it decides nothing about donating. The engine does, and
 * window, tray and notifications are three views of it.
 */
import { app, dialog } from "electron";
import { textsOf, type Texts } from "../../shared/texts/texts.ts";
import { createLog } from "../worker/log.ts";
import { interfaceFiles } from "../worker/interface-files.ts";
import { registerAppScheme, serveAppScheme } from "./app-scheme.ts";
import { Application, type StartedHow } from "./application.ts";
import { openLink } from "./links.ts";
import { lockDownPages, lockDownSession } from "./lock-down.ts";
import { HIDDEN } from "./own-process.ts";
import { logFile } from "./places.ts";
import { desktopConfiguration, reportConfiguration } from "./start-worker.ts";
import { hasTrayPlace } from "./tray-place.ts";

/** Names the application to Windows, whose notifications want it. */
const APP_ID = "io.github.dgrid.desktop";

/** What has to happen before Electron is ready; the rest follows by itself. */
export function startDesktop(): void {
  app.enableSandbox();
  app.setAppUserModelId(APP_ID);
  registerAppScheme();
  // The first instance shows its window instead.
  if (!app.requestSingleInstanceLock()) return app.quit();
  // Without a listener Electron quits with the last window; the work goes on without one.
  app.on("window-all-closed", () => undefined);
  app
    .whenReady()
    .then(start)
    .catch((error: unknown) => {
      const text = stackOf(error);
      process.stderr.write(`${text}\n`);
      dialog.showErrorBox(systemTexts().desktop.startFailed.message, text.slice(0, 1_000));
      app.exit(1);
    });
}

async function start(): Promise<void> {
  const read = desktopConfiguration();
  if ("errors" in read) {
    await reportConfiguration(read.errors, systemTexts());
    return app.exit(2);
  }
  const configuration = read.value;
  const secrets = configuration.token === undefined ? [] : [configuration.token];
  const log = createLog({
    level: configuration.logLevel,
    json: true,
    secrets,
    file: logFile(),
    quiet: app.isPackaged,
  });
  // Electron would go on without what failed: rules that nobody judges, say.
  const failed = (error: unknown): void => {
    try {
      log.error({ error: stackOf(error) }, "a bug; the application ends");
    } finally {
      app.exit(1);
    }
  };
  process.on("uncaughtException", failed).on("unhandledRejection", failed);
  let application: Application | undefined;
  lockDownPages({
    log,
    onLink: (url) => void openLink(url, { log, texts: () => application?.texts ?? systemTexts() }),
  });
  const session = lockDownSession(log);
  serveAppScheme(interfaceFiles());
  application = new Application({ configuration, log, session, hasTray: await hasTrayPlace(), secrets });
  app.on("second-instance", () => application?.show());
  app.on("activate", () => application?.show());
  await application.start(startedHow());
}

/** At login macOS says so itself; elsewhere the argument does. */
function startedHow(): StartedHow {
  const atLogin = process.platform === "darwin" && app.getLoginItemSettings().wasOpenedAtLogin;
  return { hidden: process.argv.includes(HIDDEN), atLogin };
}

function stackOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

/** The words before the donor's settings are read. */
function systemTexts(): Texts {
  return textsOf("system", app.getPreferredSystemLanguages());
}
