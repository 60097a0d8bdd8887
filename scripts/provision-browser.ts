import { failure, success, type Outcome } from "../shared/contract/fault.ts";
import type { Log } from "../main/engine/ports.ts";
import { installCommand, installPackages } from "../main/headless/provision/system-packages.ts";
import { findProgram, readThisSystem } from "../main/headless/provision/this-system.ts";

/** Names under which systems have Chromium or its twin. */
const NAMES = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome"];
/** The browser alone brings no font at all. */
const PACKAGES = ["chromium", "fonts-noto-core"];

interface BrowserOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly log: Log;
  readonly signal: AbortSignal;
}

/** The path of a Chromium for the tests: DGRID_BROWSER, one that is here, or the distribution's, installed. */
export async function provisionBrowser({ env, log, signal }: BrowserOptions): Promise<Outcome<string>> {
  const found = env["DGRID_BROWSER"] ?? find(env);
  if (found !== undefined) return success(found);
  const system = readThisSystem(env);
  if (!system.root || !system.apt || !system.allowed)
    return failure("internal_error", `no Chromium was found; type: ${installCommand(PACKAGES, system)}`);
  const installed = await installPackages(PACKAGES, {
    purpose: "a browser for the tests",
    code: "internal_error",
    log,
    signal,
  });
  if (!installed.ok) return installed;
  const now = find(env);
  return now === undefined ? failure("internal_error", "chromium was installed, but is not on the PATH") : success(now);
}

function find(env: BrowserOptions["env"]): string | undefined {
  return NAMES.map((name) => findProgram(name, env)).find((path) => path !== undefined);
}
