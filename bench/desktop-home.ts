/** Homes of donors for the desktop application, and how it is started in one. */
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { createBareGrid } from "../tests/support/bare-grid.ts";
import type { LaunchOptions } from "../tests/e2e/desktop/support/launch.ts";

export interface DesktopHome {
  readonly launch: LaunchOptions;
  readonly remove: () => void;
}

/** Somebody who has never started the application. */
export function freshHome(): DesktopHome {
  const home = mkdtempSync(join(realpathSync(tmpdir()), "dgrid-bench-desktop-"));
  // There is no container engine: what is measured needs none, and nothing may run beside it.
  const env = {
    PATH: [traySession(home), process.env["PATH"] ?? ""].join(delimiter),
    DOCKER_HOST: process.platform === "win32" ? "npipe:////./pipe/no-such-engine" : "unix:///no/such/socket",
  };
  return {
    launch: { home, env },
    remove: () => rmSync(home, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 }),
  };
}

/** Somebody who is set up and donates to one empty grid on this machine, which a busy machine does not stop. */
export async function setUpHome(): Promise<DesktopHome> {
  const { launch, remove } = freshHome();
  const grid = await createBareGrid({ dir: join(launch.home, "grid.git") });
  const dataDir = join(launch.home, "worker");
  mkdirSync(dataDir);
  const settings = {
    version: 1,
    setUp: true,
    policy: { busyAbove: 1, freeMemoryFloorBytes: 0, freeDiskFloorBytes: 0 },
    appearance: { theme: "light", language: "en" },
    desktop: { updates: false },
  };
  const donor = {
    version: 1,
    nodeId: "bench-node",
    instanceId: "7d9d5a2e-4f9a-4d0e-9b7b-000000000005",
    mode: { kind: "donate" },
  };
  writeFileSync(join(dataDir, "settings.json"), JSON.stringify({ settings }));
  writeFileSync(join(dataDir, "donor.json"), JSON.stringify({ donor }));
  return { remove, launch: { ...launch, env: { ...launch.env, DGRID_DATA_DIR: dataDir, DGRID_REPO_URL: grid.url } } };
}

/** A desktop's bus that says it shows tray icons; returns the folder of the program that is asked. */
function traySession(home: string): string {
  const folder = join(home, "bin");
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "dbus-send"), '#!/bin/sh\necho "   boolean true"\n', { mode: 0o755 });
  return folder;
}
