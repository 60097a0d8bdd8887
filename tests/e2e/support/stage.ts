/** What the tests of one file of the interface share: a browser, and folders and workers that end with the file. */
import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, onTestFinished } from "vitest";
import { openBrowser } from "./browser.ts";
import { startWorkerProcess, type WorkerProcess, type WorkerProcessOptions } from "../../support/worker-process.ts";

export interface Stage {
  browser(): Browser;
  /** A folder that is gone after the file. */
  folder(): string;
  /** A worker that ends with the file. */
  worker(options?: Partial<WorkerProcessOptions>): Promise<WorkerProcess>;
  /** A worker that ends with the test. */
  workerForTest(options?: Partial<WorkerProcessOptions>): Promise<WorkerProcess>;
  /** Done after the file, the last first. */
  after(cleanup: () => Promise<void> | void): void;
}

/** Call it once in a file, outside of any test. */
export function stage(): Stage {
  let browser: Browser | undefined;
  const cleanups: (() => Promise<void> | void)[] = [];
  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(async () => {
    for (const cleanup of cleanups.reverse()) await cleanup();
    await browser?.close();
  });
  const folder = (): string => {
    const made = mkdtempSync(join(realpathSync(tmpdir()), "dgrid-e2e-"));
    cleanups.push(() => rmSync(made, { recursive: true, force: true, maxRetries: 5 }));
    return made;
  };
  const start = (options: Partial<WorkerProcessOptions>): Promise<WorkerProcess> =>
    startWorkerProcess({ dataDir: join(folder(), "data"), ...options });
  return {
    browser: () => {
      if (browser === undefined) throw new Error("the browser is opened before the first test");
      return browser;
    },
    folder,
    worker: async (options = {}) => {
      const worker = await start(options);
      cleanups.push(() => worker.stop());
      return worker;
    },
    workerForTest: async (options = {}) => {
      const worker = await start(options);
      onTestFinished(() => worker.stop());
      return worker;
    },
    after: (cleanup) => void cleanups.push(cleanup),
  };
}
