import psList from "ps-list";
import type { Log } from "../engine/ports.ts";

/** Asking the system for all its programs costs a process, so not at every reading. */
const EVERY_MS = 5_000;

/** Which of some programs are running. */
export class ProgramList {
  readonly #log: Log;
  #askedAtMs = Number.NEGATIVE_INFINITY;
  #names: ReadonlySet<string> = new Set();

  constructor(log: Log) {
    this.#log = log;
  }

  /** Those of `wanted` that run, as they were given; letters' case and ".exe" make no difference. */
  async running(wanted: readonly string[]): Promise<readonly string[]> {
    if (wanted.length === 0) return [];
    if (performance.now() - this.#askedAtMs >= EVERY_MS) {
      this.#askedAtMs = performance.now();
      this.#names = await this.#ask();
    }
    return wanted.filter((name) => this.#names.has(plain(name)));
  }

  async #ask(): Promise<ReadonlySet<string>> {
    try {
      return new Set((await psList()).map(({ name }) => plain(name)));
    } catch (error) {
      // What cannot be told suspends nothing; the donor finds it in the log.
      this.#log.warn({ error: String(error) }, "the running programs cannot be listed");
      return new Set();
    }
  }
}

function plain(name: string): string {
  return name.toLowerCase().replace(/\.exe$/, "");
}
