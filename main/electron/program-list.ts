import { setTimeout } from "node:timers/promises";
import psList from "ps-list";
import type { Log } from "../engine/ports.ts";

/** Asking the system for all its programs costs a process, so not at every reading. */
const EVERY_MS = 5_000;
const ASK_MOST_MS = 3_000;
/** A system that is too busy to tell, with a game that loads say, is taken at its last word for this long. */
const KNOWN_FOR_MS = 60_000;

/** Which of some programs are running. */
export class ProgramList {
  readonly #log: Log;
  #askedAtMs = Number.NEGATIVE_INFINITY;
  #toldAtMs = Number.NEGATIVE_INFINITY;
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
      const listed = await Promise.race([psList(), late()]);
      this.#toldAtMs = performance.now();
      // What runs inside another program (Wine, Java, Python) is named by what that was given.
      return new Set(listed.flatMap(({ name, cmd = "" }) => [plain(name), ...programsOf(cmd)]));
    } catch (error) {
      // What cannot be told at all suspends nothing; the donor finds it in the log.
      this.#log.warn({ error: String(error) }, "the running programs cannot be listed");
      return performance.now() - this.#toldAtMs < KNOWN_FOR_MS ? this.#names : new Set();
    }
  }
}

/** The programs that a command line names: itself and its first argument, without their folders. */
function programsOf(command: string): string[] {
  return command
    .split(/\s+/)
    .slice(0, 2)
    .map((word) => plain(word.split(/[\\/]/).at(-1) ?? ""));
}

/** A list that does not come must not hold up the rules. */
async function late(): Promise<never> {
  await setTimeout(ASK_MOST_MS, undefined, { ref: false });
  throw new Error(`no answer within ${ASK_MOST_MS} ms`);
}

function plain(name: string): string {
  return name.toLowerCase().replace(/\.exe$/, "");
}
