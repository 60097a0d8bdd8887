/** What the desktop application's main process keeps in memory while nothing happens. */
import { setTimeout as wait } from "node:timers/promises";
import type { DesktopApp } from "../tests/e2e/desktop/support/launch.ts";

/** Puts the window away, waits, and tells the main process's resident bytes, those of no other process; then it ends. */
export async function settledMemory(app: DesktopApp, settleMs: number): Promise<number> {
  try {
    await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.hide());
    await wait(settleMs);
    return await app.evaluate(() => process.memoryUsage.rss());
  } finally {
    await app.close();
  }
}
