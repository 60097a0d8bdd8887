import type { Log } from "../engine/ports.ts";
import { openOwnStore } from "./places.ts";

const FILE = "desktop";

/** What the donor is told once, ever, as far as the disk remembers it. */
export class SaidOnce {
  readonly #dataDir: string;
  readonly #log: Log;
  readonly #said = new Set<string>();

  constructor(dataDir: string, log: Log) {
    this.#dataDir = dataDir;
    this.#log = log;
  }

  /** Whether it was never said; from now on it was. */
  isFirst(what: string): boolean {
    if (this.#said.has(what)) return false;
    this.#said.add(what);
    try {
      const own = openOwnStore(this.#dataDir, FILE, { log: this.#log });
      if (own.get(what) === true) return false;
      own.set(what, true);
    } catch (error) {
      this.#log.warn({ error: String(error) }, "what was said cannot be kept: it is said again after the next start");
    }
    return true;
  }
}
