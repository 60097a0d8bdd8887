import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";

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

function incomingBytes(packs: string): number {
  // Before the first pack there is no such folder, and a clone that is thrown away loses it.
  if (!existsSync(packs)) return 0;
  let bytes = 0;
  for (const name of readdirSync(packs)) {
    if (name.startsWith("tmp_pack_")) bytes += statSync(join(packs, name), { throwIfNoEntry: false })?.size ?? 0;
  }
  return bytes;
}
