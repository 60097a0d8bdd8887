/**
 * Reads the output of `git log --raw -z` as it comes: five fields of a commit, then two of each
 * file that it brought, each ended by NUL.
 *
 * Invariant: what a field says never decides where the next one begins. Git ends every field with
 * the one byte that no name, subject or path can hold, and the number of fields is known.
 */
import type { AuthorView } from "../../../shared/contract/views.ts";

/**
 * The encoding is the one in which Git splits a commit anyway. Any other, "none" too, would make it
 * translate the finished fields once more into what the commit claims, and the NULs with them.
 */
export const LOG_ARGS = [
  "log",
  // A file that a merge itself brought stands in the merge's combined difference.
  "-c",
  "--raw",
  "-z",
  "--no-abbrev",
  "--no-renames",
  "--no-mailmap",
  "--no-show-signature",
  "--encoding=UTF-8",
  "--format=tformat:%H%x00%an%x00%ae%x00%at%x00%s",
] as const;

const COMMIT_FIELDS = 5;
const TEXT_MAX_CHARACTERS = 200;
/** Of one field; a longer path is none of ours, and of a text the start is enough. */
const FIELD_MAX_BYTES = 8 * 1024;
/** Nothing later can be a date (ECMAScript, "Time Values"). */
const LATEST_MS = 8.64e15;

/** Gets each file that a commit brought, the newest commit first. */
export type OnFile = (author: AuthorView, path: string, oid: string) => void;

export class AuthorLog {
  readonly #onFile: OnFile;
  #field: Buffer[] = [];
  #fieldBytes = 0;
  #commit: string[] = [];
  #author: AuthorView | undefined;
  /** The blob of the file whose path comes next; undefined where a path is not what comes next. */
  #oid: string | undefined;

  constructor(onFile: OnFile) {
    this.#onFile = onFile;
  }

  push(chunk: Buffer): void {
    let start = 0;
    for (let end = chunk.indexOf(0); end !== -1; end = chunk.indexOf(0, start)) {
      this.#keep(chunk.subarray(start, end));
      const field = Buffer.concat(this.#field).toString("utf8");
      this.#field = [];
      this.#fieldBytes = 0;
      this.#take(field);
      start = end + 1;
    }
    this.#keep(chunk.subarray(start));
  }

  #keep(piece: Buffer): void {
    const room = FIELD_MAX_BYTES - this.#fieldBytes;
    if (room <= 0 || piece.byteLength === 0) return;
    this.#field.push(piece.subarray(0, room));
    this.#fieldBytes += Math.min(room, piece.byteLength);
  }

  #take(field: string): void {
    if (this.#oid !== undefined) {
      if (this.#author !== undefined) this.#onFile(this.#author, field, this.#oid);
      this.#oid = undefined;
      return;
    }
    if (this.#commit.length > 0) return this.#takeCommit(field);
    // Git parts a commit from its files by a line's end, or by an empty field where it is a merge.
    const [, raw] = /^\n?:(.*)$/s.exec(field) ?? [];
    // ":<modes> <blobs> <status>": the last blob is the file's own, whatever its parents' were.
    if (raw !== undefined) this.#oid = raw.split(" ").at(-2) ?? "";
    else if (field !== "") this.#takeCommit(field);
  }

  #takeCommit(field: string): void {
    this.#commit.push(field);
    if (this.#commit.length < COMMIT_FIELDS) return;
    const [commit = "", name = "", email = "", seconds = "", subject = ""] = this.#commit;
    this.#commit = [];
    const atMs = Math.min(Math.max(0, Math.floor(Number(seconds))) * 1000, LATEST_MS);
    this.#author = {
      name: plain(name),
      email: plain(email),
      atMs: Number.isNaN(atMs) ? 0 : atMs,
      commit,
      subject: plain(subject),
    };
  }
}

/** One short line, without what moves a cursor or turns the direction of writing. */
function plain(text: string): string {
  const line = text.replace(/[\p{Cc}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gu, " ").trim();
  return Array.from(line.slice(0, 2 * TEXT_MAX_CHARACTERS))
    .slice(0, TEXT_MAX_CHARACTERS)
    .join("")
    .toWellFormed();
}
