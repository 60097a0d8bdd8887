/** The dead-man's switch of the containers, as a process of this same program without a window. */
import { mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { app } from "electron";

/** Watches until none of the containers is left, whatever becomes of the application that started it. */
export function runDeadman(): void {
  // A profile of its own: the application's is locked, and is free for the next start.
  const profile = mkdtempSync(join(app.getPath("temp"), "dgrid-deadman-"));
  app.setPath("userData", profile);
  app.setPath("sessionData", profile);
  app.disableHardwareAcceleration();
  if (process.platform === "darwin") app.setActivationPolicy("prohibited");
  const end = (code: number): void => {
    try {
      rmSync(profile, { recursive: true, force: true, maxRetries: 3 });
    } finally {
      // A file that is still held stays; this process does not.
      app.exit(code);
    }
  };
  // Electron would show a dialog and go on.
  process.on("uncaughtException", () => end(1));
  app.whenReady().then(
    () =>
      import("../adapters/docker/deadman.ts").then(
        () => end(0),
        () => end(1),
      ),
    () => end(1),
  );
}
