import type { CapturedStream, Clock, Log, OutputLine } from "../../engine/ports.ts";
import { FrameParser, type StreamName } from "./frame-parser.ts";
import { OutputCapture } from "./output-capture.ts";

/**
 * What is read of one container per second once its output is of no more use. The engine stops
 * a writer that is not read, so that a flood costs this machine's CPU no more than this.
 */
const FLOOD_BYTES_PER_SECOND = 16 * 1024 * 1024;
const FLOOD_PAUSE_MS = 50;

export interface ContainerOutputOptions {
  readonly clock: Clock;
  readonly log: Log;
  readonly onOutput: (line: OutputLine) => void;
}

/** Reads one container's output to its end, whatever comes. */
export class ContainerOutput {
  readonly #streams: Record<StreamName, OutputCapture> = { stdout: new OutputCapture(), stderr: new OutputCapture() };
  readonly #options: ContainerOutputOptions;
  readonly #stop = new AbortController();
  readonly #source: NodeJS.ReadableStream;
  /** Settles at the stream's end, whatever ended it. Never rejects. */
  readonly ended: Promise<void>;
  #endedAtMs: number | undefined;

  constructor(source: NodeJS.ReadableStream, options: ContainerOutputOptions) {
    this.#source = source;
    this.#options = options;
    this.ended = this.#read();
  }

  /** Monotonic ms of the stream's end; undefined while it lasts. */
  get endedAtMs(): number | undefined {
    return this.#endedAtMs;
  }

  get bytes(): number {
    return this.#streams.stdout.bytes + this.#streams.stderr.bytes;
  }

  captured(): { readonly stdout: CapturedStream; readonly stderr: CapturedStream } {
    return { stdout: this.#streams.stdout.captured(), stderr: this.#streams.stderr.captured() };
  }

  /** Ends the reading; what was captured stays. */
  stop(): void {
    this.#stop.abort();
    // Both of what dockerode hands out, a socket and an HTTP response, can be destroyed.
    (this.#source as NodeJS.ReadableStream & { destroy(): void }).destroy();
  }

  async #read(): Promise<void> {
    const { clock, onOutput } = this.#options;
    const parser = new FrameParser((stream, piece) => {
      this.#streams[stream].push(piece);
      onOutput({ stream, chunk: piece });
    });
    let sinceMs = clock.monotonic();
    let sinceBytes = 0;
    try {
      for await (const chunk of this.#source) {
        // No encoding is set on the stream, so that it yields buffers.
        parser.push(chunk as Buffer);
        const elapsedMs = clock.monotonic() - sinceMs;
        if (elapsedMs > 1000) {
          sinceMs += elapsedMs;
          sinceBytes = this.bytes;
        } else if (this.bytes - sinceBytes > (FLOOD_BYTES_PER_SECOND * (elapsedMs + FLOOD_PAUSE_MS)) / 1000) {
          await clock.sleep(FLOOD_PAUSE_MS, this.#stop.signal);
        }
      }
    } catch (error) {
      // A stream that is cut ends the reading; what it held beyond is in the engine's log.
      this.#options.log.debug({ error: String(error) }, "a container's output was cut");
    } finally {
      this.#endedAtMs = clock.monotonic();
    }
  }
}
