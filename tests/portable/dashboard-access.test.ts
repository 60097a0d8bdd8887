/** Who is let in: the link, the cookie, the bearer. */
import { chmodSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { cookieOf, expectSafe, testDashboard, upgrade, type TestDashboard } from "../support/dashboard.ts";
import { temporaryDirectory } from "../support/temporary-directory.ts";

const DAY_MS = 24 * 60 * 60 * 1000;
const CROSS_SITE_CLICK = { "Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document" };

describe("the link", () => {
  test("lets in and leaves its token behind: a cookie, and a redirect that does not name it", async () => {
    const dashboard = await testDashboard();
    expect(dashboard.link).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/\?token=[\w-]{43}$/);
    expect(dashboard.url).toBe(`http://127.0.0.1:${dashboard.port}`);
    const answer = await dashboard.ask(`/?token=${dashboard.token}`);
    expectSafe(answer);
    expect(answer.status).toBe(303);
    expect(answer.headers.location).toBe("/");
    expect(answer.headers["set-cookie"]).toEqual([
      expect.stringMatching(
        new RegExp(`^dgrid_${dashboard.port}=[\\w.-]+; HttpOnly; SameSite=Strict; Path=/; Max-Age=2592000$`),
      ),
    ]);
    const page = await dashboard.ask("/", { headers: { Cookie: cookieOf(answer) } });
    expect(page.status).toBe(200);
    expect(page.body).toContain("<title>D-GRID</title>");
    const seen = JSON.stringify([answer.headers, answer.body, page]);
    expect(seen).not.toContain(dashboard.token);
    expect(dashboard.logged.join("\n")).not.toContain(dashboard.token);
    expect(dashboard.logged.length).toBeGreaterThan(0);
  });

  test("is another at each start", async () => {
    const [one, two] = await Promise.all([testDashboard(), testDashboard()]);
    expect(one.token).not.toBe(two.token);
    expect((await one.ask(`/?token=${two.token}`)).status).toBe(401);
  });

  test.each(["", "x", "__proto__", "a".repeat(43), "%00", "%ff", "€"])(
    "with the token %j is refused with words",
    async (token) => {
      const dashboard = await testDashboard();
      const answer = await dashboard.ask(`/?token=${encodeURIComponent(token)}`);
      expectSafe(answer);
      expect(answer.status).toBe(401);
      expect(answer.headers["set-cookie"]).toBeUndefined();
      expect(answer.headers["content-type"]).toBe("text/html; charset=utf-8");
      expect(answer.body).toContain("Open the link that the worker printed");
      expect(answer.body).not.toContain("<script");
      expect(answer.body).not.toContain(dashboard.token);
    },
  );

  test("does not let in with a part of the token, with it twice, or elsewhere than at /", async () => {
    const { ask, token } = await testDashboard();
    const statuses = await Promise.all(
      [
        `/?token=${token.slice(0, -1)}`,
        `/?token=${token}x`,
        `/?token=x&token=${token}`,
        `/index.html?token=${token}`,
        `/?Token=${token}`,
      ].map(async (path) => (await ask(path)).status),
    );
    expect(statuses).toEqual([401, 401, 401, 401, 401]);
  });

  test("of an earlier start leads a browser that is already in to the page, without the token", async () => {
    const dashboard = await testDashboard();
    const answer = await dashboard.ask("/?token=old", { headers: { Cookie: await dashboard.enter() } });
    expect(answer).toMatchObject({ status: 303, headers: { location: "/" } });
    expect(answer.headers["set-cookie"]).toBeUndefined();
  });

  test("clicked on another site opens by a step of this server's own page, which the cookie goes along with", async () => {
    const dashboard = await testDashboard();
    const answer = await dashboard.ask(`/?token=${dashboard.token}`, { headers: CROSS_SITE_CLICK });
    expectSafe(answer);
    expect(answer.status).toBe(200);
    expect(answer.body).toContain('<meta http-equiv="refresh" content="0; url=/">');
    expect(answer.body).not.toContain(dashboard.token);
    expect((await dashboard.ask("/", { headers: { Cookie: cookieOf(answer) } })).status).toBe(200);
  });

  test("carries a token of the donor's, whatever characters it has", async () => {
    const dashboard = await testDashboard({ token: "a b&c=d#e%f/g?hä" });
    expect(dashboard.token).toBe("a b&c=d#e%f/g?hä");
    expect(await dashboard.enter()).not.toBe("");
  });
});

describe("the cookie", () => {
  const at = (dashboard: TestDashboard, cookie: string): Promise<number> =>
    dashboard.ask("/", { headers: { Cookie: cookie } }).then(({ status }) => status);

  test("survives a restart on the same data directory and port, and the old link does not", async () => {
    const first = await testDashboard();
    const cookie = await first.enter();
    await first.close();
    const second = await testDashboard({ port: first.port, secretFile: first.secretFile });
    expect(await at(second, cookie)).toBe(200);
    expect((await second.ask(`/?token=${first.token}`)).status).toBe(401);
  });

  test("of another data directory is none", async () => {
    const first = await testDashboard();
    const cookie = await first.enter();
    await first.close();
    const second = await testDashboard({ port: first.port });
    expect(await at(second, cookie)).toBe(401);
  });

  test("ends when the donor changes the token", async () => {
    const first = await testDashboard({ token: "a".repeat(16) });
    const cookie = await first.enter();
    await first.close();
    const same = await testDashboard({ port: first.port, secretFile: first.secretFile, token: "a".repeat(16) });
    expect(await at(same, cookie)).toBe(200);
    await same.close();
    const changed = await testDashboard({ port: first.port, secretFile: first.secretFile, token: "b".repeat(16) });
    expect(await at(changed, cookie)).toBe(401);
  });

  test("ends after thirty days, by the signed time and not by the browser's", async () => {
    let nowMs = 1_800_000_000_000;
    const dashboard = await testDashboard({ clock: { now: () => nowMs } });
    const cookie = await dashboard.enter();
    nowMs += 30 * DAY_MS - 1;
    expect(await at(dashboard, cookie)).toBe(200);
    nowMs++;
    expect(await at(dashboard, cookie)).toBe(401);
    const later = cookie.replace(/\.\d+\./, `.${nowMs + DAY_MS}.`);
    expect(later).not.toBe(cookie);
    expect(await at(dashboard, later)).toBe(401);
  });

  test("with a character changed, cut, extended or renamed is none", async () => {
    const dashboard = await testDashboard();
    const cookie = await dashboard.enter();
    const start = cookie.indexOf("=") + 1;
    const other = (c: string | undefined): string => (c === "A" ? "B" : "A");
    // The last character of 43 holds four bits; some changes of it would name the same bytes.
    const changed = Array.from({ length: cookie.length - start - 1 }, (_, i) => start + i)
      .filter((i) => cookie[i] !== ".")
      .map((i) => cookie.slice(0, i) + other(cookie[i]) + cookie.slice(i + 1));
    const name = cookie.slice(0, start);
    const forged = [...changed, cookie.slice(0, -1), `${cookie}A`, name, `${name}..`, `x${cookie}`, `${name}${name}`];
    const statuses = await Promise.all(forged.map((one) => at(dashboard, one)));
    expect(new Set(statuses)).toEqual(new Set([401]));
    expect(await at(dashboard, cookie)).toBe(200);
  });

  test("is found among others, also ones of its own name that another port's page put there", async () => {
    const dashboard = await testDashboard();
    const cookie = await dashboard.enter();
    expect(await at(dashboard, `dgrid_${dashboard.port}=junk; theme=dark;${cookie}; x=y`)).toBe(200);
  });

  test("is signed by a key that nobody else can read, and one that others could is replaced", async () => {
    const { secretFile, enter, close, port } = await testDashboard();
    const cookie = await enter();
    const key = readFileSync(secretFile, "utf8");
    expect(key).toMatch(/^[0-9a-f]{64}$/);
    await close();
    if (process.platform === "win32") return;
    expect(statSync(secretFile).mode & 0o777).toBe(0o600);
    chmodSync(secretFile, 0o644);
    const second = await testDashboard({ secretFile, port });
    expect(readFileSync(secretFile, "utf8")).not.toBe(key);
    expect(statSync(secretFile).mode & 0o777).toBe(0o600);
    expect(await at(second, cookie)).toBe(401);
  });

  test.each(["", "not hex", "0".repeat(63)])("a key file that holds %j is made anew", async (content) => {
    const secretFile = join(temporaryDirectory(), "key");
    writeFileSync(secretFile, content, { mode: 0o600 });
    await testDashboard({ secretFile });
    expect(readFileSync(secretFile, "utf8")).toMatch(/^[0-9a-f]{64}$/);
  });
});

describe("without a token", () => {
  test("/health says that it lives, and nothing else does", async () => {
    const { ask } = await testDashboard();
    expect(await ask("/health")).toMatchObject({ status: 200, body: "ok\n" });
    for (const path of ["/api/status", "/assets/app-1a2B3c4D.js", "/favicon.svg", "/queue", "/nothing", "/ws"]) {
      const answer = await ask(path);
      expectSafe(answer);
      expect({ path, ...answer }).toMatchObject({
        path,
        status: 401,
        headers: { "content-type": "text/plain; charset=utf-8" },
      });
    }
    expect((await ask("/")).headers["content-type"]).toBe("text/html; charset=utf-8");
  });

  test("a WebSocket is refused", async () => {
    const dashboard = await testDashboard();
    const answer = await upgrade(dashboard, { Origin: dashboard.url });
    expectSafe(answer);
    expect(answer.status).toBe(401);
  });
});

describe("/api/status", () => {
  test("is JSON for the cookie and for the token as a bearer", async () => {
    const dashboard = await testDashboard({ status: () => ({ state: "donating" }) });
    const right = [{ Cookie: await dashboard.enter() }, { Authorization: `Bearer ${dashboard.token}` }];
    for (const headers of right) {
      const answer = await dashboard.ask("/api/status", { headers });
      expectSafe(answer);
      expect(answer.status).toBe(200);
      expect(answer.headers["content-type"]).toBe("application/json; charset=utf-8");
      expect(JSON.parse(answer.body)).toEqual({ state: "donating" });
    }
  });

  test.each(["Bearer", "Bearer ", "Bearer x", "Basic dXNlcjpwYXNz", "TOKEN"])(
    "refuses Authorization: %s",
    async (given) => {
      const { ask, token } = await testDashboard();
      const headers = { Authorization: given === "TOKEN" ? token : given };
      const answer = await ask("/api/status", { headers });
      expect(answer).toMatchObject({ status: 401, headers: { "www-authenticate": "Bearer" } });
    },
  );

  test("the bearer opens nothing else", async () => {
    const { ask, token } = await testDashboard();
    expect((await ask("/", { headers: { Authorization: `Bearer ${token}` } })).status).toBe(401);
  });

  test("that fails is answered, logged, and shows nothing of it", async () => {
    const { ask, enter, logged } = await testDashboard({
      status: () => {
        throw new Error("hidden detail");
      },
    });
    const answer = await ask("/api/status", { headers: { Cookie: await enter() } });
    expectSafe(answer);
    expect(answer.status).toBe(500);
    expect(answer.body).not.toContain("hidden");
    expect(logged.join("\n")).toContain("hidden detail");
  });
});
