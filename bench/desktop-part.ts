import { AIM_COLUMNS, aimRow } from "./aim-row.ts";
import type { BenchPart } from "./bench-part.ts";
import { provideBrowserAndBuild } from "./browser-and-build.ts";
import type { DesktopFigures } from "./desktop.ts";
import type { StartTimes } from "./desktop-start.ts";
import { median, type BenchTable, type Cell } from "./table.ts";

/** The desktop application on real Electron where there is one, else on the tests' host over Chromium. */
export const desktopPart: BenchPart = {
  name: "desktop",
  async measure(scale, progress) {
    await provideBrowserAndBuild(progress);
    // Loaded now: it says at once what it runs on, which is nothing to the other parts.
    const { measureDesktop } = await import("./desktop.ts");
    const figures = await measureDesktop(
      scale.quick
        ? { repetitions: 1, clicks: 2, settleMs: 1_000 }
        : { repetitions: scale.repetitions, clicks: 20, settleMs: 20_000 },
      progress,
    );
    return { tables: [table(figures)], figures };
  },
};

const START = { most: 1_500 };
const AGREE = { most: 100 };
const ARCHIVE = { most: 15 };

function table(figures: DesktopFigures): BenchTable {
  const { launcher, fresh, setUp, fixture, residentBytes, trayToWindowMs, windowToTrayMs, asarBytes } = figures;
  const megabytes = (bytes: readonly number[]): number => median(bytes) / 1e6;
  const beyondMs = median(setUp.map(({ headingMs }) => headingMs)) - median(fixture.loadedMs);
  return {
    title: `desktop: on ${launcher === "electron" ? "Electron" : "the tests' host over Chromium"} (medians)`,
    columns: AIM_COLUMNS,
    rows: [
      ...startRows("first start", fresh),
      ...startRows("later start", setUp),
      aimRow("a small application: its page is loaded", median(fixture.loadedMs), "ms"),
      aimRow("later start: heading, beyond the small application", beyondMs, "ms"),
      aimRow("main process, engine idle, window hidden", megabytes(residentBytes), "MB"),
      aimRow("a small application: main process", megabytes(fixture.residentBytes), "MB"),
      aimRow("Pause in the tray until the window shows it", median(trayToWindowMs), "ms", AGREE),
      aimRow("Pause in the window until the tray shows it", median(windowToTrayMs), "ms", AGREE),
      aimRow("app.asar", asarBytes / 1e6, "MB", ARCHIVE),
    ],
    notes: [
      "Starts are counted from the beginning of the main process, memory is what is resident of it alone.",
      ...(launcher === "electron" ? [] : [HOST]),
    ],
  };
}

const HOST =
  "The host is Node that reads TypeScript and starts Chromium for the first window: the small application shows what that takes.";

function startRows(what: string, times: readonly StartTimes[]): Cell[][] {
  const of = (key: keyof StartTimes): number => median(times.map((one) => one[key]));
  return [
    aimRow(`${what}: the application has started`, of("startedMs"), "ms"),
    aimRow(`${what}: the window is ready to show`, of("readyToShowMs"), "ms"),
    aimRow(`${what}: the first heading is there`, of("headingMs"), "ms", START),
  ];
}
