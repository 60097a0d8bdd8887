/** Counts the time that a container ran, frozen time left out. All times are monotonic ms. */
export class Stopwatch {
  #ranMs: number;
  #sinceMs: number | undefined;

  /** @param ranMs what an earlier process saw it run already. */
  constructor(nowMs: number, ranMs = 0) {
    this.#ranMs = ranMs;
    this.#sinceMs = nowMs;
  }

  get frozen(): boolean {
    return this.#sinceMs === undefined;
  }

  ranMs(nowMs: number): number {
    return this.#ranMs + (this.#sinceMs === undefined ? 0 : nowMs - this.#sinceMs);
  }

  freeze(nowMs: number): void {
    this.#ranMs = this.ranMs(nowMs);
    this.#sinceMs = undefined;
  }

  thaw(nowMs: number): void {
    this.#sinceMs ??= nowMs;
  }
}
