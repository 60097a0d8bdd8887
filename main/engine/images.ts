import type { Fault } from "../../shared/contract/fault.ts";
import type { ImageView } from "../../shared/contract/views.ts";
import type { Clock, ContainerRuntime, Log } from "./ports.ts";

/** How long an image that could not be had is not asked for again. */
const RETRY_AFTER_MS = 60_000;

type Availability =
  | { readonly state: "asking" }
  | { readonly state: "ready" }
  | { readonly state: "missing"; readonly fault: Fault; readonly atMs: number };

/**
 * Which images are here. A task is claimed only once its image is: without it the task stays in
 * the queue for a node that has it.
 */
export class Images {
  readonly #known = new Map<string, Availability>();
  readonly #runtime: ContainerRuntime;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #pull: () => boolean;
  readonly #onReady: () => void;
  readonly #onMissing: () => void;

  constructor(
    runtime: ContainerRuntime,
    options: { clock: Clock; log: Log; pull: () => boolean; onReady: () => void; onMissing: () => void },
  ) {
    this.#runtime = runtime;
    this.#clock = options.clock;
    this.#log = options.log;
    this.#pull = options.pull;
    this.#onReady = options.onReady;
    this.#onMissing = options.onMissing;
  }

  /** Asks for an image unless its state is known; calls back when it became ready. */
  want(image: string, signal: AbortSignal): void {
    const known = this.#known.get(image);
    if (known?.state === "asking" || known?.state === "ready") return;
    if (known?.state === "missing" && this.#clock.monotonic() - known.atMs < RETRY_AFTER_MS) return;
    this.#known.set(image, { state: "asking" });
    this.#runtime.ensureImage(image, this.#pull(), signal).then(
      (outcome) => {
        if (outcome.ok) {
          this.#known.set(image, { state: "ready" });
          this.#onReady();
        } else {
          this.#known.set(image, { state: "missing", fault: outcome.fault, atMs: this.#clock.monotonic() });
          this.#onMissing();
          if (!signal.aborted)
            this.#log.warn({ image, fault: outcome.fault.code, detail: outcome.fault.detail }, "image not available");
        }
      },
      (error: unknown) => {
        this.#known.delete(image);
        this.#log.error({ image, error: String(error) }, "asking for the image failed");
      },
    );
  }

  /** Forgets what is known, because the engine changed or an image turned out to be gone. */
  forget(): void {
    for (const [image, state] of this.#known) if (state.state !== "asking") this.#known.delete(image);
  }

  /** What is known of an image, for the interface. */
  view(image: string): ImageView {
    const known = this.#known.get(image);
    return { image, state: known?.state ?? "unknown", fault: known?.state === "missing" ? known.fault : null };
  }

  isReady(image: string): boolean {
    return this.#known.get(image)?.state === "ready";
  }

  /** Whether it is known that the image cannot be had for now. */
  isMissing(image: string): boolean {
    return this.#known.get(image)?.state === "missing";
  }
}
