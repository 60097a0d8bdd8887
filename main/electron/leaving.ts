/**
 * Quitting: what becomes of running tasks is asked or was chosen, and then done.
 *
 * Invariant: whoever quits is not gone before the engine is, which leaves no container and no claim.
 * Killed, or not given the time when the machine goes down, the dead-man's switch and the lease are left.
 */
import { app, BaseWindow, powerMonitor } from "electron";
import type { Desktop } from "../../shared/settings/settings.ts";
import type { Texts } from "../../shared/texts/texts.ts";
import type { Engine } from "../engine/engine.ts";
import type { Log } from "../engine/ports.ts";
import { ask } from "./ask.ts";

export type How = "finish" | "give_back";

export interface LeavingOptions {
  readonly engine: Engine;
  readonly log: Log;
  readonly texts: () => Texts;
  readonly choice: () => Desktop["onQuit"];
  /** It has begun, or goes faster: what is shown changes. */
  readonly onBegin: (how: How) => void;
  /** Whether the donor sees a window of ours. */
  readonly isShown: () => boolean;
  /** The engine has ended: everything else is closed. */
  readonly onEnd: () => Promise<void>;
}

export class Leaving {
  readonly #options: LeavingOptions;
  #how: How | undefined;
  #asking = false;
  #over = false;
  /** Windows tells only a window that its session ends, and ours may be away. */
  readonly #ear: BaseWindow | undefined;

  constructor(options: LeavingOptions) {
    this.#options = options;
    app.on("before-quit", (event) => {
      if (this.#over) return;
      event.preventDefault();
      this.#ask().catch((error: unknown) => options.log.error({ error: String(error) }, "a bug in quitting"));
    });
    // Nobody waits for tasks when the machine goes down, and a service manager that ends us does not ask.
    // Prevented, the system waits a few seconds for the application to end.
    const onShutdown = (event?: { preventDefault?: () => void }): void => {
      event?.preventDefault?.();
      this.go("give_back");
    };
    // The types know the event, and not what it brings.
    (powerMonitor as NodeJS.EventEmitter).on("shutdown", onShutdown);
    if (process.platform === "win32")
      this.#ear = sessionEar((event) => {
        // Windows ends at once who wants to wait without showing a window; who does not, gets a moment.
        if (options.isShown()) event.preventDefault();
        this.go("give_back");
      });
    for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"] as const) process.on(signal, () => this.go("give_back"));
  }

  get how(): How | undefined {
    return this.#how;
  }

  /** Ends the work and then the application; `then` stands in for quitting where an update wants to. */
  go(how: How, then: () => void = () => app.quit()): void {
    const { engine, log, onBegin, onEnd } = this.#options;
    const first = this.#how === undefined;
    if (!first && how === "finish") return;
    this.#how = how;
    log.info({ how }, "the application quits");
    onBegin(how);
    const stopped = engine.stop(how);
    if (!first) return;
    stopped
      .catch((error: unknown) => log.error({ error: String(error) }, "a bug in ending the work"))
      .then(onEnd)
      .catch((error: unknown) => log.error({ error: String(error) }, "a bug in closing"))
      .finally(() => {
        this.#over = true;
        this.#ear?.destroy();
        then();
      });
  }

  async #ask(): Promise<void> {
    // Asked again while tasks are finished: the donor does not want to wait.
    if (this.#how !== undefined) return this.go("give_back");
    const { engine, choice } = this.#options;
    const running = engine.held().some(({ state }) => state === "running" || state === "starting");
    const chosen = choice();
    if (!running) return this.go("finish");
    if (chosen !== "ask") return this.go(chosen);
    if (this.#asking) return;
    this.#asking = true;
    const answer = await this.#question().finally(() => (this.#asking = false));
    if (answer !== undefined) this.go(answer);
  }

  async #question(): Promise<How | undefined> {
    const { quitAsk } = this.#options.texts().desktop;
    const response = await ask({
      type: "question",
      message: quitAsk.message,
      detail: quitAsk.detail,
      buttons: [quitAsk.finish, quitAsk.giveBack, quitAsk.cancel],
    });
    return response === 0 ? "finish" : response === 1 ? "give_back" : undefined;
  }
}

/** A window that is never shown and hears of the end of the session. */
function sessionEar(onEnd: (event: { preventDefault(): void }) => void): BaseWindow {
  const ear = new BaseWindow({ show: false, skipTaskbar: true });
  ear.on("query-session-end", onEnd);
  return ear;
}
