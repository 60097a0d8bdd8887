/**
 * What running tasks write, for people who watch: the last part of each, in memory.
 *
 * Invariant: bounded whatever a task writes. The result that is committed is captured elsewhere
 * (the adapter); nothing here decides anything.
 */
import type { MethodOutput } from "../../shared/contract/methods.ts";
import type { OutputLine } from "../engine/ports.ts";

type Stream = OutputLine["stream"];

interface Chunk {
  readonly stream: Stream;
  text: string;
}

interface RunLog {
  readonly decoders: Readonly<Record<Stream, InstanceType<typeof TextDecoder>>>;
  readonly chunks: Chunk[];
  /** Where the first kept chunk begins, in characters since the run began. */
  from: number;
  end: number;
  over: boolean;
}

/** Characters kept of a run. */
const KEPT_CHARS = 1024 * 1024;
/** Small pieces are joined up to this size, so that a line a piece costs no object a piece. */
const CHUNK_CHARS = 16 * 1024;
/** Runs that are over and still kept. */
const KEPT_OVER = 8;

export class RunLogs {
  readonly #logs = new Map<string, RunLog>();
  readonly #listeners = new Set<(claimId: string, end: number) => void>();

  append(claimId: string, { stream, chunk }: OutputLine): void {
    const log = this.#log(claimId);
    // The engine may run the same claim again, after it went away under it.
    log.over = false;
    const text = log.decoders[stream].decode(chunk, { stream: true });
    if (text !== "") this.#add(claimId, log, stream, text);
  }

  /** The run is over: what a stream left of half a character becomes a mark, and older logs make room. */
  close(claimId: string): void {
    const log = this.#logs.get(claimId);
    if (log === undefined || log.over) return;
    for (const stream of ["stdout", "stderr"] as const) {
      const rest = log.decoders[stream].decode();
      if (rest !== "") this.#add(claimId, log, stream, rest);
    }
    log.over = true;
    const over = [...this.#logs].filter(([, one]) => one.over);
    for (const [id] of over.slice(0, Math.max(0, over.length - KEPT_OVER))) this.#logs.delete(id);
  }

  /** Runs whose output may still grow. */
  live(): string[] {
    return [...this.#logs].filter(([, { over }]) => !over).map(([claimId]) => claimId);
  }

  has(claimId: string): boolean {
    return this.#logs.has(claimId);
  }

  /** At most `maxChars` from a place on, or from the first that is still kept. */
  read(claimId: string, from: number, maxChars: number): MethodOutput<"log.read"> | undefined {
    const log = this.#logs.get(claimId);
    if (log === undefined) return undefined;
    const start = Math.min(Math.max(from, log.from), log.end);
    const chunks: Chunk[] = [];
    let at = log.from;
    let left = maxChars;
    for (const { stream, text } of log.chunks) {
      if (left <= 0) break;
      const part = at + text.length <= start ? "" : text.slice(Math.max(0, start - at)).slice(0, left);
      if (part !== "") chunks.push({ stream, text: part });
      left -= part.length;
      at += text.length;
    }
    return { from: start, chunks, to: start + maxChars - left, end: log.end, over: log.over };
  }

  /** Calls back with a run's new length. */
  subscribe(listener: (claimId: string, end: number) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #log(claimId: string): RunLog {
    let log = this.#logs.get(claimId);
    if (log === undefined) {
      log = {
        decoders: { stdout: new TextDecoder(), stderr: new TextDecoder() },
        chunks: [],
        from: 0,
        end: 0,
        over: false,
      };
      this.#logs.set(claimId, log);
    }
    return log;
  }

  #add(claimId: string, log: RunLog, stream: Stream, text: string): void {
    const last = log.chunks.at(-1);
    if (last?.stream === stream && last.text.length + text.length <= CHUNK_CHARS) last.text += text;
    else log.chunks.push({ stream, text });
    log.end += text.length;
    let dropped = 0;
    for (const chunk of log.chunks) {
      if (log.end - log.from - chunk.text.length < KEPT_CHARS) break;
      log.from += chunk.text.length;
      dropped++;
    }
    if (dropped > 0) log.chunks.splice(0, dropped);
    for (const listener of this.#listeners) listener(claimId, log.end);
  }
}
