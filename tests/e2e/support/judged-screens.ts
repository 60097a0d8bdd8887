/** Judging screens in every theme and size, for the tests of the interface's states. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { violations } from "./accessibility.ts";
import type { Stage } from "./stage.ts";
import { goTo, openPage, type PageOptions, type WorkerPage } from "./worker-page.ts";

export const SCREENS = ["", "queue", "running", "history", "limits", "grids", "submit", "settings"].map(
  (name) => `#/${name}`,
);

export const VIEWS = [
  { colorScheme: "light", width: 800, height: 600 },
  { colorScheme: "dark", width: 800, height: 600 },
  { colorScheme: "light", width: 1920, height: 1080 },
  { colorScheme: "dark", width: 1920, height: 1080 },
] as const;

/** Each theme and each size once. */
const LEAST_VIEWS = [VIEWS[0], VIEWS[3]];

/** A screen is there once it says what it is and nothing of it is still loading. */
export async function settled(page: Page): Promise<void> {
  await page
    .getByRole("link", { name: /^(Home|Start)/, includeHidden: true })
    .first()
    .waitFor({ state: "attached" });
  await page.getByRole("heading", { level: 1 }).first().waitFor();
  await page.waitForFunction(
    () =>
      document.querySelector("[aria-busy=true], [data-loading=true]") === null &&
      document.getAnimations().every(({ playState }) => playState !== "running"),
  );
}

/** Goes through screens; resolves to everything that is wrong with them, by axe unless said otherwise. */
export async function judge(page: Page, hashes: readonly string[], by = violations): Promise<string[]> {
  const found: string[] = [];
  for (const hash of hashes) {
    await goTo(page, hash);
    await settled(page);
    for (const line of await by(page)) found.push(`${hash}: ${line}`);
  }
  return found;
}

export interface ViewsOfLink {
  readonly at: Stage;
  readonly link: string;
  readonly views?: readonly PageOptions[];
}

/** Opens a page in each view and does something with it; resolves to all that is wrong. Two go side by side. */
export async function inEachView(
  { at, link, views = VIEWS }: ViewsOfLink,
  work: (opened: WorkerPage) => Promise<readonly string[]>,
): Promise<string[]> {
  const inOne = async (view: PageOptions): Promise<string[]> => {
    const opened = await openPage(at.browser(), link, view);
    const found = await work(opened);
    await opened.context.close();
    return found.map((line) => `${Object.values(view).join(" ")} ${line}`);
  };
  const found: string[] = [];
  for (let i = 0; i < views.length; i += 2)
    found.push(...(await Promise.all(views.slice(i, i + 2).map((view) => inOne(view)))).flat());
  return found;
}

/** Judges screens in these views, by default in each theme and each size once. */
export const judged =
  (at: Stage) =>
  (link: string, hashes: readonly string[], views: readonly PageOptions[] = LEAST_VIEWS): Promise<string[]> =>
    inEachView({ at, link, views }, async ({ page }) => {
      await settled(page);
      return judge(page, hashes);
    });

/** A data directory whose donor has paused: what is queued stays queued. */
export function pausedDataDir(at: Stage): string {
  const dataDir = join(at.folder(), "data");
  mkdirSync(dataDir);
  const donor = {
    version: 1,
    nodeId: "paused-node",
    instanceId: "7d9d5a2e-4f9a-4d0e-9b7b-000000000001",
    mode: { kind: "paused", resumeAs: "donate" },
  };
  writeFileSync(join(dataDir, "donor.json"), JSON.stringify({ donor }));
  return dataDir;
}
