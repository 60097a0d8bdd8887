/** One-shot access to a grid for the commands: the address judged, the token found, a clone for the call. */
import { failure, type Outcome } from "../../shared/contract/fault.ts";
import { ADDRESS_HELP, parseGridAddress, type GridAddress } from "../../shared/domain/grid-address.ts";
import type { Log, TaskRepo } from "../engine/ports.ts";
import { withScratchRepo } from "./open-worker.ts";

export interface GridAccess {
  readonly address: GridAddress;
  readonly token: string | undefined;
  readonly log: Log;
}

export function gridAddress(url: string): Outcome<GridAddress> {
  const address = parseGridAddress(url);
  return "problem" in address
    ? failure("grid_address_refused", ADDRESS_HELP[address.problem])
    : { ok: true, value: address };
}

/** Gives `work` a repository whose clone is gone afterwards; Ctrl-C ends it. */
export async function withGrid<T>(
  { address, token, log }: GridAccess,
  work: (repo: TaskRepo, signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const stop = new AbortController();
  const interrupt = (): void => stop.abort();
  process.once("SIGINT", interrupt);
  try {
    return await withScratchRepo({ address, token, nodeId: "dgrid", log }, (repo) => work(repo, stop.signal));
  } finally {
    process.off("SIGINT", interrupt);
  }
}
