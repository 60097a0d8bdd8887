/** How long the desktop application takes to start, by this machine's wall clock, which all of its processes share. */
import type { Page } from "playwright-core";
import { type DesktopApp, launchDesktop, type LaunchOptions } from "../tests/e2e/desktop/support/launch.ts";
import { pageMoment } from "./page-moment.ts";

/** Milliseconds since the main process began. */
export interface StartTimes {
  /** The worker is open and the engine goes. */
  readonly startedMs: number;
  /** The window is ready to be shown. */
  readonly readyToShowMs: number;
  /** Its page has the first snapshot: there is a heading, of Home or of the first run. */
  readonly headingMs: number;
}

export interface Started {
  readonly times: StartTimes;
  readonly app: DesktopApp;
  readonly page: Page;
}

/** Starts the application and measures; it goes on running. */
export async function startDesktop(launch: LaunchOptions): Promise<Started> {
  const app = await launchDesktop(launch);
  try {
    const page = await app.window();
    // Before that the window has an empty document, in which nobody would see the heading come.
    await page.waitForURL(({ href }) => href !== "about:blank", { waitUntil: "commit" });
    const headingAtMs = await page.evaluate<number>(
      pageMoment("Date.now()", `document.querySelector("#content h1") !== null`),
    );
    const [startedAtMs, readyAtMs] = await Promise.all([
      logged(app, "the application has started"),
      logged(app, "the window shows the interface"),
    ]);
    const beganMs = await app.evaluate(() => performance.timeOrigin);
    const times = {
      startedMs: startedAtMs - beganMs,
      readyToShowMs: readyAtMs - beganMs,
      headingMs: headingAtMs - beganMs,
    };
    return { times, app, page };
  } catch (error) {
    await app.close();
    throw error;
  }
}

/** Starts a small application that shows one page of a few lines, and ends it: what the launcher itself takes. */
export async function startFixture(launch: LaunchOptions): Promise<{ app: DesktopApp; loadedMs: number }> {
  const app = await launchDesktop(launch);
  await seen(app, "fixture: loaded");
  const atMs = Date.now();
  return { app, loadedMs: atMs - (await app.evaluate(() => performance.timeOrigin)) };
}

/** When the log said it. */
async function logged(app: DesktopApp, message: string): Promise<number> {
  const line = await seen(app, `"msg":"${message}"`);
  const { time } = JSON.parse(line) as { readonly time: string };
  return Date.parse(time);
}

/** The line of the output that has this text, once it is there. */
async function seen(app: DesktopApp, text: string): Promise<string> {
  for (let waitedMs = 0; waitedMs < 60_000; waitedMs += 5) {
    const line = app
      .output()
      .split("\n")
      .find((one) => one.includes(text));
    if (line !== undefined) return line;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  throw new Error(`the application did not say ${text} but:\n${app.output()}`);
}
