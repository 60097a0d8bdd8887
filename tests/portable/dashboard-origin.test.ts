/** Whose request it is: rebinding, other sites, other ports of this machine. */
import { describe, expect, test } from "vitest";
import { isOurHost } from "../../main/headless/dashboard/origin.ts";
import { expectSafe, sendBytes, testDashboard, upgrade } from "../support/dashboard.ts";

const CROSS_SITE_CLICK = { "Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document" };

describe("the Host", () => {
  test.each([
    ["127.0.0.1:PORT", 200],
    ["localhost:PORT", 200],
    ["LOCALHOST:PORT", 200],
    ["[::1]:PORT", 200],
    ["evil.example:PORT", 421],
    ["evil.example", 421],
    ["127.0.0.1", 421],
    ["localhost", 421],
    ["localhost.:PORT", 421],
    ["127.0.0.1.:PORT", 421],
    ["127.0.0.1:1", 421],
    ["127.0.0.1:0PORT", 421],
    ["127.0.0.1:PORT.evil.example", 421],
    ["127.0.0.1:PORT@evil.example", 421],
    ["evil.example@127.0.0.1:PORT", 421],
    ["127.0.0.1.evil.example:PORT", 421],
    ["sub.localhost:PORT", 421],
    ["127.1:PORT", 421],
    ["2130706433:PORT", 421],
    ["127.0.0.2:PORT", 421],
    ["0.0.0.0:PORT", 421],
    ["192.168.0.1:PORT", 421],
    ["::1:PORT", 421],
  ])("%j is answered with %i, for pages, /health, the token and WebSockets", async (pattern, status) => {
    const dashboard = await testDashboard();
    const host = pattern.replace("PORT", String(dashboard.port));
    const cookie = await dashboard.enter();
    const headers = { Host: host, Cookie: cookie };
    const answers = [
      await dashboard.ask("/health", { headers: { Host: host } }),
      await dashboard.ask("/", { headers }),
      await dashboard.ask("/api/status", { headers }),
    ];
    for (const answer of answers) expectSafe(answer);
    expect(answers.map((answer) => answer.status)).toEqual([status, status, status]);
    const entered = await dashboard.ask(`/?token=${dashboard.token}`, { headers: { Host: host } });
    expect(entered.status).toBe(status === 200 ? 303 : 421);
    expect(entered.headers["set-cookie"] !== undefined).toBe(status === 200);
    const socket = await upgrade(dashboard, { ...headers, Origin: `http://${host}` });
    expect(socket.status).toBe(status === 200 ? 101 : 421);
  });

  test("given twice, empty or not at all is refused", async () => {
    const dashboard = await testDashboard();
    const own = `Host: 127.0.0.1:${dashboard.port}\r\n`;
    const end = "Connection: close\r\n\r\n";
    expect(await sendBytes(dashboard, `GET /health HTTP/1.1\r\n${own}${end}`)).toMatch(/^HTTP\/1.1 200 /);
    expect(await sendBytes(dashboard, `GET /health HTTP/1.1\r\n${own}Host: evil.example\r\n${end}`)).toMatch(/ 4\d\d /);
    expect(await sendBytes(dashboard, `GET /health HTTP/1.1\r\n${end}`)).toMatch(/^HTTP\/1.1 400 /);
    expect(await sendBytes(dashboard, `GET /health HTTP/1.1\r\nHost:\r\n${end}`)).toMatch(/^HTTP\/1.1 4\d\d /);
    expect(await sendBytes(dashboard, `GET /health HTTP/1.0\r\n${end}`)).toMatch(/^HTTP\/1.1 421 /);
  });

  test("bound elsewhere, every address and the donor's names are right, and no other name", () => {
    const binding = { host: "0.0.0.0", port: 3000, allowedHosts: ["grid.lan"] };
    const right = ["127.0.0.1:3000", "localhost:3000", "[::1]:3000", "192.168.0.1:8080", "[fe80::1]:80", "10.0.0.1"];
    const wrong = [
      "evil.example:3000",
      "grid.lan.:3000",
      "x.grid.lan:3000",
      "[evil]:3000",
      "10.0.0.1:",
      "10.1:3000",
      "",
    ];
    const named = ["grid.lan:3000", "GRID.lan"];
    expect([...right, ...named].filter((host) => !isOurHost(host, binding))).toEqual([]);
    expect(wrong.filter((host) => isOurHost(host, binding))).toEqual([]);
    expect(isOurHost(undefined, binding)).toBe(false);
    expect(isOurHost("grid.lan:3000", { ...binding, host: "127.0.0.1" })).toBe(false);
    expect(isOurHost("127.0.0.1", { ...binding, host: "127.0.0.1", port: 80 })).toBe(true);
  });
});

describe("another page", () => {
  test.each([
    ["no Origin", {}],
    ["the Origin null", { Origin: "null" }],
    ["another port's Origin", { Origin: "http://127.0.0.1:1" }],
    ["no port in its Origin", { Origin: "http://127.0.0.1" }],
    ["another name of this machine", { Origin: "http://localhost:PORT" }],
    ["another scheme", { Origin: "https://127.0.0.1:PORT" }],
    ["a longer Origin", { Origin: "http://127.0.0.1:PORT.evil.example" }],
    ["a path in its Origin", { Origin: "http://127.0.0.1:PORT/" }],
    ["a foreign Origin", { Origin: "https://evil.example" }],
    ["its own Origin but another site's mark", { Origin: "http://127.0.0.1:PORT", "Sec-Fetch-Site": "same-site" }],
  ])("with %s opens no WebSocket, even with the cookie", async (_what, pattern: Record<string, string>) => {
    const dashboard = await testDashboard();
    const Cookie = await dashboard.enter();
    const headers = Object.fromEntries(
      Object.entries(pattern).map(([name, value]) => [name, value.replace("PORT", String(dashboard.port))]),
    );
    const answer = await upgrade(dashboard, { ...headers, Cookie });
    expectSafe(answer);
    expect(answer.status).toBe(403);
    expect((await upgrade(dashboard, { Origin: dashboard.url, Cookie })).status).toBe(101);
  });

  test.each([
    [
      "a script of another site",
      { "Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors", "Sec-Fetch-Dest": "script" },
    ],
    ["a fetch of another port", { "Sec-Fetch-Site": "same-site", "Sec-Fetch-Mode": "cors", "Sec-Fetch-Dest": "empty" }],
    ["a frame of another site", { ...CROSS_SITE_CLICK, "Sec-Fetch-Dest": "iframe" }],
    ["a mark nobody knows", { "Sec-Fetch-Site": "new-kind" }],
    ["a foreign Origin", { Origin: "http://127.0.0.1:1" }],
    ["the Origin null", { Origin: "null" }],
  ])("as %s gets nothing, even with cookie and token", async (_what, headers: Record<string, string>) => {
    const dashboard = await testDashboard();
    const Cookie = await dashboard.enter();
    for (const path of ["/", "/health", "/api/status", "/assets/app-1a2B3c4D.js", `/?token=${dashboard.token}`]) {
      const answer = await dashboard.ask(path, { headers: { ...headers, Cookie } });
      expectSafe(answer);
      expect([path, answer.status]).toEqual([path, 403]);
      expect(answer.headers["set-cookie"]).toBeUndefined();
    }
  });

  test("may only open the dashboard in a tab with the token, not with a wrong one and not elsewhere", async () => {
    const dashboard = await testDashboard();
    const Cookie = await dashboard.enter();
    const ask = async (path: string, headers = {}): Promise<number> =>
      (await dashboard.ask(path, { headers: { ...CROSS_SITE_CLICK, ...headers } })).status;
    expect(await ask("/?token=wrong")).toBe(401);
    expect(await ask("/", { Cookie })).toBe(403);
    expect(await ask("/api/status", { Cookie })).toBe(403);
    expect(await ask("/health")).toBe(403);
    expect(await ask(`/?token=${dashboard.token}`, { Origin: "null" })).toBe(403);
  });

  test("the dashboard's own and the person are let through", async () => {
    const dashboard = await testDashboard();
    const Cookie = await dashboard.enter();
    for (const site of ["same-origin", "none"]) {
      expect((await dashboard.ask("/", { headers: { Cookie, "Sec-Fetch-Site": site } })).status).toBe(200);
    }
  });

  test.each(["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "PROPFIND"])("%s is refused", async (method) => {
    const dashboard = await testDashboard();
    const headers = { Cookie: await dashboard.enter(), Origin: dashboard.url };
    for (const path of ["/", "/health", "/api/status"]) {
      const answer = await dashboard.ask(path, { method, headers });
      expectSafe(answer);
      expect(answer).toMatchObject({ status: 405, headers: { allow: "GET, HEAD" } });
    }
  });
});
