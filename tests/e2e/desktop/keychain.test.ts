/** A desktop without a keychain: tokens work until the application ends, are never written, and that is said. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { createBareGrid } from "../../support/bare-grid.ts";
import { startGitServer } from "../../support/git-server.ts";
import { clickTray } from "./support/desktop.ts";
import { addTypedGrid, desktopHome, expectHome, pageOf, quietSettings, typeGrid } from "./support/desktop-stage.ts";

const TOKEN = "desktop-token-0123456789";

it("without a keychain a token works, is in no file, and is asked for again after a restart", async () => {
  const home = desktopHome({ settings: quietSettings({ setUp: true }) });
  await createBareGrid({ dir: join(home.home, "grid.git") });
  const server = await startGitServer({ root: home.home, token: TOKEN });
  try {
    // Chromium's own way to do without.
    const start = { args: ["--password-store=basic"] };
    const app = await home.start(start);
    const page = await pageOf(app);
    await typeGrid(page, { url: server.url("grid.git"), token: TOKEN });
    await page.getByText("so the token is kept until D-GRID ends", { exact: false }).waitFor();
    await addTypedGrid(page);
    await clickTray(app, "Donate");
    await page.getByRole("link", { name: "Home", exact: true }).click();
    await expectHome(page, "Donating");
    await page.getByRole("link", { name: "Settings", exact: true }).click();
    await page.getByText("This desktop has no keychain", { exact: false }).first().waitFor();
    await app.evaluate(({ app: electron }) => electron.quit());
    await app.exited;
    expect(existsSync(join(home.dataDir, "secrets.json"))).toBe(false);
    const written = readdirSync(home.dataDir, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .filter((entry) => readFileSync(join(entry.parentPath, entry.name)).includes(TOKEN));
    expect(written).toEqual([]);

    const again = await home.start(start);
    await expectHome(await pageOf(again), "Not ready");
  } finally {
    await server.close();
  }
});
