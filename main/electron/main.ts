/**
 * The desktop application's first module: the application, or, asked for by itself, the dead-man's
 * switch of its containers.
 *
 * Invariant: nothing of ours needs Electron to run as plain Node. The fuse for it is off, so the
 * switch is this same program with an argument of its own.
 */
import { isDeadman } from "./own-process.ts";

if (isDeadman(process.argv)) {
  const { runDeadman } = await import("./deadman-process.ts");
  runDeadman();
} else {
  const { startDesktop } = await import("./desktop.ts");
  startDesktop();
}
