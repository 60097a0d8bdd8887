/** What is served, and what is nowhere to be found. */
import { once } from "node:events";
import { mkdirSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { expectSafe, sendBytes, testDashboard } from "../support/dashboard.ts";
import { temporaryDirectory } from "../support/temporary-directory.ts";

describe("files", () => {
  test("of the build are kept for good, pages never, and HEAD has no body", async () => {
    const { ask, enter } = await testDashboard();
    const headers = { Cookie: await enter() };
    const asset = await ask("/assets/app-1a2B3c4D.js", { headers });
    expectSafe(asset);
    expect(asset).toMatchObject({ status: 200, body: "console.log(1);" });
    expect(asset.headers["content-type"]).toContain("javascript");
    expect(asset.headers["cache-control"]).toContain("immutable");
    for (const path of ["/", "/index.html", "/favicon.svg", "/queue", "/history/some-run", "/assets", "/assets/x"]) {
      const answer = await ask(path, { headers });
      expectSafe(answer);
      expect({ path, ...answer }).toMatchObject({ path, status: 200, headers: { "cache-control": "no-store" } });
    }
    expect(await ask("/", { method: "HEAD", headers })).toMatchObject({ status: 200, body: "" });
    for (const path of ["/assets/missing.js", "/missing.js", "/api", "/api/other", "/api/status/", "/ws"]) {
      const answer = await ask(path, { headers });
      expectSafe(answer);
      expect({ path, ...answer }).toMatchObject({ path, status: 404, headers: { "cache-control": "no-store" } });
    }
  });

  test.each([
    "/../outside.txt",
    "/../renderer-beside.txt",
    "/assets/../../outside.txt",
    "/%2e%2e/outside.txt",
    "/%2e%2e%2foutside.txt",
    "/..%2foutside.txt",
    "/..%5coutside.txt",
    "/..\\outside.txt",
    "/%252e%252e/outside.txt",
    "/....//outside.txt",
    "//outside.txt",
    "/./index.html",
    "/.hidden",
    "/assets/..%00/outside.txt",
    "/index.html%00.js",
    "/%00",
    "/%",
    "/%ff",
    "/%c0%ae%c0%ae/outside.txt",
    "/index.html;x",
    "/outside.txt#/../",
    "/C:/Windows/win.ini",
    "/etc/passwd:x",
  ])("%s leads nowhere", async (path) => {
    const { ask, enter } = await testDashboard();
    const answer = await ask(path, { headers: { Cookie: await enter() } });
    expectSafe(answer);
    expect(answer.status).toBe(404);
    expect(answer.body).toBe("There is nothing here.\n");
  });

  test("are not looked for at an address that is for a proxy", async () => {
    const dashboard = await testDashboard();
    const own = `Host: 127.0.0.1:${dashboard.port}\r\nConnection: close\r\n\r\n`;
    expect(await sendBytes(dashboard, `GET http://evil.example/ HTTP/1.1\r\n${own}`)).toMatch(/^HTTP\/1.1 400 /);
    expect(await sendBytes(dashboard, `OPTIONS * HTTP/1.1\r\n${own}`)).toMatch(/^HTTP\/1.1 405 /);
  });

  test.each(["bytes=5-2", "bytes=-1", "bytes=a-b", "bytes=0-0,1-1", "bytes=99999-"])(
    "are whole whatever range is asked for: %s",
    async (range) => {
      const { ask, enter } = await testDashboard();
      const answer = await ask("/favicon.svg", { headers: { Cookie: await enter(), Range: range } });
      expect(answer).toMatchObject({ status: 200, body: "<svg/>" });
    },
  );

  test("that cannot be read end that request and not the worker", async () => {
    if (process.platform === "win32") return;
    const { ask, enter, staticDir, logged } = await testDashboard();
    const headers = { Cookie: await enter() };
    // A socket in the file system is there and no folder, and nobody can open it, not even root.
    const unreadable = createServer().listen(join(staticDir, "assets", "broken.js"));
    await once(unreadable, "listening");
    onTestFinished(() => void unreadable.close());
    await expect(ask("/assets/broken.js", { headers })).rejects.toThrow("socket hang up");
    // ENXIO on Linux; macOS has another name for it.
    expect(logged.join("\n")).toMatch(/open '.*broken\.js'/);
    expect((await ask("/", { headers })).status).toBe(200);
  });

  test("that are not built yet are a sentence, and are served once they are", async () => {
    const staticDir = join(temporaryDirectory(), "none");
    const { ask, enter } = await testDashboard({ staticDir });
    const headers = { Cookie: await enter() };
    const answer = await ask("/", { headers });
    expectSafe(answer);
    expect(answer.status).toBe(503);
    expect(answer.body).toContain("npm run build");
    mkdirSync(staticDir);
    writeFileSync(join(staticDir, "index.html"), "built");
    expect(await ask("/", { headers })).toMatchObject({ status: 200, body: "built" });
  });
});
