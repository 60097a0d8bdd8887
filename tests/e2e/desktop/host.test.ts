/**
 * What the desktop specs stand on: a small application that behaves the same on real Electron and on
 * the host that stands in for it. Where a test fails on the one and not on the other, the host is wrong.
 */
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { until } from "../../support/docker.ts";
import { closeWindow, windowState } from "./support/desktop.ts";
import { FIXTURE, type FixturePage, heard, log, logged, type Main, options, start } from "./support/fixture-app.ts";
import { runAgain } from "./support/launch.ts";

test("the protocol's answer and its policy reach the page, at the address that the application gave", async () => {
  const { app, page } = await start();
  expect(await page.textContent("h1")).toBe("Fixture");
  // The policy allows scripts of the page's origin, and none within the document.
  expect(await page.evaluate(() => (globalThis as unknown as FixturePage).inlineRan)).toBeUndefined();
  const refused = await page.evaluate(() =>
    fetch("https://example.org/").then(
      () => "answered",
      () => "refused",
    ),
  );
  expect(refused).toBe("refused");
  const status = await page.evaluate(async () => (await fetch("absent.txt")).status);
  expect(status).toBe(404);
  expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.getURL())).toBe(
    "fixture://app/index.html",
  );
});

test("a request is cancelled by the session's rule", async () => {
  const { app, page } = await start();
  const answer = await page.evaluate(() =>
    fetch("forbidden.html").then(
      ({ status }) => status,
      () => "cancelled",
    ),
  );
  expect(answer).toBe("cancelled");
  expect(await log(app)).toContain("request fixture://app/forbidden.html");
});

test("the page sees what the preload script exposed, from its first script on, and nothing else", async () => {
  const { page } = await start();
  expect(await page.evaluate(() => (globalThis as unknown as FixturePage).atFirst)).toEqual({
    port: "object",
    require: "undefined",
    process: "undefined",
  });
  const found = await page.evaluate(() => ({
    names: Object.keys((globalThis as unknown as FixturePage).port),
    electron: ["require", "process", "module", "ipcRenderer", "electron", "Buffer", "global"].filter(
      (name) => name in globalThis,
    ),
    frozen: Object.isFrozen((globalThis as unknown as FixturePage).port),
    replaced: Reflect.set(globalThis, "port", "replaced"),
  }));
  expect(found).toEqual({ names: ["send", "subscribe", "ask", "fail"], electron: [], frozen: true, replaced: false });
});

test("messages keep their order both ways, and callbacks are called", async () => {
  const { app, page } = await start();
  await page.evaluate(() => {
    for (let number = 4; number <= 200; number += 1) (globalThis as unknown as FixturePage).port.send(`${number}`);
  });
  const numbers = Array.from({ length: 200 }, (_, index) => `${index + 1}`);
  await until("all are echoed", async () => (await heard(page)).length >= 200);
  const received = await app.evaluate(() => (globalThis as unknown as Main).fixture.received);
  expect(received.map(({ text }) => text)).toEqual(numbers);
  expect((await heard(page)).filter((text) => text.startsWith("echo"))).toEqual(numbers.map((text) => `echo ${text}`));
  expect(new Set(received.map(({ origin }) => origin))).toEqual(new Set(["fixture://app"]));
  expect(received[0]?.url).toBe("fixture://app/index.html");
});

test("questions are answered, and what goes wrong on the other side is told", async () => {
  const { page } = await start();
  const answers = await page.evaluate(async () => {
    const { port } = globalThis as unknown as FixturePage;
    const message = (error: unknown): string => (error instanceof Error ? error.message : "no error");
    let failed = "";
    try {
      port.fail();
    } catch (error) {
      failed = message(error);
    }
    return [await port.ask(21), await port.ask("no").catch(message), failed];
  });
  expect(answers).toEqual([42, expect.stringContaining("not a number"), "refused by the preload script"]);
});

test("a second instance tells the first and ends", async () => {
  const launch = options();
  const { app } = await start(launch);
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.hide());
  expect(await runAgain({ ...launch, args: ["--again"] })).toBe(0);
  await logged(app, `second-instance true ${process.cwd()}`);
  expect(await windowState(app)).toEqual({ exists: true, visible: true, minimized: false });
  expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isFocused())).toBe(true);
});

test("the lock of a killed instance is free", async () => {
  const launch = options();
  const { app } = await start(launch);
  await app.kill();
  const { page } = await start(launch);
  expect(await page.textContent("h1")).toBe("Fixture");
});

test("a window whose closing is prevented hides, and its page goes on", async () => {
  const { app, page } = await start();
  await app.evaluate(() => {
    (globalThis as unknown as Main).fixture.keepOpen = true;
  });
  await closeWindow(app);
  expect(await windowState(app)).toEqual({ exists: true, visible: false, minimized: false });
  await page.evaluate(() => (globalThis as unknown as FixturePage).port.send("hidden"));
  await until("the hidden page is answered", async () => (await heard(page)).includes("echo hidden"));
  // A window that stays keeps the application from quitting.
  await app.evaluate(({ app: electronApp }) => electronApp.quit());
  await logged(app, "before-quit");
  expect((await log(app)).slice(-4)).toEqual(["close", "hide", "before-quit", "close"]);
  await app.evaluate(() => {
    (globalThis as unknown as Main).fixture.keepOpen = false;
  });
});

test("quitting closes the windows and then the application, in this order", async () => {
  const { app } = await start();
  await app.evaluate(({ app: electronApp }) => {
    setImmediate(() => electronApp.quit());
  });
  expect(await app.exited).toBe(0);
  const lines = app.output().match(/(?<=fixture: ).+/g) ?? [];
  expect(lines.slice(-5)).toEqual(["before-quit", "close", "closed", "will-quit", "quit"]);
});

test("the last window's end is told, and the application lives on", async () => {
  const { app } = await start();
  await closeWindow(app);
  await logged(app, "window-all-closed");
  expect(await windowState(app)).toEqual({ exists: false, visible: false, minimized: false });
  await app.evaluate(() => (globalThis as unknown as Main).fixture.openWindow());
  const page = await app.window();
  await until("the new window has its page", async () => (await page.title()) === "Fixture");
});

test("the end of a renderer is told, and the page can be loaded again", async () => {
  const { app } = await start();
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer());
  await until("the log says it", async () => (await log(app)).some((line) => /^gone (crashed|killed)$/.test(line)));
  await app.evaluate(() => (globalThis as unknown as Main).fixture.received.splice(0));
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.reload());
  await until("its preload script sends", async () => {
    const received = await app.evaluate(() => (globalThis as unknown as Main).fixture.received);
    return received.length === 3;
  });
  const title = await app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript("document.title"),
  );
  expect(title).toBe("Fixture");
});

test("new windows and navigations go through the application's handlers", async () => {
  const { app, page } = await start();
  await page.click("#blank");
  await logged(app, "open https://example.org/blank");
  await page.click("#away");
  await logged(app, "will-navigate https://example.org/away");
  expect(await page.textContent("h1")).toBe("Fixture");
  await page.evaluate(() => {
    location.hash = "#part";
  });
  await logged(app, "did-navigate-in-page fixture://app/index.html#part");
  await page.evaluate(() => location.assign("moved.html"));
  await logged(app, "will-redirect fixture://app/second.html");
  expect(await page.textContent("h1")).toBe("Fixture");
  await page.click("#second");
  await logged(app, "did-navigate fixture://app/second.html");
  expect(await page.textContent("h1")).toBe("Second");
  expect(await log(app)).toContain("will-navigate fixture://app/second.html");
  expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
});

test("a page that goes to and fro is asked about each time", async () => {
  const { app, page } = await start();
  for (let round = 1; round <= 8; round += 1) {
    await page.click("#second");
    await page.waitForURL(/second\.html$/);
    await page.evaluate(() => location.assign("index.html"));
    await page.waitForURL(/index\.html$/);
  }
  const asked = (await log(app)).filter((line) => line.startsWith("will-navigate"));
  expect(asked).toEqual(
    Array.from(
      { length: 16 },
      (_, index) => `will-navigate fixture://app/${index % 2 === 0 ? "second" : "index"}.html`,
    ),
  );
});

test("permissions are what the session's handlers say", async () => {
  const { page } = await start();
  await page.click("h1");
  const found = await page.evaluate(async () => [
    await navigator.clipboard.writeText("copied").then(
      () => "copied",
      () => "refused",
    ),
    (await navigator.permissions.query({ name: "geolocation" })).state,
    await Notification.requestPermission(),
  ]);
  expect(found).toEqual(["copied", "denied", "denied"]);
});

test("a download is kept where the application says, and not begun where it refuses", async () => {
  const { app, page } = await start();
  const save = (name: string): Promise<void> =>
    page.evaluate((download) => {
      const href = URL.createObjectURL(new Blob(["what was saved"]));
      Object.assign(document.createElement("a"), { href, download }).click();
    }, name);
  await save("kept.txt");
  await logged(app, "download completed");
  await save("refused.txt");
  await logged(app, "will-download blob:fixture://app refused.txt");
  const userData = await app.evaluate(({ app: electronApp }) => electronApp.getPath("userData"));
  expect(readFileSync(join(userData, "saved.txt"), "utf8")).toBe("what was saved");
  expect(await log(app)).toContain("will-download blob:fixture://app kept.txt");
});

test("a zoomed page has fewer pixels of its own", async () => {
  const { app, page } = await start();
  const width = await page.evaluate(() => innerWidth);
  const zoomed = await app.evaluate(({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents;
    contents?.setZoomFactor(2);
    return contents?.getZoomFactor();
  });
  expect(zoomed).toBe(2);
  await until("the page has half the width", () => page.evaluate((half) => innerWidth === half, width / 2));
});

test("a window comes back where it was, and the page finds what it stored", async () => {
  const launch = options();
  const first = await start(launch);
  await first.page.evaluate(() => localStorage.setItem("kept", "yes"));
  await first.app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.setBounds({ x: 40, y: 50, width: 1000, height: 720 }),
  );
  await until("the page has the size", () => first.page.evaluate(() => innerWidth === 1000));
  await first.app.evaluate(({ app }) => {
    setImmediate(() => app.quit());
  });
  await first.app.exited;
  const { app, page } = await start(launch);
  const bounds = await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getBounds());
  expect(bounds).toMatchObject({ width: 1000, height: 720 });
  expect(await page.evaluate(() => localStorage.getItem("kept"))).toBe("yes");
});

test("the application starts itself as a helper, and talks with it", async () => {
  const { app } = await start();
  const answer = await app.evaluate(() => (globalThis as unknown as Main).fixture.askHelper("please"));
  expect(answer).toEqual({ answer: "helped: please", code: 0 });
});

test("a killed application leaves no process behind", async () => {
  const { app } = await start();
  const userData = await app.evaluate(({ app: electronApp }) => electronApp.getPath("userData"));
  expect(processesOf(userData)).not.toHaveLength(0);
  await app.kill();
  await until("every process is gone", () => processesOf(userData).length === 0);
  expect(await app.exited).toBeNull();
});

test("the application is what it would be to Electron", async () => {
  const launch = options();
  const { app } = await start({ ...launch, args: ["--unknown-switch=value"] });
  const facts = await app.evaluate(({ app: electronApp }) => ({
    name: electronApp.getName(),
    version: electronApp.getVersion(),
    isPackaged: electronApp.isPackaged,
    userData: electronApp.getPath("userData"),
    appPath: electronApp.getAppPath(),
    type: process.type,
    last: process.argv.at(-1),
    value: electronApp.commandLine.getSwitchValue("unknown-switch"),
  }));
  expect(facts).toEqual({
    name: "host-fixture",
    version: "1.2.3",
    isPackaged: false,
    userData: join(launch.home, ".config", "host-fixture"),
    appPath: FIXTURE,
    type: "browser",
    last: "--unknown-switch=value",
    value: "value",
  });
});

test("what the host does not implement throws when it is touched", async () => {
  const { app } = await start();
  if (app.kind === "electron") {
    expect(await app.evaluate(({ app: electronApp }) => typeof electronApp.getGPUFeatureStatus)).toBe("function");
    return;
  }
  const messages = await app.evaluate(({ app: electronApp, BrowserWindow, utilityProcess }) => {
    const [window] = BrowserWindow.getAllWindows();
    const message = (act: () => unknown): string => {
      try {
        act();
        return "nothing thrown";
      } catch (error) {
        return (error as Error).message;
      }
    };
    return [
      message(() => electronApp.getGPUFeatureStatus()),
      message(() => window?.setKiosk(true)),
      message(() => window?.webContents.openDevTools()),
      message(() => utilityProcess.fork("file")),
    ];
  });
  expect(messages).toEqual([
    "the Electron host does not implement App.getGPUFeatureStatus",
    "the Electron host does not implement BrowserWindow.setKiosk",
    "the Electron host does not implement WebContents.openDevTools",
    "the Electron host does not implement utilityProcess",
  ]);
});

/** Processes that were started with this text among their arguments. */
function processesOf(text: string): string[] {
  return execFileSync("ps", ["-eo", "args="], { encoding: "utf8" })
    .split("\n")
    .filter((line) => line.includes(text));
}
