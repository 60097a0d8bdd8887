/** What the specs of one file share: homes with a desktop session of their own, and applications that end with the test. */
import { randomUUID } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import type { Page } from "playwright-core";
import { onTestFinished } from "vitest";
import { containersOf, engineRequest, until } from "../../../support/docker.ts";
import { trayMenu, windowState } from "./desktop.ts";
import { launchDesktop, type DesktopApp } from "./launch.ts";

export interface DesktopHome {
  readonly home: string;
  /** The worker's own folder; nothing is in it before the first start but what the test puts there. */
  readonly dataDir: string;
  /** Marks the containers of this home where a mode was given; other specs run on the same engine. */
  readonly instanceId: string;
  /** Starts the application here; it ends with the test. Its page's actions give a slow machine time. */
  start(options?: StartOptions): Promise<DesktopApp>;
}

export interface StartOptions {
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Whether the desktop shows tray icons. */
  readonly tray?: boolean;
}

/**
 * Settings of a machine that is busy with the tests themselves, which is no reason to rest. Anything
 * given stands in for the defaults.
 */
export function quietSettings(more: Readonly<Record<string, unknown>> = {}): unknown {
  return { version: 1, policy: { busyAbove: 1, freeMemoryFloorBytes: 0, freeDiskFloorBytes: 0 }, ...more };
}

export interface HomeOptions {
  /** What settings.json holds; a text is written as it is. */
  readonly settings?: unknown;
  readonly mode?: Readonly<Record<string, unknown>>;
}

/** A fresh home that is gone after the test, and with it what its applications left on the engine. */
export function desktopHome({ settings = quietSettings(), mode }: HomeOptions = {}): DesktopHome {
  const home = mkdtempSync(join(realpathSync(tmpdir()), "dgrid-desktop-"));
  onTestFinished(() => rmSync(home, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 }));
  const dataDir = join(home, "worker");
  // The last come first: after the applications' end, and before the files go.
  onTestFinished(() => removeContainers(dataDir));
  mkdirSync(dataDir);
  writeFileSync(join(dataDir, "settings.json"), typeof settings === "string" ? settings : JSON.stringify({ settings }));
  const instanceId = randomUUID();
  if (mode !== undefined) {
    const donor = { version: 1, nodeId: "desktop-node", instanceId, mode };
    writeFileSync(join(dataDir, "donor.json"), JSON.stringify({ donor }));
  }
  return {
    home,
    dataDir,
    instanceId,
    start: async ({ args = [], env = {}, tray = true } = {}) => {
      const coverageDir = process.env["DGRID_DESKTOP_COVERAGE"];
      const app = await launchDesktop({
        home,
        args,
        env: {
          PATH: [sessionPrograms(home, tray), process.env["PATH"] ?? ""].join(delimiter),
          DGRID_DATA_DIR: dataDir,
          PULL_INTERVAL: "1",
          ...env,
        },
        ...(coverageDir === undefined ? {} : { coverageDir }),
      });
      onTestFinished(() => app.close());
      return app;
    },
  };
}

/** An application that is ended without being asked gives nothing back: its tasks would run on beside other tests. */
async function removeContainers(dataDir: string): Promise<void> {
  const file = join(dataDir, "donor.json");
  if (!existsSync(file)) return;
  // Found in the text, which need not be whole: an instance id of its own is the application's where no mode was given.
  const [, instanceId] = /"instanceId":\s*"([^"]+)"/.exec(readFileSync(file, "utf8")) ?? [];
  if (instanceId === undefined) return;
  for (const { Id } of await containersOf(instanceId)) await engineRequest("DELETE", `/containers/${Id}?force=1&v=1`);
}

/** A desktop's bus cannot be had here: what is asked of it is answered by this one program. */
function sessionPrograms(home: string, tray: boolean): string {
  const folder = join(home, "bin");
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "dbus-send"), `#!/bin/sh\necho "   boolean ${tray}"\n`, { mode: 0o755 });
  return folder;
}

/** The window's page, with time for a slow machine. */
export async function pageOf(app: DesktopApp): Promise<Page> {
  const page = await app.window();
  page.setDefaultTimeout(60_000);
  return page;
}

/** Waits until the window is on the screen: it has a page before, and can be closed before. */
export function expectShown(app: DesktopApp): Promise<void> {
  return until("the window is shown", async () => (await windowState(app)).visible, 90_000);
}

/** What the tray says first: the state and its reason. */
export async function trayTitle(app: DesktopApp): Promise<string> {
  return (await trayMenu(app))[0]?.label ?? "";
}

/** Waits until the tray says this. */
export function expectTray(app: DesktopApp, title: string | RegExp): Promise<void> {
  return until(
    `the tray shows ${title}`,
    async () => {
      const shown = await trayTitle(app);
      return typeof title === "string" ? shown === title : title.test(shown);
    },
    90_000,
  );
}

/** Waits for the state's heading on Home. */
export async function expectHome(page: Page, title: string): Promise<void> {
  await page.getByRole("heading", { name: title, exact: true }).waitFor();
}

/** Fills in a grid's address and token, up to where it would be tested. */
export async function typeGrid(
  page: Page,
  { url, token }: { readonly url: string; readonly token: string },
): Promise<void> {
  await page.getByRole("link", { name: "Grids", exact: true }).click();
  await page.getByRole("button", { name: "Add a grid" }).first().click();
  await page.getByRole("textbox", { name: "Address" }).fill(url);
  await page
    .getByLabel(/^Token/)
    .first()
    .fill(token);
}

/** Tests what was filled in, and adds it. */
export async function addTypedGrid(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Test the connection" }).click();
  await page.getByRole("button", { name: /^Add (the grid|it anyway)$/ }).click();
}
