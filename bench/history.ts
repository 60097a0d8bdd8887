/** What a long history costs to look at: the store's part of it, as the worker answers a page. */
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openHistory } from "../main/adapters/history/sqlite-history.ts";
import type { HistoryStore, Log } from "../main/engine/ports.ts";
import type { HistoryFilter, HistorySort } from "../shared/contract/methods.ts";
import { FILLED_GRIDS, fillHistory } from "../tests/support/fill-history.ts";
import { type BenchTable, median } from "./table.ts";

/** Rows of a page, as the interface asks for them. */
const PAGE_ROWS = 100;
/** The newest run of the filled history; any fixed moment does. */
const NOW_MS = Date.UTC(2026, 0, 1);
const DAY_MS = 86_400_000;
const DEFAULT: HistorySort = { by: "claimed", descending: true };

export interface HistoryOptions {
  readonly rows: number;
  /** How often each question is asked; the median is what counts. */
  readonly repetitions: number;
}

export interface HistoryFigure {
  readonly name: string;
  readonly ms: number;
  readonly slowestMs: number;
}

export interface HistoryFigures {
  readonly rows: number;
  readonly fileBytes: number;
  readonly fillMs: number;
  readonly openMs: number;
  /** The first is the page that is shown first. */
  readonly questions: readonly HistoryFigure[];
  readonly deleteMs: number;
}

const fail = (_: unknown, message: string): never => {
  throw new Error(message);
};
const LOG: Log = { debug: fail, info: fail, warn: fail, error: fail };

/** Fills a file, opens it as a worker does, asks each question, and deletes all in the end. */
export function measureHistory({ rows, repetitions }: HistoryOptions): HistoryFigures {
  const folder = mkdtempSync(join(tmpdir(), "dgrid-history-"));
  try {
    const file = join(folder, "history.db");
    const fillMs = timed(() => fillHistory(file, rows, { nowMs: NOW_MS }));
    const fileBytes = statSync(file).size;
    const openedAt = performance.now();
    const history = openHistory(file, LOG);
    const openMs = performance.now() - openedAt;
    const questions = questionsOf(history).map(([name, ask]) => {
      const times = Array.from({ length: repetitions }, () => timed(ask));
      return { name, ms: median(times), slowestMs: Math.max(...times) };
    });
    const deleteMs = timed(() => history.delete({}, 1_000_000));
    history.close();
    return { rows, fileBytes, fillMs, openMs, questions, deleteMs };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function questionsOf(history: HistoryStore): [name: string, ask: () => unknown][] {
  const { total } = history.page({}, DEFAULT, { offset: 0, limit: 1 });
  const page = (filter: HistoryFilter, sort = DEFAULT, offset = 0) => {
    return (): unknown => history.page(filter, sort, { offset, limit: PAGE_ROWS });
  };
  const middle = Math.floor(total / 2);
  const sorts = (["claimed", "task", "grid", "outcome", "duration"] as const).flatMap((by) =>
    [false, true].map((descending): HistorySort => ({ by, descending })),
  );
  const named = ({ by, descending }: HistorySort): string => `by ${by}, ${descending ? "descending" : "ascending"}`;
  return [
    ["first page, newest first", page({})],
    ["middle page", page({}, DEFAULT, middle)],
    ["last page", page({}, DEFAULT, Math.max(0, total - PAGE_ROWS))],
    ["text that some rows have", page({ text: "fold-5" })],
    ["text that no row has", page({ text: "nowhere" })],
    ["one grid", page({ grid: FILLED_GRIDS[0] })],
    ["two outcomes", page({ outcomes: ["failed", "timed_out"] })],
    ["a month", page({ fromMs: NOW_MS - 90 * DAY_MS, toMs: NOW_MS - 60 * DAY_MS })],
    ...sorts.flatMap((sort): [string, () => unknown][] => [
      [`${named(sort)}: first page`, page({}, sort)],
      [`${named(sort)}: middle page`, page({}, sort, middle)],
    ]),
    ["totals of all time", () => history.totals(0)],
    ["totals by day", () => history.days(0)],
    ["the grids", () => history.grids()],
  ];
}

function timed(body: () => unknown): number {
  const from = performance.now();
  body();
  return performance.now() - from;
}

/** The figures as a table; the aim is for the first rows alone. */
export function historyTable(figures: HistoryFigures, aimMs: number): BenchTable {
  const [first] = figures.questions;
  const firstMs = first?.ms ?? Number.NaN;
  return {
    title: `history: pages of ${PAGE_ROWS} out of ${figures.rows} rows, in ms`,
    columns: ["question", "median", "slowest"],
    rows: [
      ...figures.questions.map(({ name, ms, slowestMs }) => [name, ms, slowestMs]),
      ["opening the file, once", figures.openMs, null],
      ["deleting all, once", figures.deleteMs, null],
    ],
    notes: [
      `first rows: ${firstMs.toFixed(1)} ms; aim at most ${aimMs} ms with the browser's part: ${firstMs <= aimMs ? "reached" : "NOT reached"}`,
      `filled in ${(figures.fillMs / 1000).toFixed(1)} s; the file has ${Math.round(figures.fileBytes / 1e6)} MB`,
    ],
  };
}
