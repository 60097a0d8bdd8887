/**
 * Remembers what was parsed, by object id, for as long as it is in use: what two rounds did not
 * ask for is dropped, so that the memory follows the grid and not its history.
 */
export class ParseCache {
  #current = new Map<string, unknown>();
  #previous = new Map<string, unknown>();

  nextRound(): void {
    this.#previous = this.#current;
    this.#current = new Map();
  }

  /** The value for a key within a kind; each kind has one type, which its one caller fixes. */
  of<T>(kind: string, key: string, parse: () => T): T {
    const full = `${kind} ${key}`;
    if (this.#current.has(full)) return this.#current.get(full) as T;
    const value = this.#previous.has(full) ? (this.#previous.get(full) as T) : parse();
    this.#current.set(full, value);
    return value;
  }
}
