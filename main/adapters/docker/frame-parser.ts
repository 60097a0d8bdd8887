/** The engine's header before each piece of output: stream number, three zeros, length. */
const HEADER_BYTES = 8;

export type StreamName = "stdout" | "stderr";

/**
 * Takes the engine's multiplexed output apart. Holds at most one incomplete header: the pieces
 * are views of what came in, so a flood costs no memory.
 */
export class FrameParser {
  readonly #header = Buffer.alloc(HEADER_BYTES);
  readonly #onPiece: (stream: StreamName, piece: Buffer) => void;
  #headerBytes = 0;
  #left = 0;
  #stream: StreamName = "stdout";

  constructor(onPiece: (stream: StreamName, piece: Buffer) => void) {
    this.#onPiece = onPiece;
  }

  push(chunk: Buffer): void {
    let at = 0;
    while (at < chunk.length) {
      if (this.#left === 0) {
        at += this.#readHeader(chunk, at);
        continue;
      }
      const piece = chunk.subarray(at, at + this.#left);
      at += piece.length;
      this.#left -= piece.length;
      this.#onPiece(this.#stream, piece);
    }
  }

  #readHeader(chunk: Buffer, at: number): number {
    const taken = chunk.copy(this.#header, this.#headerBytes, at, at + HEADER_BYTES - this.#headerBytes);
    this.#headerBytes += taken;
    if (this.#headerBytes === HEADER_BYTES) {
      this.#headerBytes = 0;
      // 3 is the engine's own complaint about a stream; it is shown where errors are.
      this.#stream = (this.#header[0] ?? 0) <= 1 ? "stdout" : "stderr";
      this.#left = this.#header.readUInt32BE(4);
    }
    return taken;
  }
}
