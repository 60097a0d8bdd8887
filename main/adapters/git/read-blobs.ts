/** Reads blobs from the local object database; what is larger than the limit is passed over. */
import { failure, success, type Outcome } from "../../../shared/contract/fault.ts";
import type { Git, GitOptions } from "./git-command.ts";
import { localFault } from "./git-faults.ts";
import type { Blobs } from "./repo-tree.ts";

/** A result's two streams may grow sixfold when written as JSON; nothing honest is larger. */
export const BLOB_MAX_BYTES = 256 * 1024;

/** Of one command's output, and of everything that a grid may make us keep. */
const CHUNK_BYTES = 16 * 1024 * 1024;
const KEPT_MAX_BYTES = 128 * 1024 * 1024;

/**
 * Puts the blobs that are there into `into`; returns the ids of those that are not. Sizes are asked
 * for first, so that what is too large is never unpacked.
 */
export async function readBlobs(
  git: Git,
  oids: readonly string[],
  into: Blobs,
  options: GitOptions,
): Promise<Outcome<string[]>> {
  if (oids.length === 0) return success([]);
  const looked = await git(["cat-file", "--batch-check"], { ...options, input: `${oids.join("\n")}\n` });
  if (looked.exitCode !== 0) return { ok: false, fault: localFault(looked) };
  const missing: string[] = [];
  let kept = [...into.values()].reduce((sum, blob) => sum + (blob === "too_large" ? 0 : blob.byteLength), 0);
  let chunk: string[] = [];
  let chunkBytes = 0;
  for (const line of looked.stdout.toString("latin1").split("\n")) {
    const [oid = "", type, size] = line.split(" ");
    if (oid === "") continue;
    if (type === "missing") missing.push(oid);
    else if (type !== "blob" || Number(size) > BLOB_MAX_BYTES) into.set(oid, "too_large");
    else {
      kept += Number(size);
      if (kept > KEPT_MAX_BYTES) return failure("grid_too_large", `its open files are over ${KEPT_MAX_BYTES} bytes`);
      chunk.push(oid);
      chunkBytes += Number(size);
      if (chunkBytes < CHUNK_BYTES) continue;
      const read = await readChunk(git, chunk, into, options);
      if (!read.ok) return read;
      chunk = [];
      chunkBytes = 0;
    }
  }
  const read = await readChunk(git, chunk, into, options);
  return read.ok ? success(missing) : read;
}

async function readChunk(git: Git, oids: readonly string[], into: Blobs, options: GitOptions): Promise<Outcome<void>> {
  if (oids.length === 0) return success(undefined);
  const parser = new BatchParser(into);
  const result = await git(["cat-file", "--batch"], {
    ...options,
    input: `${oids.join("\n")}\n`,
    onOutput: (data) => parser.push(data),
  });
  return result.exitCode === 0 ? success(undefined) : { ok: false, fault: localFault(result) };
}

/** The output of `cat-file --batch`: "<id> <type> <size>\n<bytes>\n". */
class BatchParser {
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
        this.#current.parts.push(take);
        data = data.subarray(take.byteLength);
        if (this.#current.left > 0) break;
        this.#finish();
      }
    }
    this.#pending = Buffer.from(data);
  }

  #header(line: string): void {
    const [oid = "", , size] = line.split(" ");
    this.#current = { oid, size: Number(size), left: Number(size) + 1, parts: [] };
  }

  #finish(): void {
    if (this.#current === undefined) return;
    const { oid, size, parts } = this.#current;
    this.#into.set(oid, new Uint8Array(Buffer.concat(parts).subarray(0, size)));
    this.#current = undefined;
  }
}
