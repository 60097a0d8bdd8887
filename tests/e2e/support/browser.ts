/** A real Chromium for the tests of the interface. */
import { chromium, type Browser } from "playwright-core";
import { BROWSER, BROWSER_ARGUMENTS } from "../../electron-host/browser-arguments.ts";

/** `more` are arguments of one test's own browser. */
export function openBrowser(...more: string[]): Promise<Browser> {
  return chromium.launch({
    executablePath: BROWSER,
    args: [...BROWSER_ARGUMENTS, ...more],
  });
}
