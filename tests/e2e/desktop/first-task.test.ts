/** From the first start to the first finished task, by the window and by the tray alone. */
import { describe, expect, it } from "vitest";
import { until } from "../../support/docker.ts";
import { answerNext, clickTray, closeWindow, trayMenu, windowState } from "./support/desktop.ts";
import { desktopHome, expectHome, expectShown, pageOf, expectTray } from "./support/desktop-stage.ts";

describe("the first start", () => {
  it("leads by the window to a finished task, which is in the history after a restart", async () => {
    const home = desktopHome();
    const app = await home.start();
    const page = await pageOf(app);
    const next = page.getByRole("button", { name: /^(Next|Skip)$/ });
    await page.getByRole("button", { name: "Check again" }).waitFor();
    await next.click();
    await page.getByRole("button", { name: "Use the demo grid" }).click();
    await page.getByText("1 grid is chosen").waitFor();
    await next.click();
    await next.click();
    await page.getByText("Nothing has run so far.").waitFor();
    await page.getByRole("button", { name: "Start donating" }).click();
    await expectHome(page, "Donating");
    await expectTray(app, "Donating");
    await page.getByRole("link", { name: "History", exact: true }).click();
    await page.getByRole("row").filter({ hasText: "Success" }).first().waitFor();
    // Other tasks of the demo grid may be running still.
    await answerNext(app, 1);
    await app.evaluate(({ app: electron }) => electron.quit());
    expect(await app.exited).toBe(0);

    const again = await home.start();
    const second = await pageOf(again);
    await second.getByRole("link", { name: "History", exact: true }).click();
    await second.getByRole("row").filter({ hasText: "Success" }).first().waitFor();
    await expectTray(again, "Donating");
  });

  it("leads by the tray alone to a finished task", async () => {
    const home = desktopHome();
    const app = await home.start();
    await expectTray(app, "Not donating");
    await expectShown(app);
    await closeWindow(app);
    expect((await windowState(app)).visible).toBe(false);
    await clickTray(app, "Donate to a demo grid on this machine");
    await expectTray(app, "Donating");
    await until(
      "a task runs",
      async () => (await trayMenu(app)).some(({ label }) => /task(s are| is) running/.test(label)),
      90_000,
    );
    const log = (): string => app.output();
    await until("a task has ended", () => /"msg":"task ended"/.test(log()), 90_000);
    await clickTray(app, "Open D-GRID");
    const page = await pageOf(app);
    await page.getByRole("link", { name: "History", exact: true }).click();
    await page.getByRole("row").filter({ hasText: "Success" }).first().waitFor();
  });
});
