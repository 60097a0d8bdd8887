import type { Fault } from "../../shared/contract/fault.ts";
import type { Clock, ContainerRuntime, Log, RuntimeInfo } from "./ports.ts";

const READY_CHECK_MS = 30_000;
const NOT_READY_CHECK_MS = 3_000;
/** After the engine failed to start a task for reasons of its own. */
const TROUBLE_MS = 30_000;

/** Whether the container engine can be used: looked at again and again, and after every sign of trouble. */
export class RuntimeCheck {
  readonly #options: { readonly runtime: ContainerRuntime; readonly clock: Clock; readonly log: Log };
  #nextCheckMs = 0;
  #trouble: { readonly what: Fault; readonly untilMs: number } | undefined;
  /** The engine whose limits were proven. */
  runtime: RuntimeInfo | undefined;
  fault: Fault | undefined;

  constructor(options: { readonly runtime: ContainerRuntime; readonly clock: Clock; readonly log: Log }) {
    this.#options = options;
  }

  /** The next look is due at once. */
  soon(): void {
    this.#nextCheckMs = 0;
  }

  /** @returns whether it was looked at; nothing is due too often. */
  async check(signal: AbortSignal): Promise<boolean> {
    const { runtime, clock, log } = this.#options;
    if (clock.monotonic() < this.#nextCheckMs) return false;
    const checked = await runtime.check(signal);
    if (signal.aborted) return false;
    const before = this.fault;
    this.runtime = checked.ok ? checked.value : undefined;
    this.fault = checked.ok ? undefined : checked.fault;
    // From its end: one that takes long is not followed by the next at once.
    this.#nextCheckMs = clock.monotonic() + (checked.ok ? READY_CHECK_MS : NOT_READY_CHECK_MS);
    if (!checked.ok && before?.code !== checked.fault.code) {
      const { code, detail, meaning, next } = checked.fault;
      log.warn({ fault: code, detail }, `${meaning} ${next}`);
    }
    return true;
  }

  /** Starting a task failed. What the engine cannot do for one task it cannot do for the next: no claims for a while. */
  startFailed(what: Fault): void {
    this.soon();
    if (/^(container|image)_/.test(what.code)) return;
    this.#trouble = { what, untilMs: this.#options.clock.monotonic() + TROUBLE_MS };
  }

  get trouble(): Fault | undefined {
    const trouble = this.#trouble;
    return trouble !== undefined && this.#options.clock.monotonic() < trouble.untilMs ? trouble.what : undefined;
  }

  /** Whether a task could be started now. */
  get usable(): boolean {
    return this.runtime !== undefined && this.trouble === undefined;
  }
}
