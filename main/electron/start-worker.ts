/** Opens the worker, and where that fails says why and how to mend it, until it opens or the donor gives up. */
import { mkdirSync } from "node:fs";
import { shell } from "electron";
import { describeFault, failure, type Fault } from "../../shared/contract/fault.ts";
import type { Texts } from "../../shared/texts/texts.ts";
import type { Log } from "../engine/ports.ts";
import { readConfiguration, type Configuration } from "../worker/configuration.ts";
import { openWorker, type WorkerHost, type WorkerOverrides } from "../worker/open-worker.ts";
import { ask } from "./ask.ts";
import { defaultDataDir } from "./places.ts";

/** What environment and defaults say; where they are wrong, the sentences that say how. */
export function desktopConfiguration(): { value: Configuration } | { errors: string[] } {
  const dataDir = process.env["DGRID_DATA_DIR"];
  const given = dataDir === undefined || dataDir === "" ? { DGRID_DATA_DIR: defaultDataDir() } : {};
  return readConfiguration({}, { ...process.env, ...given });
}

export interface StartOptions {
  readonly configuration: Configuration;
  /** What stands in for the parts that work on any machine; made anew for each attempt. */
  readonly overrides: () => Promise<WorkerOverrides>;
  readonly log: Log;
  readonly texts: Texts;
}

/** The worker, or undefined where the donor would rather quit. */
export async function startWorker(options: StartOptions): Promise<WorkerHost | undefined> {
  for (;;) {
    const opened = await attempt(options);
    if (opened.ok) return opened.value;
    options.log.error({ fault: opened.fault.code }, describeFault(opened.fault));
    if (!(await tryAgain(opened.fault, options))) return undefined;
  }
}

async function attempt({ configuration, overrides, log }: StartOptions): Promise<ReturnType<typeof openWorker>> {
  try {
    mkdirSync(configuration.dataDir, { recursive: true, mode: 0o700 });
  } catch (error) {
    return failure("data_directory_unwritable", String(error).slice(0, 200));
  }
  try {
    return openWorker(configuration, log, await overrides());
  } catch (error) {
    // A bug must not leave a person with an icon that does nothing: they are told, and the log has the stack.
    log.error({ error: error instanceof Error ? error.stack : String(error) }, "a bug in starting");
    return failure("internal_error", String(error).slice(0, 300));
  }
}

async function tryAgain({ meaning, next, detail }: Fault, { texts, configuration }: StartOptions): Promise<boolean> {
  const { startFailed } = texts.desktop;
  for (;;) {
    const response = await ask({
      type: "error",
      message: startFailed.message,
      detail: [meaning, detail, next].filter((part) => part !== "").join("\n\n"),
      buttons: [startFailed.again, startFailed.folder, startFailed.quit],
    });
    if (response !== 1) return response === 0;
    await shell.openPath(configuration.dataDir);
  }
}

/** Says what is wrong with the environment; there is nothing to try again. */
export async function reportConfiguration(errors: readonly string[], { desktop }: Texts): Promise<void> {
  const { message, quit } = desktop.startFailed;
  await ask({ type: "error", message, detail: errors.join("\n"), buttons: [quit] });
}
