/** What the application refuses: other senders, wrong messages, leaving its page, and everything a page could ask for. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Page } from "playwright-core";
import { describe, expect, it, onTestFinished } from "vitest";
import { until } from "../../support/docker.ts";
import { answerNext, dialogs, forgedMessage, opened } from "./support/desktop.ts";
import { desktopHome, pageOf, trayTitle } from "./support/desktop-stage.ts";
import type { DesktopApp } from "./support/launch.ts";

const DONATE = JSON.stringify({ kind: "call", id: 77, method: "mode.set", input: { to: "donate" } });

async function started(): Promise<DesktopApp> {
  const app = await desktopHome({ settings: { setUp: true } }).start();
  const page = await pageOf(app);
  await page.getByRole("heading", { name: "Not donating" }).waitFor();
  return app;
}

function faultOf(replies: readonly unknown[]): unknown {
  const [first] = replies;
  return typeof first === "string" ? (JSON.parse(first) as { fault?: { code: string } }).fault?.code : undefined;
}

/** Clicks a link that wants a window of its own; the page answers before that window is anybody's concern. */
function follow(page: Page, address: string): Promise<void> {
  return page.evaluate((href) => {
    const link = Object.assign(document.createElement("a"), { href, target: "_blank", rel: "noreferrer" });
    document.body.append(link);
    setTimeout(() => {
      link.click();
      link.remove();
    });
  }, address);
}

describe("a message", () => {
  it("of another frame or another origin is refused with a fault, and changes nothing", async () => {
    const app = await started();
    for (const frame of ["sub", "foreign"] as const) {
      expect(faultOf(await forgedMessage(app, { text: DONATE, frame }))).toBe("sender_refused");
    }
    expect(await trayTitle(app)).toBe("Not donating");
    expect(app.output()).toContain("a message of another page was refused");
  });

  it("of a wrong shape is refused with a fault, and changes nothing", async () => {
    const app = await started();
    for (const text of ["{", "null", '{"kind":"call","id":1}', JSON.stringify({ ...JSON.parse(DONATE), input: {} })]) {
      expect(faultOf(await forgedMessage(app, { text, frame: "own" }))).toBe("request_invalid");
    }
    expect(await trayTitle(app)).toBe("Not donating");
  });
});

describe("the page", () => {
  it("has one end of a port, and nothing of Electron or Node", async () => {
    const app = await started();
    const page = await pageOf(app);
    const seen = await page.evaluate(() => ({
      bridge: Object.keys((globalThis as unknown as { dgrid: object }).dgrid).toSorted(),
      names: ["require", "process", "module", "electron", "ipcRenderer", "Buffer"].filter((name) => name in globalThis),
    }));
    expect(seen).toEqual({ bridge: ["send", "subscribe"], names: [] });
  });

  it("cannot be led elsewhere, opens no window, and reaches no server", async () => {
    const app = await started();
    const page = await pageOf(app);
    const url = page.url();
    await page.evaluate(() => {
      location.href = "https://example.com/";
    });
    await until("it was refused", () => app.output().includes("a page tried to leave the application"));
    expect(page.url()).toBe(url);
    await follow(page, "http://example.com/");
    await until("it was refused", () => app.output().includes("not https"));
    const reached = await page.evaluate(async () =>
      fetch("https://example.com/").then(
        () => "reached",
        () => "refused",
      ),
    );
    expect(reached).toBe("refused");
    expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
    expect(await opened(app)).toEqual([]);
  });

  it("reaches no server even where its policy is taken from it", async () => {
    const reached: string[] = [];
    const server = createServer(({ url = "" }, response) => {
      reached.push(url);
      response.setHeader("Access-Control-Allow-Origin", "*").end("reached");
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    onTestFinished(() => void server.close());
    const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    const app = await started();
    const page = await pageOf(app);
    const devtools = await page.context().newCDPSession(page);
    await devtools.send("Page.setBypassCSP", { enabled: true });
    await page.reload();
    await page.getByRole("heading", { level: 1 }).first().waitFor();
    // Shows that nothing but the application's own refusal is left.
    const ran = await page.evaluate(() => {
      const script = document.createElement("script");
      script.textContent = "globalThis.ran = true";
      document.body.append(script);
      return "ran" in globalThis;
    });
    expect(ran).toBe(true);
    const failures: (string | undefined)[] = [];
    page.on("requestfailed", (request) => failures.push(request.failure()?.errorText));
    const asked = await page.evaluate(async (url) => {
      const fetched = await fetch(url).then(
        () => "reached",
        () => "refused",
      );
      const shown = new Promise<string>((resolve) => {
        const picture = new Image();
        picture.addEventListener("load", () => resolve("reached"));
        picture.addEventListener("error", () => resolve("refused"));
        picture.src = `${url}picture.png`;
      });
      return [fetched, await shown];
    }, address);
    expect(asked).toEqual(["refused", "refused"]);
    await until("both were refused", () => failures.length >= 2);
    // Inspected, Chromium adds who refused.
    for (const failure of failures) expect(failure).toMatch(/^net::ERR_BLOCKED_BY_CLIENT/);
    expect(reached).toEqual([]);
  });

  it("saves nothing but what the interface made itself", async () => {
    const app = await started();
    const page = await pageOf(app);
    await page.evaluate(() => {
      const link = document.createElement("a");
      Object.assign(link, { href: "data:text/plain,hostile", download: "hostile.txt" });
      document.body.append(link);
      link.click();
    });
    await until("it was refused", () => app.output().includes("a page tried to download a file"));
    expect(await opened(app)).toEqual([]);
  });

  it("runs no script but the application's own", async () => {
    const app = await started();
    const page = await pageOf(app);
    const ran = await page.evaluate(() => {
      const script = document.createElement("script");
      script.textContent = "globalThis.ran = true";
      document.body.append(script);
      return "ran" in globalThis;
    });
    expect(ran).toBe(false);
  });

  it("hands an https address to the browser once the donor has seen it, and no other", async () => {
    const app = await started();
    const page = await pageOf(app);
    await follow(page, "https://github.com/someone/grid/new/main");
    await until("the donor was asked", async () => (await dialogs(app)).length === 1);
    expect((await dialogs(app))[0]?.detail).toBe("https://github.com/someone/grid/new/main");
    expect(await opened(app)).toEqual([]);
    await answerNext(app, 0);
    await follow(page, "https://github.com/someone/grid/new/main");
    await until("it was opened", async () => (await opened(app)).length === 1);
    const refusals = (): number => app.output().split("not https").length - 1;
    for (const [index, address] of ["http://example.com/", "https://user:pass@example.com/"].entries()) {
      await follow(page, address);
      await until("it was refused", () => refusals() === index + 1);
    }
    await follow(page, "https://github.com/last");
    await until("the last was asked for", async () => (await dialogs(app)).length === 3);
    expect(await opened(app)).toHaveLength(1);
  });

  it("gets no permission but to copy a text", async () => {
    const app = await started();
    const page = await pageOf(app);
    const camera = await page.evaluate(async () =>
      navigator.mediaDevices.getUserMedia({ video: true }).then(
        () => "granted",
        () => "refused",
      ),
    );
    expect(camera).toBe("refused");
  });

  it("serves the interface's own files and nothing beside them", async () => {
    const app = await started();
    const page = await pageOf(app);
    const answers = await page.evaluate(async () => {
      const own = document.querySelector<HTMLScriptElement>("script[src]")?.src ?? "";
      const outside = [
        "../electron/main.js",
        "..%2felectron%2fmain.js",
        "%2e%2e/electron/main.js",
        "none.js",
        "%E0%A4%A.js",
      ];
      const addresses = [own, ...outside.map((path) => new URL(`/${path}`, document.baseURI).href)];
      return Promise.all(
        addresses.map(async (address) => {
          const script = document.createElement("script");
          const { promise, resolve } = Promise.withResolvers<string>();
          script.addEventListener("load", () => resolve("served"));
          script.addEventListener("error", () => resolve("refused"));
          Object.assign(script, { type: "module", src: address });
          document.body.append(script);
          return promise;
        }),
      );
    });
    expect(answers).toEqual(["served", "refused", "refused", "refused", "refused", "refused"]);
  });
});
