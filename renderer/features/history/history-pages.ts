/**
 * The rows of the history that are in sight, fetched in pages of a hundred.
 *
 * Invariant: what is shown stays until something newer takes its place, so that nothing flickers
 * and no place is lost when rows come, go or are asked for anew. Pages far from sight are let go.
 */
import type { Fault, Outcome } from "../../../shared/contract/fault.ts";
import type { HistoryRow } from "../../../shared/contract/views.ts";

export const PAGE_ROWS = 100;
const PAGES_KEPT = 12;
/** Fetches are at least this far apart, so that a drag through everything does not ask for all of it. */
const APART_MS = 80;

export interface Page {
  readonly total: number;
  readonly rows: readonly HistoryRow[];
}

/** Asks for rows; the signal ends asking for what nobody waits for any more. */
export type AskPage = (offset: number, limit: number, signal: AbortSignal) => Promise<Outcome<Page>>;

export interface HistoryView {
  /** undefined before the first answer. */
  readonly total: number | undefined;
  readonly row: (index: number) => HistoryRow | undefined;
  /** Why the last answer did not come. */
  readonly fault: Fault | undefined;
}

interface Kept {
  readonly rows: readonly HistoryRow[];
  /** Of which question: an older one is shown until the newer has been answered. */
  readonly version: number;
}

export class HistoryPages {
  readonly #pages = new Map<number, Kept>();
  readonly #listeners = new Set<() => void>();
  readonly #asking = new Map<number, AbortController>();
  #ask: AskPage | undefined;
  #version = 0;
  #range: readonly [first: number, last: number] = [0, PAGE_ROWS - 1];
  #timer: ReturnType<typeof setTimeout> | undefined;
  #view: HistoryView = { total: undefined, row: () => undefined, fault: undefined };

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  };

  readonly view = (): HistoryView => this.#view;

  /** Another question: another filter or order, or the same because rows changed. */
  ask(ask: AskPage): void {
    this.#ask = ask;
    this.#version++;
    this.#dropAsking();
    this.#soon(0);
  }

  /** What is in sight. */
  readonly look = (first: number, last: number): void => {
    this.#range = [first, last];
    this.#soon(APART_MS);
  };

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#dropAsking();
  }

  #soon(waitMs: number): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#fetchWanted();
    }, waitMs);
  }

  #wanted(): number[] {
    const [first, last] = this.#range;
    const end = Math.max(first, Math.min(last, (this.#view.total ?? PAGE_ROWS) - 1));
    const pages: number[] = [];
    for (let page = Math.floor(first / PAGE_ROWS); page <= Math.floor(end / PAGE_ROWS); page++) pages.push(page);
    return pages;
  }

  #fetchWanted(): void {
    const wanted = this.#wanted();
    for (const [page, abort] of this.#asking) {
      if (wanted.includes(page)) continue;
      abort.abort();
      this.#asking.delete(page);
    }
    for (const page of wanted) {
      if (this.#pages.get(page)?.version !== this.#version && !this.#asking.has(page)) void this.#fetch(page);
    }
  }

  async #fetch(page: number): Promise<void> {
    if (this.#ask === undefined) return;
    const version = this.#version;
    const abort = new AbortController();
    this.#asking.set(page, abort);
    const outcome = await this.#ask(page * PAGE_ROWS, PAGE_ROWS, abort.signal);
    if (abort.signal.aborted || version !== this.#version) return;
    this.#asking.delete(page);
    if (!outcome.ok) return this.#show({ ...this.#view, fault: outcome.fault });
    const { total, rows } = outcome.value;
    this.#pages.set(page, { rows, version });
    this.#letGo();
    const pages = this.#pages;
    this.#show({
      total,
      row: (index) => pages.get(Math.floor(index / PAGE_ROWS))?.rows[index % PAGE_ROWS],
      fault: undefined,
    });
    // The end may have moved into sight.
    this.#soon(APART_MS);
  }

  /** Pages of older questions go with the first answer that is out of their sight, the farthest of the others too. */
  #letGo(): void {
    const wanted = this.#wanted();
    for (const [page, { version }] of this.#pages) {
      if (version !== this.#version && !wanted.includes(page)) this.#pages.delete(page);
    }
    const middle = (wanted[0] ?? 0) + wanted.length / 2;
    const far = [...this.#pages.keys()].sort((a, b) => Math.abs(b - middle) - Math.abs(a - middle));
    for (const page of far.slice(0, Math.max(0, this.#pages.size - PAGES_KEPT))) this.#pages.delete(page);
  }

  #dropAsking(): void {
    for (const abort of this.#asking.values()) abort.abort();
    this.#asking.clear();
  }

  #show(view: HistoryView): void {
    this.#view = view;
    for (const listener of this.#listeners) listener();
  }
}
