/** Which rows of a queue are shown, and in which order. Pure: ten thousand rows take a few milliseconds. */
import type { QueueRow } from "../../../shared/contract/views.ts";
import type { Queue } from "../../state/mirror.ts";
import { verdictKind } from "./verdict.ts";

export type QueueFilter = "all" | "eligible" | "not" | "problem";
export type QueueSortKey = "priority" | "task" | "age" | "author" | "image" | "verdict";

export interface QueueWish {
  readonly text: string;
  readonly filter: QueueFilter;
  readonly by: QueueSortKey;
  readonly descending: boolean;
}

const RANK = { critical: 0, high: 1, medium: 2, low: 3 } as const;

/** A task's name without the ending that every file has. */
export function taskName(row: QueueRow): string {
  return row.file.endsWith(".json") ? row.file.slice(0, -5) : row.file;
}

/** When it began to wait: when its file came, or what it says itself. */
export function waitingSinceMs(row: QueueRow): number | undefined {
  return row.addedAtMs ?? row.createdAtMs;
}

export function shownRows(queue: Queue, { text, filter, by, descending }: QueueWish): readonly QueueRow[] {
  const wanted = text.trim().toLowerCase();
  const rows: QueueRow[] = [];
  for (const row of queue.values()) {
    if (passes(row, filter) && (wanted === "" || mentions(row, wanted))) rows.push(row);
  }
  const order = ORDERS[by];
  const sign = descending ? -1 : 1;
  return rows.sort((a, b) => sign * order(a, b) || ORDERS.age(a, b) || compare(a.file, b.file));
}

function passes(row: QueueRow, filter: QueueFilter): boolean {
  if (filter === "all") return true;
  const kind = verdictKind(row.verdict);
  return filter === "eligible" ? kind === "take" : filter === kind;
}

function mentions(row: QueueRow, wanted: string): boolean {
  return [row.file, row.author, row.image].some((field) => field?.toLowerCase().includes(wanted) === true);
}

type Order = (a: QueueRow, b: QueueRow) => number;

const ORDERS: Record<QueueSortKey, Order> = {
  priority: (a, b) => rank(a) - rank(b),
  task: (a, b) => compare(a.file, b.file),
  // What waits longest comes first; what has no time comes last.
  age: (a, b) => (waitingSinceMs(a) ?? Infinity) - (waitingSinceMs(b) ?? Infinity) || 0,
  author: (a, b) => compare(a.author ?? "\uffff", b.author ?? "\uffff"),
  image: (a, b) => compare(a.image ?? "\uffff", b.image ?? "\uffff"),
  verdict: (a, b) => compare(verdictKind(b.verdict), verdictKind(a.verdict)) || compare(a.verdict, b.verdict),
};

function rank(row: QueueRow): number {
  return row.priority === undefined ? 4 : RANK[row.priority];
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
