import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { failure, success } from "../../../shared/contract/fault.ts";
import type { HistoryRow } from "../../../shared/contract/views.ts";
import { HistoryPages, PAGE_ROWS, type AskPage } from "./history-pages.ts";

function rowOf(taskId: string): HistoryRow {
  const times = { claimedAtMs: 0, startedAtMs: null, finishedAtMs: null, reportedAtMs: null, durationMs: null };
  return {
    claimId: taskId,
    taskId,
    grid: "g",
    state: "reported",
    outcome: "success",
    reason: null,
    exitCode: 0,
    attempt: 1,
    ...times,
  };
}

/** Answers like a worker that has `total` rows, and remembers what it was asked. */
function history(total: number, prefix = "row") {
  const asked: number[] = [];
  const ask: AskPage = (offset, limit) => {
    asked.push(offset);
    const count = Math.max(0, Math.min(limit, total - offset));
    const rows = Array.from({ length: count }, (_, index) => rowOf(`${prefix}-${offset + index}`));
    return Promise.resolve(success({ total, rows }));
  };
  return { ask, asked };
}

const settled = () => vi.advanceTimersByTimeAsync(1_000);

describe("pages of the history", () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it("begin with the first and know the total", async () => {
    const { ask, asked } = history(250);
    const pages = new HistoryPages();
    pages.ask(ask);
    await settled();
    expect(asked).toEqual([0]);
    expect(pages.view().total).toBe(250);
    expect(pages.view().row(99)?.taskId).toBe("row-99");
    expect(pages.view().row(100)).toBeUndefined();
  });

  it("come for what is in sight, once", async () => {
    const { ask, asked } = history(100_000);
    const pages = new HistoryPages();
    pages.ask(ask);
    await settled();
    pages.look(50_090, 50_120);
    await settled();
    pages.look(50_095, 50_125);
    await settled();
    expect(asked).toEqual([0, 50_000, 50_100]);
  });

  it("are not asked for on the way of a drag through all of them", async () => {
    const { ask, asked } = history(100_000);
    const pages = new HistoryPages();
    pages.ask(ask);
    await settled();
    for (let first = 0; first < 90_000; first += 1_000) pages.look(first, first + 20);
    await settled();
    expect(asked).toEqual([0, 89_000]);
  });

  it("stay few however far one scrolls", async () => {
    const { ask } = history(100_000);
    const pages = new HistoryPages();
    pages.ask(ask);
    for (let page = 0; page < 40; page++) {
      pages.look(page * PAGE_ROWS, page * PAGE_ROWS + 20);
      await settled();
    }
    const loaded = Array.from({ length: 40 }, (_, page) => pages.view().row(page * PAGE_ROWS)).filter(Boolean);
    expect(loaded.length).toBeLessThanOrEqual(12);
    expect(pages.view().row(39 * PAGE_ROWS)?.taskId).toBe("row-3900");
  });

  it("keep showing old rows until the new ones are there", async () => {
    const pages = new HistoryPages();
    pages.ask(history(200, "old").ask);
    await settled();
    pages.look(120, 140);
    await settled();
    let answer: (() => void) | undefined;
    const { ask } = history(201, "new");
    pages.ask(async (...input) => {
      await new Promise<void>((resolve) => {
        answer = resolve;
      });
      return ask(...input);
    });
    await settled();
    expect(pages.view().row(130)?.taskId).toBe("old-130");
    answer?.();
    await settled();
    expect(pages.view().row(130)?.taskId).toBe("new-130");
    expect(pages.view().total).toBe(201);
    expect(pages.view().row(0)).toBeUndefined();
  });

  it("take no late answer to an earlier question", async () => {
    const pages = new HistoryPages();
    let late: (() => void) | undefined;
    const { ask } = history(10, "late");
    pages.ask(async (...input) => {
      await new Promise<void>((resolve) => {
        late = resolve;
      });
      return ask(...input);
    });
    await settled();
    pages.ask(history(5, "now").ask);
    await settled();
    late?.();
    await settled();
    expect(pages.view().total).toBe(5);
    expect(pages.view().row(0)?.taskId).toBe("now-0");
  });

  it("keep what is shown beside the fault when the worker is away", async () => {
    const pages = new HistoryPages();
    pages.ask(history(10).ask);
    await settled();
    pages.ask(() => Promise.resolve(failure("worker_disconnected")));
    await settled();
    expect(pages.view().fault?.code).toBe("worker_disconnected");
    expect(pages.view().row(3)?.taskId).toBe("row-3");
  });
});
