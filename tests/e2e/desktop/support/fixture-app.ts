/** The small application of tests/electron-host/fixture, as its test starts it and looks into it. */
import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { onTestFinished } from "vitest";
import { until } from "../../../support/docker.ts";
import { type DesktopApp, launchDesktop, type LaunchOptions } from "./launch.ts";

export const FIXTURE = join(import.meta.dirname, "../../../electron-host/fixture");

/** What the fixture keeps in its main process. */
interface Fixture {
  readonly log: string[];
  readonly received: { readonly text: string; readonly origin: string; readonly url: string }[];
  keepOpen: boolean;
  openWindow(): void;
  askHelper(text: string): Promise<unknown>;
}

/** What the fixture's page has in its window. */
export interface FixturePage {
  readonly heard: string[];
  readonly atFirst: Record<string, string>;
  readonly inlineRan?: true;
  readonly port: {
    send(text: string): void;
    subscribe(listener: (text: string) => void): void;
    ask(value: unknown): Promise<number>;
    fail(): void;
  };
}

// The functions that use these types run elsewhere, where only their text is known.
export type Main = { readonly fixture: Fixture };

/** A fresh home for the fixture, gone after the test. */
export function options(): LaunchOptions {
  const home = mkdtempSync(join(realpathSync(tmpdir()), "dgrid-desktop-"));
  onTestFinished(() => rmSync(home, { recursive: true, force: true, maxRetries: 5 }));
  return { home, app: FIXTURE };
}

/** The fixture, loaded; it ends with the test. */
export async function start(launch = options()): Promise<{ app: DesktopApp; page: Page }> {
  const app = await launchDesktop(launch);
  onTestFinished(() => app.close());
  const page = await app.window();
  await logged(app, "loaded");
  // In either order: a window is shown once it has something to show.
  await logged(app, "show");
  return { app, page };
}

/** What happened in its main process so far. */
export const log = (app: DesktopApp): Promise<string[]> =>
  app.evaluate(() => [...(globalThis as unknown as Main).fixture.log]);

export const logged = (app: DesktopApp, line: string): Promise<void> =>
  until(`the log says ${line}`, async () => (await log(app)).includes(line));

/** What its page has been told so far. */
export const heard = (page: Page): Promise<string[]> =>
  page.evaluate(() => (globalThis as unknown as FixturePage).heard);
