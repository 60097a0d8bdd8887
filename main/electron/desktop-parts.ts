/** What the desktop has in place of what works on any machine: keychain, sensors, switch, Git's surroundings. */
import { existsSync } from "node:fs";
import { setTimeout } from "node:timers/promises";
import { app, type Session } from "electron";
import type { Log } from "../engine/ports.ts";
import type { DesktopParts } from "../worker/open-worker.ts";
import { GitEnvironments } from "./git-environment.ts";
import { keychainSecrets, openKeychain, type KeychainSecrets } from "./keychain-secrets.ts";
import { deadmanCommand } from "./own-process.ts";
import { openStore } from "./places.ts";
import { desktopSensors, type DesktopSensors } from "./sensors.ts";

/** A keychain that waits for its password must not keep the application from starting. */
const KEYCHAIN_WAIT_MS = 5_000;

export interface OpenParts {
  readonly parts: Omit<DesktopParts, "host">;
  /** Resolves once what was to be kept is kept. */
  close(): Promise<void>;
}

export async function openParts(dataDir: string, session: Session, log: Log): Promise<OpenParts> {
  const { env, platform } = process;
  const resources = app.isPackaged ? process.resourcesPath : undefined;
  const git = new GitEnvironments({ env, platform, resources, exists: existsSync }, session, log);
  const keychain = openKeychain(dataDir, log);
  await Promise.all([git.prepare(), Promise.race([keychain, setTimeout(KEYCHAIN_WAIT_MS)])]);
  let secrets: KeychainSecrets | undefined;
  let sensors: DesktopSensors | undefined;
  return {
    parts: {
      openFile: openStore,
      secrets: (given, on) => (secrets = keychainSecrets({ keychain, given, ...on, log })),
      sensors: ({ engine, machine, policy }) =>
        (sensors = desktopSensors({ dataDir, cpuCount: machine.cpuCount, engine, policy, log })),
      deadman: deadmanCommand(),
      gitEnvironment: (url) => git.of(url),
    },
    close: async () => {
      sensors?.close();
      await secrets?.settled();
    },
  };
}
