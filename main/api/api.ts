/**
 * The contract's other side: every method answered, every event told, whatever carries them.
 *
 * Invariant: handlers ask and tell the engine; they hold no truth of their own. A command is
 * acknowledged at once, and what comes of it is told by events.
 */
import { success } from "../../shared/contract/fault.ts";
import type { Server } from "../../shared/rpc/serve.ts";
import { DonorGrids } from "./donor-grids.ts";
import { DonorSettings } from "./donor-settings.ts";
import type { ApiContext } from "./handlers/context.ts";
import { gridHandlers } from "./handlers/grid-handlers.ts";
import { healthHandlers } from "./handlers/health-handlers.ts";
import { historyHandlers } from "./handlers/history-handlers.ts";
import { modeHandlers } from "./handlers/mode-handlers.ts";
import { queueHandlers } from "./handlers/queue-handlers.ts";
import { runHandlers } from "./handlers/run-handlers.ts";
import { settingsHandlers } from "./handlers/settings-handlers.ts";
import { taskHandlers } from "./handlers/task-handlers.ts";
import { updateHandlers } from "./handlers/update-handlers.ts";
import type { ApiHost } from "./host.ts";
import { Publisher } from "./publisher.ts";

const FORGET_EVERY_MS = 6 * 3_600_000;

export interface Api extends Server {
  /** Puts the donor's grids to work. */
  open(): void;
  close(): void;
}

export function createApi(host: ApiHost, onHistory: (listener: () => void) => () => void): Api {
  const changed = (): void => publisher.soon();
  const settings = new DonorSettings(host, changed);
  const grids = new DonorGrids(host, settings, changed);
  const publisher = new Publisher({ host, settings, grids, onHistory });
  const context: ApiContext = { host, settings, grids, publisher };
  const forgetting = setInterval(() => settings.forgetOld(), FORGET_EVERY_MS);
  forgetting.unref();
  return {
    handlers: {
      snapshot: (_input, { seq }) => success(publisher.snapshot(seq)),
      ...modeHandlers(context),
      ...runHandlers(context),
      ...queueHandlers(context),
      ...historyHandlers(context),
      ...gridHandlers(context),
      ...taskHandlers(context),
      ...settingsHandlers(context),
      ...updateHandlers(context),
      ...healthHandlers(context),
    },
    attach: (emit) => publisher.attach(emit),
    onBug: (method, error) =>
      host.log.error(
        { method, error: error instanceof Error ? (error.stack ?? error.message) : String(error) },
        "a bug in answering the interface",
      ),
    open: () => {
      settings.forgetOld();
      grids.open();
    },
    close: () => {
      clearInterval(forgetting);
      settings.close();
      publisher.close();
    },
  };
}
