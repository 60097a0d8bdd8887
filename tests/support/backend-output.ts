import type { ServerResponse } from "node:http";
import type { BackendAnswer } from "./http-backend.ts";

/** What the backend answers on its way to the client: whole, not at all, or cut in a pack. */
export class BackendOutput {
  readonly #answer: BackendAnswer;
  readonly #response: ServerResponse;

  constructor(answer: BackendAnswer, response: ServerResponse) {
    this.#answer = answer;
    this.#response = response;
  }

  /** Streams all of it, at the client's pace. */
  async send(): Promise<void> {
    this.#writeHead();
    for await (const chunk of this.#chunks()) await this.#write(chunk);
    this.#response.end();
  }

  /** Lets the backend come to its end, sends the header at most and destroys the connection. */
  async discard(answer: "nothing" | "header"): Promise<void> {
    let bytes = 0;
    for await (const chunk of this.#chunks()) bytes += chunk.length;
    if (answer === "header") {
      this.#writeHead();
      await this.#writeThenDestroy(Buffer.from("0"));
    } else this.#response.destroy();
    if (bytes === 0) throw new Error("the backend ended without applying the push");
  }

  /** Streams up to `bytes` after a pack's first byte, then cuts; without a pack, all of it. */
  async sendUntilPack(bytes: number, onCut: () => void = () => undefined): Promise<void> {
    this.#writeHead();
    let held = Buffer.alloc(0);
    for await (const chunk of this.#chunks()) {
      // The mark may lie across two chunks: its length less one is held back.
      held = Buffer.concat([held, chunk]);
      const start = held.indexOf("PACK");
      if (start < 0) {
        await this.#write(held.subarray(0, Math.max(0, held.length - 3)));
        held = held.subarray(Math.max(0, held.length - 3));
      } else if (held.length >= start + bytes) {
        await this.#writeThenDestroy(held.subarray(0, start + bytes));
        onCut();
        return;
      }
    }
    await this.#write(held);
    this.#response.end();
  }

  #writeHead(): void {
    const headers: Record<string, string> = {};
    for (const [name, value] of this.#answer.headers) headers[name] = value;
    this.#response.writeHead(this.#answer.status, headers);
  }

  async *#chunks(): AsyncGenerator<Buffer> {
    if (this.#answer.first.length > 0) yield this.#answer.first;
    // A process's standard output without an encoding yields buffers only.
    for await (const chunk of this.#answer.rest) yield chunk as Buffer;
  }

  /** Destroying at once would also throw away what was written before. */
  async #writeThenDestroy(chunk: Buffer): Promise<void> {
    await new Promise((resolve) => this.#response.write(chunk, resolve));
    this.#response.destroy();
  }

  /** A client that went away is not waited for: the backend is read to its end all the same. */
  async #write(chunk: Buffer): Promise<void> {
    const response = this.#response;
    if (chunk.length === 0 || response.destroyed || response.write(chunk)) return;
    await new Promise<void>((resolve) => {
      const go = (): void => {
        response.off("drain", go).off("close", go);
        resolve();
      };
      response.on("drain", go).on("close", go);
    });
  }
}
