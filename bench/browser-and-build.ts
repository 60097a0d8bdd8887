/** What the parts need that look at the interface: a Chromium, and what users are given, built from this tree. */
import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { provisionBrowser } from "../scripts/provision-browser.ts";
import { describeFault } from "../shared/contract/fault.ts";

const PROJECT = join(import.meta.dirname, "..");
const VITE = join(PROJECT, "node_modules/vite/bin/vite.js");

/** Names the browser in DGRID_BROWSER, and builds: what lies in dist/ may be older than the tree. */
export async function provideBrowserAndBuild(progress: (line: string) => void): Promise<void> {
  const say = (_fields: unknown, message: string): void => progress(message);
  const log = { debug: () => undefined, info: say, warn: say, error: say };
  const browser = await provisionBrowser({ env: process.env, log, signal: new AbortController().signal });
  if (!browser.ok) throw new Error(describeFault(browser.fault));
  process.env["DGRID_BROWSER"] = browser.value;
  progress("build");
  await promisify(execFile)(process.execPath, [VITE, "build", "--logLevel", "warn"], { cwd: PROJECT });
}
