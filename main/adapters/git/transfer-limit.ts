import { existsSync, readdirSync, statSync } from "node:fs";
import { dirname, join } from "node:path";

const LOOK_EVERY_MS = 250;

export interface TransferLimit {
  /** Aborts when the limit is passed, or with the signal given. */
  readonly signal: AbortSignal;
  readonly exceeded: () => boolean;
  readonly stop: () => void;
}

/** Watches the pack that a fetch is writing, because Git itself has no limit for fetching. */
export function limitTransfer(packs: string, maxBytes: number, signal: AbortSignal): TransferLimit {
  const stop = new AbortController();
  const timer = setInterval(() => {
    if (incomingBytes(packs) > maxBytes) stop.abort();
  }, LOOK_EVERY_MS);
  return {
    signal: AbortSignal.any([signal, stop.signal]),
    exceeded: () => stop.signal.aborted,
    stop: () => clearInterval(timer),
  };
}

/** Packs under way, and what a server of the old protocol sends: whole packs and single objects. */
function incomingBytes(packs: string): number {
  const objects = dirname(packs);
  // Before the first pack there is no such folder, and a clone that is thrown away loses it.
  if (!existsSync(objects)) return 0;
  const loose = readdirSync(objects).filter((name) => name.length === 2);
  return [packs, ...loose.map((name) => join(objects, name))].reduce((sum, folder) => sum + temporaryBytes(folder), 0);
}

function temporaryBytes(folder: string): number {
  if (!existsSync(folder)) return 0;
  return readdirSync(folder)
    .filter((name) => name.startsWith("tmp_") || name.endsWith(".temp"))
    .reduce((sum, name) => sum + (statSync(join(folder, name), { throwIfNoEntry: false })?.size ?? 0), 0);
}
