import { appendFileSync, closeSync, fstatSync, mkdirSync, openSync, renameSync, truncateSync } from "node:fs";
import { dirname } from "node:path";

/** What is told of lines that could not be written, once one can be again; one JSON object like any other line. */
const lost = (lines: number): string =>
  // A full disk may have taken half a line.
  `\n${JSON.stringify({ level: "warn", time: new Date().toISOString(), msg: `${lines} lines before this could not be written` })}\n`;

/**
 * A file of log lines that stays small: when it is full it is put aside as `<file>.1`, and what was put
 * aside before is gone. Written at once, so that the last words before an end are there.
 *
 * Invariant: it never throws for the disk's sake. A full disk must not end what the log only tells of.
 */
export class LogFile {
  readonly #file: string;
  readonly #mostBytes: number;
  #open: number | undefined;
  #bytes = 0;
  #lost = 0;

  constructor(file: string, mostBytes: number) {
    this.#file = file;
    this.#mostBytes = mostBytes;
  }

  write(line: string): void {
    try {
      const text = this.#lost === 0 ? line : lost(this.#lost) + line;
      const bytes = Buffer.byteLength(text);
      this.#open ??= this.#begin();
      if (this.#bytes > 0 && this.#bytes + bytes > this.#mostBytes) this.#open = this.#beginAnew(this.#open);
      appendFileSync(this.#open, text);
      this.#bytes += bytes;
      this.#lost = 0;
    } catch (error) {
      if (!(error instanceof Error && "code" in error)) throw error;
      this.#lost++;
    }
  }

  #begin(): number {
    mkdirSync(dirname(this.#file), { recursive: true });
    const open = openSync(this.#file, "a", 0o600);
    this.#bytes = fstatSync(open).size;
    return open;
  }

  #beginAnew(full: number): number {
    closeSync(full);
    this.#open = undefined;
    try {
      renameSync(this.#file, `${this.#file}.1`);
    } catch (error) {
      if (!(error instanceof Error && "code" in error)) throw error;
      // What cannot be put aside, because a program reads it say, makes room all the same.
      truncateSync(this.#file);
    }
    return this.#begin();
  }
}
