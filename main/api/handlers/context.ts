import { success, type Outcome } from "../../../shared/contract/fault.ts";
import type { Handlers } from "../../../shared/rpc/serve.ts";
import type { DonorGrids } from "../donor-grids.ts";
import type { DonorSettings } from "../donor-settings.ts";
import type { ApiHost } from "../host.ts";
import type { Publisher } from "../publisher.ts";

/** What every handler works with. */
export interface ApiContext {
  readonly host: ApiHost;
  readonly settings: DonorSettings;
  readonly grids: DonorGrids;
  readonly publisher: Publisher;
}

/** The handlers of one part of the contract: those whose names begin with it. */
export type HandlersOf<Part extends string> = Pick<Handlers, Extract<keyof Handlers, `${Part}.${string}`>>;

/** The answer of a command: nothing but that it was heard, or why not. */
export function done(outcome: Outcome<unknown>): Outcome<Record<string, never>> {
  return outcome.ok ? success({}) : outcome;
}
