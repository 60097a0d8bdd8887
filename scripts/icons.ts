/**
 * `npm run icons`: draws every icon of the application with a real browser, from resources/icon.svg
 * and the shapes of the states. The pictures are committed: a build needs no browser.
 */
import { copyFileSync, mkdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describeFault } from "../shared/contract/fault.ts";
import { openBrowser } from "../tests/e2e/support/browser.ts";
import { iconPictures } from "./icon-pictures.ts";
import { provisionBrowser } from "./provision-browser.ts";

const PROJECT = join(import.meta.dirname, "..");
const SOURCE = join(PROJECT, "resources/icon.svg");

const silent = (): void => undefined;
const say = (_fields: unknown, message: string): void => console.log(message);
const { signal } = new AbortController();

const log = { debug: silent, info: say, warn: say, error: say };
const found = await provisionBrowser({ env: process.env, log, signal });
if (!found.ok) throw new Error(describeFault(found.fault));
process.env["DGRID_BROWSER"] = found.value;

const browser = await openBrowser("--force-color-profile=srgb");
try {
  const page = await browser.newPage();
  for (const { path, size, svg } of iconPictures(readFileSync(SOURCE, "utf8"))) {
    await page.setViewportSize({ width: size, height: size });
    await page.setContent(`<style>body { margin: 0 } body > svg { display: block; width: 100vw }</style>${svg}`);
    mkdirSync(dirname(join(PROJECT, path)), { recursive: true });
    await page.screenshot({ path: join(PROJECT, path), omitBackground: true });
    console.log(path);
  }
} finally {
  await browser.close();
}
// The window's page shows the same picture in the browser's tab.
copyFileSync(SOURCE, join(PROJECT, "renderer/public/icon.svg"));
