/** Reads blobs from the local object database; what is larger than the limit is passed over. */
import { success, type Outcome } from "../../../shared/contract/fault.ts";
import type { Git, GitOptions } from "./git-command.ts";
import { localFault } from "./git-faults.ts";
import type { Blobs } from "./repo-tree.ts";

/** A result's two streams may grow sixfold when written as JSON; nothing honest is larger. */
export const BLOB_MAX_BYTES = 256 * 1024;

/** Puts the blobs that are there into `into`; returns the ids of those that are not. */
export async function readBlobs(
  git: Git,
  oids: readonly string[],
  into: Blobs,
  options: GitOptions,
): Promise<Outcome<string[]>> {
  if (oids.length === 0) return success([]);
  const parser = new BatchParser(into);
  const result = await git(["cat-file", "--batch"], {
    ...options,
    input: `${oids.join("\n")}\n`,
    onOutput: (chunk) => parser.push(chunk),
  });
  return result.exitCode === 0 ? success(parser.missing) : { ok: false, fault: localFault(result) };
}

/** The output of `cat-file --batch`: "<id> <type> <size>\n<bytes>\n", or "<id> missing\n". */
class BatchParser {
  readonly missing: string[] = [];
  readonly #into: Blobs;
  #pending = Buffer.alloc(0);
  #current: { oid: string; size: number; left: number; parts: Buffer[] } | undefined;

  constructor(into: Blobs) {
    this.#into = into;
  }

  push(chunk: Buffer): void {
    let data = this.#pending.byteLength === 0 ? chunk : Buffer.concat([this.#pending, chunk]);
    for (;;) {
      if (this.#current === undefined) {
        const end = data.indexOf(0x0a);
        if (end === -1) break;
        this.#header(data.subarray(0, end).toString("latin1"));
        data = data.subarray(end + 1);
      } else {
        const take = data.subarray(0, this.#current.left);
        this.#current.left -= take.byteLength;
        if (this.#current.size <= BLOB_MAX_BYTES) this.#current.parts.push(take);
        data = data.subarray(take.byteLength);
        if (this.#current.left > 0) break;
        this.#finish();
      }
    }
    this.#pending = Buffer.from(data);
  }

  #header(line: string): void {
    const [oid = "", type, size] = line.split(" ");
    if (type === "missing") this.missing.push(oid);
    else this.#current = { oid, size: Number(size), left: Number(size) + 1, parts: [] };
  }

  #finish(): void {
    if (this.#current === undefined) return;
    const { oid, size, parts } = this.#current;
    this.#into.set(oid, size > BLOB_MAX_BYTES ? "too_large" : new Uint8Array(Buffer.concat(parts).subarray(0, size)));
    this.#current = undefined;
  }
}
