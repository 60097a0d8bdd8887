/** What the desktop application costs: its start, its memory, the time until window and tray agree, its archive. */
import { join } from "node:path";
import { asarSize } from "../scripts/asar-size.ts";
import type { DesktopApp } from "../tests/e2e/desktop/support/launch.ts";
import { freshHome, setUpHome, type DesktopHome } from "./desktop-home.ts";
import { settledMemory } from "./desktop-memory.ts";
import { startDesktop, startFixture, type StartTimes } from "./desktop-start.ts";
import { trayToWindow, windowToTray } from "./desktop-switch.ts";

/** A small application, for what the launcher takes by itself. */
const FIXTURE = join(import.meta.dirname, "../tests/electron-host/fixture");

export interface DesktopScale {
  readonly repetitions: number;
  readonly clicks: number;
  /** How long the application is left alone before its memory is read. */
  readonly settleMs: number;
}

export interface DesktopFigures {
  /** What the application ran on: real Electron, or the tests' host over Chromium. */
  readonly launcher: DesktopApp["kind"];
  /** The first start ever. */
  readonly fresh: readonly StartTimes[];
  /** A later start of a donor who is set up. */
  readonly setUp: readonly StartTimes[];
  /** The main process with an idle engine and a hidden window. */
  readonly residentBytes: readonly number[];
  readonly trayToWindowMs: readonly number[];
  readonly windowToTrayMs: readonly number[];
  /** The same launcher with a small application, in the same run. */
  readonly fixture: { readonly loadedMs: readonly number[]; readonly residentBytes: readonly number[] };
  readonly asarBytes: number;
}

export async function measureDesktop(scale: DesktopScale, progress: (line: string) => void): Promise<DesktopFigures> {
  const fresh: StartTimes[] = [];
  const setUp: StartTimes[] = [];
  const fixture = { loadedMs: [] as number[], residentBytes: [] as number[] };
  const residentBytes: number[] = [];
  for (let round = 1; round <= scale.repetitions; round++) {
    progress(`start and memory, ${round} of ${scale.repetitions}`);
    fresh.push(await within(freshHome(), (home) => startOnce(home)));
    await within(await setUpHome(), async (home) => {
      // The first start makes what the later ones find: the clone, the history, Chromium's profile.
      await startOnce(home);
      const { times, app } = await startDesktop(home.launch);
      setUp.push(times);
      residentBytes.push(await settledMemory(app, scale.settleMs));
    });
    await within(freshHome(), async (home) => {
      const { app, loadedMs } = await startFixture({ ...home.launch, app: FIXTURE });
      fixture.loadedMs.push(loadedMs);
      fixture.residentBytes.push(await settledMemory(app, scale.settleMs));
    });
  }
  progress("clicks");
  const clicks = await within(await setUpHome(), (home) => measureClicks(home, scale.clicks));
  progress("app.asar");
  const { bytes: asarBytes } = await asarSize();
  return { fresh, setUp, residentBytes, ...clicks, fixture, asarBytes };
}

async function within<T>(home: DesktopHome, measure: (home: DesktopHome) => Promise<T>): Promise<T> {
  try {
    return await measure(home);
  } finally {
    home.remove();
  }
}

async function startOnce({ launch }: DesktopHome): Promise<StartTimes> {
  const { times, app } = await startDesktop(launch);
  await app.close();
  return times;
}

async function measureClicks(
  { launch }: DesktopHome,
  clicks: number,
): Promise<Pick<DesktopFigures, "launcher" | "trayToWindowMs" | "windowToTrayMs">> {
  const { app, page } = await startDesktop(launch);
  try {
    const trayToWindowMs: number[] = [];
    const windowToTrayMs: number[] = [];
    for (let click = 0; click < clicks; click++) {
      trayToWindowMs.push(await trayToWindow(app, page));
      windowToTrayMs.push(await windowToTray(app, page));
    }
    return { launcher: app.kind, trayToWindowMs, windowToTrayMs };
  } finally {
    await app.close();
  }
}
