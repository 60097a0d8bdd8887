/** The local dashboard as a server: starting, stopping, and peers that are no browser. */
import { once } from "node:events";
import { connect as connectTcp } from "node:net";
import { networkInterfaces } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { startDashboard } from "../../main/headless/dashboard/dashboard-server.ts";
import { expectSafe, idleServer, sendBytes, testDashboard, upgrade } from "../support/dashboard.ts";
import { openSocket } from "../support/rpc-transports.ts";
import { temporaryDirectory } from "../support/temporary-directory.ts";

describe("starting and stopping", () => {
  const options = (given: object) => ({
    server: idleServer,
    staticDir: "none",
    secretFile: join(temporaryDirectory(), "key"),
    status: () => ({}),
    log: { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined },
    port: 0,
    ...given,
  });

  test("a port that is taken is a fault that says what to do", async () => {
    const { port } = await testDashboard();
    const outcome = await startDashboard(options({ port }));
    expect(outcome).toMatchObject({
      ok: false,
      fault: {
        code: "dashboard_port_taken",
        detail: expect.stringContaining("EADDRINUSE"),
        next: expect.stringContaining("--port"),
      },
    });
  });

  test.each([
    ["0.0.0.0", undefined],
    ["::", undefined],
    ["", undefined],
    ["192.0.2.1", undefined],
    ["127.0.0.1.evil.example", undefined],
    ["0.0.0.0", "fifteen-letters"],
    ["127.0.0.1", "fifteen-letters"],
    ["127.0.0.1", ""],
  ])("at the address %j with the token %j nothing listens", async (host, token) => {
    const outcome = await startDashboard(options({ host, ...(token === undefined ? {} : { token }) }));
    expect(outcome).toMatchObject({ ok: false, fault: { code: "dashboard_token_needed" } });
  });

  test("a data directory that cannot be written is a fault", async () => {
    const secretFile = join(temporaryDirectory(), "no-such-directory", "key");
    const outcome = await startDashboard(options({ secretFile }));
    expect(outcome).toMatchObject({ ok: false, fault: { code: "data_directory_unwritable" } });
  });

  test("by default nothing listens on the machine's other addresses", async () => {
    const { port } = await testDashboard();
    const others = Object.values(networkInterfaces())
      .flatMap((addresses) => addresses ?? [])
      .filter(({ internal, family }) => !internal && family === "IPv4");
    for (const { address } of others) {
      const socket = connectTcp(port, address);
      await expect(once(socket, "connect")).rejects.toThrow("ECONNREFUSED");
    }
  });

  test("with the donor's token it may be reached from elsewhere, at an address but not at a name", async () => {
    const token = "a-token-of-the-donor";
    const { port, ask, url } = await testDashboard({ host: "0.0.0.0", token, allowedHosts: ["Grid.lan"] });
    expect(url).toBe(`http://127.0.0.1:${port}`);
    const status = async (host: string): Promise<number> => (await ask("/health", { headers: { Host: host } })).status;
    expect(await status(`192.168.1.2:${port}`)).toBe(200);
    expect(await status("grid.lan")).toBe(200);
    expect(await status(`evil.example:${port}`)).toBe(421);
    expect((await ask("/")).status).toBe(401);
  });

  test("closing ends idle, open and unanswering connections, and frees the port", async () => {
    const dashboard = await testDashboard();
    const cookie = await dashboard.enter();
    const polite = openSocket(dashboard, cookie);
    const stuck = openSocket(dashboard, cookie);
    await Promise.all([once(polite, "open"), once(stuck, "open")]);
    stuck.pause();
    onTestFinished(() => stuck.terminate());
    const idle = connectTcp(dashboard.port, "127.0.0.1");
    await once(idle, "connect");
    const idleEnded = once(idle, "close");
    const goodbye = once(polite, "close");
    await dashboard.close();
    expect((await goodbye)[0]).toBe(1001);
    await idleEnded;
    await testDashboard({ port: dashboard.port });
  });
});

describe("WebSockets", () => {
  test("are twenty at most; the next is told to come back later, until one of them is gone", async () => {
    const dashboard = await testDashboard();
    const cookie = await dashboard.enter();
    const sockets = Array.from({ length: 20 }, () => openSocket(dashboard, cookie));
    await Promise.all(sockets.map((socket) => once(socket, "open")));
    const [code] = (await once(openSocket(dashboard, cookie), "close")) as [number];
    expect(code).toBe(1013);
    const [leaving] = sockets;
    leaving?.close();
    await new Promise((resolve) => leaving?.once("close", resolve));
    const next = openSocket(dashboard, cookie);
    await once(next, "open");
    next.send("?");
    expect(String(((await once(next, "message")) as [Buffer])[0])).toContain("request_invalid");
  });

  test("that send more than is ever read are closed with a code that says so", async () => {
    const dashboard = await testDashboard();
    const socket = openSocket(dashboard, await dashboard.enter());
    await once(socket, "open");
    const closed = once(socket, "close");
    socket.send("a".repeat(4 * 1024 * 1024 + 1));
    expect((await closed)[0]).toBe(1009);
    expect((await dashboard.ask("/health")).status).toBe(200);
  });

  test("whose peer does not answer any more are ended, and those that do live on", async () => {
    // Both ends are in this process: what holds it up for a moment must not pass for a dead peer.
    const dashboard = await testDashboard({ heartbeatMs: 1_000 });
    const cookie = await dashboard.enter();
    const alive = openSocket(dashboard, cookie);
    const dead = openSocket(dashboard, cookie, { autoPong: false });
    const ended = once(dead, "close");
    await Promise.all([once(alive, "open"), once(dead, "open")]);
    expect((await ended)[0]).toBe(1006);
    for (let i = 0; i < 2; i++) await once(alive, "ping");
    expect(alive.readyState).toBe(alive.OPEN);
  });

  test("carry a snapshot of two megabytes whole", async () => {
    const text = Array.from(
      { length: 20_000 },
      (_, i) => `task-${i} ${Math.sin(i)} python:3.11-alpine eligible`,
    ).join();
    const dashboard = await testDashboard({
      server: {
        ...idleServer,
        attach: (emit) => {
          emit("logs", { [text]: 1 });
          return () => undefined;
        },
      },
    });
    const socket = openSocket(dashboard, await dashboard.enter());
    const [data] = (await once(socket, "message")) as [Buffer];
    expect(JSON.parse(String(data))).toMatchObject({ seq: 1, payload: { [text]: 1 } });
    expect(socket.extensions).toContain("permessage-deflate");
  });
});

describe("what is no request", () => {
  test.each([
    ["no HTTP", "hello\r\n\r\n", 400],
    ["a header that never ends", `GET / HTTP/1.1\r\nX: ${"a".repeat(20_000)}\r\n\r\n`, 431],
    ["two lengths", "GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n", 400],
  ])("%s gets an answer with the same headers", async (_what, bytes, status) => {
    const dashboard = await testDashboard();
    const answer = await sendBytes(dashboard, bytes);
    expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(answer).toContain("Content-Security-Policy: default-src 'none'");
    expect((await dashboard.ask("/health")).status).toBe(200);
  });

  test.each([
    ["another protocol", { Upgrade: "h2c" }, "/ws", 400],
    ["no key", { "Sec-WebSocket-Key": "x" }, "/ws", 400],
    ["an old version", { "Sec-WebSocket-Version": "7" }, "/ws", 400],
    ["another path", {}, "/", 404],
    ["the token in its path", {}, "/ws?token=TOKEN", 404],
  ])("a WebSocket with %s is refused with the same headers", async (_what, headers, path, status) => {
    const dashboard = await testDashboard();
    const own = { Origin: dashboard.url, Cookie: await dashboard.enter() };
    const answer = await upgrade(dashboard, { ...own, ...headers }, path.replace("TOKEN", dashboard.token));
    expectSafe(answer);
    expect(answer.status).toBe(status);
  });

  test("a peer that resets its connection in the middle of a handshake harms nobody", async () => {
    const dashboard = await testDashboard();
    const socket = connectTcp(dashboard.port, "127.0.0.1");
    await once(socket, "connect");
    socket.write(
      `GET /ws HTTP/1.1\r\nHost: 127.0.0.1:${dashboard.port}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n`,
    );
    socket.resetAndDestroy();
    await once(socket, "close");
    expect((await dashboard.ask("/health")).status).toBe(200);
  });
});
