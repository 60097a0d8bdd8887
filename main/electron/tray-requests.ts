/** What the tray asks of the worker: what the window would ask, through the same handlers. */
import type { Fault, Outcome } from "../../shared/contract/fault.ts";
import type { MethodInput } from "../../shared/contract/methods.ts";
import type { Api } from "../api/api.ts";
import type { Log } from "../engine/ports.ts";

export interface TrayRequestsOptions {
  readonly api: Api;
  readonly log: Log;
  /** Told what went wrong, because a menu cannot show it. */
  readonly onFault: (fault: Fault) => void;
}

/** A request from inside: nobody cancels it and nobody waits for its progress. */
const CONTEXT = { signal: new AbortController().signal, progress: () => undefined, seq: () => 0 };

export class TrayRequests {
  readonly #options: TrayRequestsOptions;

  constructor(options: TrayRequestsOptions) {
    this.#options = options;
  }

  setMode(input: MethodInput<"mode.set">): void {
    this.#ask("mode.set", async ({ handlers }) => handlers["mode.set"](input, CONTEXT));
  }

  /** Makes the demo grid and donates to it; there is nothing left of the first run then. */
  donateToDemo(): void {
    this.#ask("grids.demo", async ({ handlers }) => {
      const made = await handlers["grids.demo"]({}, CONTEXT);
      if (!made.ok) return made;
      const setUp = await handlers["settings.update"]({ setUp: true }, CONTEXT);
      return setUp.ok ? handlers["mode.set"]({ to: "donate" }, CONTEXT) : setUp;
    });
  }

  #ask(what: string, request: (api: Api) => Promise<Outcome<unknown>>): void {
    const { api, log, onFault } = this.#options;
    request(api).then(
      (outcome) => {
        if (outcome.ok) return;
        log.error({ what, fault: outcome.fault.code }, "a request of the tray failed");
        onFault(outcome.fault);
      },
      (error: unknown) => log.error({ what, error: String(error) }, "a bug in a request of the tray"),
    );
  }
}
