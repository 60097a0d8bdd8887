/** A real Chromium for the tests of the interface. */
import { chromium, type Browser } from "playwright-core";

/** As root in a container it needs no sandbox of its own; nothing of it may call home. */
const ARGUMENTS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  // What a page's heap holds is to be told exactly.
  "--enable-precise-memory-info",
  "--js-flags=--expose-gc",
];

/** `more` are arguments of one test's own browser. */
export function openBrowser(...more: string[]): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env["DGRID_BROWSER"] ?? "/usr/bin/chromium",
    args: [...ARGUMENTS, ...more],
  });
}
