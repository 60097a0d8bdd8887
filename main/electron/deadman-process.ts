/** The dead-man's switch of the containers, as a process of this same program without a window. */
import { mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { app } from "electron";

/**
 * Watches until none of the containers is left, whatever becomes of the application that started it.
 * It needs nothing of Electron and does not wait for it to be ready, which a Mac may put off for ever.
 */
export function runDeadman(): void {
  let profile: string | undefined;
  const end = (code: number): void => {
    try {
      if (profile !== undefined) rmSync(profile, { recursive: true, force: true, maxRetries: 3 });
    } finally {
      // A file that is still held stays; this process does not.
      app.exit(code);
    }
  };
  // Electron would show a dialog and go on.
  process.on("uncaughtException", () => end(1));
  process.on("unhandledRejection", () => end(1));
  // A profile of its own: the application's is locked, and is free for the next start.
  profile = mkdtempSync(join(app.getPath("temp"), "dgrid-deadman-"));
  app.setPath("userData", profile);
  app.setPath("sessionData", profile);
  app.disableHardwareAcceleration();
  // A signal that is meant for the application makes Electron quit.
  app.on("before-quit", (event) => event.preventDefault());
  if (process.platform === "darwin") app.setActivationPolicy("prohibited");
  import("../adapters/docker/deadman.ts").then(
    () => end(0),
    () => end(1),
  );
}
