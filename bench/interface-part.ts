import type { BenchPart } from "./bench-part.ts";
import { measureInterface, type InterfaceFigures } from "./interface.ts";
import { provisionBrowser } from "../scripts/provision-browser.ts";
import { describeFault } from "../shared/contract/fault.ts";
import { median, type BenchTable, type Cell } from "./table.ts";

/** The interface in a real browser, against a real worker with a large queue and a long history. */
export const interfacePart: BenchPart = {
  name: "interface",
  async measure(scale, progress) {
    const say = (_fields: unknown, message: string): void => progress(message);
    const log = { debug: () => undefined, info: say, warn: say, error: say };
    const browser = await provisionBrowser({ env: process.env, log, signal: new AbortController().signal });
    if (!browser.ok) throw new Error(describeFault(browser.fault));
    process.env["DGRID_BROWSER"] = browser.value;
    const figures = await measureInterface(
      scale.quick
        ? { queued: 20, runs: 2_000, repetitions: 1, scrollMs: 300 }
        : { queued: 10_000, runs: 100_000, repetitions: scale.repetitions * 2 + 1, scrollMs: 3_000 },
      progress,
    );
    return { tables: [table(figures)], figures };
  },
};

function table(figures: InterfaceFigures): BenchTable {
  const rows = [
    row("initial JavaScript, gzip", figures.initialJavaScriptGzipBytes / 1024, "KiB", { most: 350 }),
    row("Home interactive after navigation", median(figures.homeInteractiveMs), "ms", { most: 1_000 }),
    row("first rows of 100,000 runs", median(figures.firstRowsMs), "ms", { most: 200 }),
    row("scrolling 100,000 runs", median(figures.scrollFramesPerSecond), "frames/s", { least: 50 }),
    row("command to another page showing it", median(figures.eventVisibleMs), "ms", { most: 100 }),
    row("snapshot with 10,000 queued tasks", figures.snapshotBytes / 1024, "KiB", { most: 2_048 }),
    row("event of one more queued task", figures.changeBytes, "bytes", { most: 1_024 }),
  ];
  return {
    title: "interface: what a person waits for (medians)",
    columns: ["what", "figure", "unit", "aim", ""],
    rows,
  };
}

type Aim = { readonly most: number } | { readonly least: number };

function row(what: string, figure: number, unit: string, aim: Aim): Cell[] {
  const reached = "most" in aim ? figure <= aim.most : figure >= aim.least;
  const wanted = "most" in aim ? `at most ${aim.most}` : `at least ${aim.least}`;
  return [what, figure, unit, wanted, reached ? "reached" : "NOT reached"];
}
