import { ask, type Answer } from "./engine-answer.ts";
import type { Engine } from "./engine.ts";

/**
 * One request that stays open as long as the engine lives: its end says that the engine stopped,
 * or that the connection was cut.
 */
export class EngineWatch {
  readonly #stream: { destroy(): void };
  #alive = true;

  private constructor(stream: NodeJS.ReadableStream & { destroy(): void }, onEnd: () => void) {
    this.#stream = stream;
    const end = (): void => {
      if (!this.#alive) return;
      this.#alive = false;
      onEnd();
    };
    // An error is always followed by the close, which is what counts.
    stream.on("error", end).on("close", end);
    stream.resume();
  }

  static async open(engine: Engine, onEnd: () => void): Promise<Answer<EngineWatch>> {
    // Only what an engine says of itself is asked for, which is next to nothing.
    const opened = await ask("watch the engine", () => engine.docker.getEvents({ filters: { type: ["daemon"] } }));
    if (!opened.ok) return opened;
    // dockerode hands out the HTTP response: it can be destroyed, and its socket need not keep Node running.
    const response = opened.value as NodeJS.ReadableStream & { destroy(): void; socket?: { unref(): void } };
    response.socket?.unref();
    return { ok: true, value: new EngineWatch(response, onEnd) };
  }

  get alive(): boolean {
    return this.#alive;
  }

  close(): void {
    this.#alive = false;
    this.#stream.destroy();
  }
}
