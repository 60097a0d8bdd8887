import { OUTPUT_KEPT_BYTES } from "../../../shared/domain/result.ts";
import type { CapturedStream } from "../../engine/ports.ts";

/** Keeps the first bytes of one stream and counts the rest. */
export class OutputCapture {
  readonly #kept = Buffer.alloc(OUTPUT_KEPT_BYTES);
  #keptBytes = 0;
  #bytes = 0;

  get bytes(): number {
    return this.#bytes;
  }

  push(piece: Uint8Array): void {
    if (this.#keptBytes < OUTPUT_KEPT_BYTES) {
      const part = piece.subarray(0, OUTPUT_KEPT_BYTES - this.#keptBytes);
      this.#kept.set(part, this.#keptBytes);
      this.#keptBytes += part.length;
    }
    this.#bytes += piece.length;
  }

  captured(): CapturedStream {
    const cut = this.#bytes > this.#keptBytes;
    const kept = this.#kept.subarray(0, this.#keptBytes);
    const decoded = (cut ? wholeCharacters(kept) : kept).toString("utf8");
    // A byte that is no UTF-8 becomes U+FFFD, which takes three: the bound is kept once more.
    const text = firstBytes(decoded, OUTPUT_KEPT_BYTES);
    return { text, bytes: this.#bytes, truncated: cut || text.length < decoded.length };
  }
}

/** The text as far as it fits, in whole characters. */
function firstBytes(text: string, bytes: number): string {
  const { read } = new TextEncoder().encodeInto(text, new Uint8Array(bytes));
  return text.slice(0, read);
}

/** The bytes without a character that was cut at the end. */
function wholeCharacters(bytes: Buffer): Buffer {
  for (let back = 1; back <= 3 && back <= bytes.length; back++) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte < 0x80) return bytes;
    if (byte >= 0xc0) {
      const wanted = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
      return back < wanted ? bytes.subarray(0, bytes.length - back) : bytes;
    }
  }
  return bytes;
}
