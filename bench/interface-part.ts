import type { BenchPart } from "./bench-part.ts";
import { measureInterface, type InterfaceFigures } from "./interface.ts";
import { AIM_COLUMNS, aimRow } from "./aim-row.ts";
import { provideBrowserAndBuild } from "./browser-and-build.ts";
import { median, type BenchTable } from "./table.ts";

/** The interface in a real browser, against a real worker with a large queue and a long history. */
export const interfacePart: BenchPart = {
  name: "interface",
  async measure(scale, progress) {
    await provideBrowserAndBuild(progress);
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
    aimRow("initial JavaScript, gzip", figures.initialJavaScriptGzipBytes / 1024, "KiB", { most: 350 }),
    aimRow("Home interactive after navigation", median(figures.homeInteractiveMs), "ms", { most: 1_000 }),
    aimRow("first rows of 100,000 runs", median(figures.firstRowsMs), "ms", { most: 200 }),
    aimRow("scrolling 100,000 runs", median(figures.scrollFramesPerSecond), "frames/s", { least: 50 }),
    aimRow("command to another page showing it", median(figures.eventVisibleMs), "ms", { most: 100 }),
    aimRow("snapshot with 10,000 queued tasks", figures.snapshotBytes / 1024, "KiB", { most: 2_048 }),
    aimRow("event of one more queued task", figures.changeBytes, "bytes", { most: 1_024 }),
  ];
  return {
    title: "interface: what a person waits for (medians)",
    columns: AIM_COLUMNS,
    rows,
  };
}
