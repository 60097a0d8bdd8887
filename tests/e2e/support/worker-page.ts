/** A page on a worker's dashboard, as a person opens it, and what every test of the interface does with one. */
import type { Browser, BrowserContext, Page } from "playwright-core";

export interface PageOptions {
  readonly colorScheme?: "light" | "dark";
  readonly width?: number;
  readonly height?: number;
  readonly locale?: string;
}

export interface WorkerPage {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Errors of scripts and refusals of the content security policy; a good page has none. */
  readonly errors: readonly string[];
}

/** Opens the printed link; whatever the page complains of is kept for the test to look at. */
export async function openPage(browser: Browser, link: string, options: PageOptions = {}): Promise<WorkerPage> {
  const { colorScheme = "light", width = 1280, height = 800, locale = "en-GB" } = options;
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme,
    locale,
    reducedMotion: "reduce",
    acceptDownloads: true,
  });
  // A small machine that runs containers beside the browser is slow, which is no fault of the page.
  context.setDefaultTimeout(120_000);
  const page = await context.newPage();
  const errors: string[] = [];
  page.on("pageerror", (error) => errors.push(error.message));
  page.on("console", (message) => {
    if (message.type() === "error") errors.push(message.text());
  });
  await page.goto(link);
  return { page, context, errors };
}

/**
 * Goes to a screen by its address, as the navigation does, without loading the page anew. Resolves once the page
 * has drawn without the screen before, which would pass for the one that is meant.
 */
export async function goTo(page: Page, hash: string): Promise<void> {
  await page.evaluate(`(${GO_TO})(${JSON.stringify(hash)})`);
}

/** As a text: programs without a page's types use this file as well. */
const GO_TO = `async (to) => {
  if (location.hash === to) return;
  const changed = new Promise((resolve) => addEventListener("hashchange", resolve, { once: true }));
  location.hash = to;
  await changed;
  await new Promise(requestAnimationFrame);
}`;
