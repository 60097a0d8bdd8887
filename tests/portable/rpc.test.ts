/** Calls, progress and events behave alike over every transport: what differs is what carries them. */
import { describe, expect, test } from "vitest";
import type { AnyEvent } from "../../shared/contract/events.ts";
import { fault } from "../../shared/contract/fault.ts";
import { connect } from "../../shared/rpc/connect.ts";
import { memoryPorts } from "../../shared/rpc/inbox.ts";
import { serve, type Emit } from "../../shared/rpc/serve.ts";
import { call, callWrongly, fixture, openRaw, reader } from "../support/rpc-fixture.ts";
import { heldHandler } from "../support/rpc-samples.ts";
import { TRANSPORTS } from "../support/rpc-transports.ts";

describe.each(Object.entries(TRANSPORTS))("over %s", (_name, open) => {
  test("cancelling settles the call at once, and aborts the handler's signal", async () => {
    const { handler, entered } = heldHandler();
    const { server, bugs } = fixture({ "runs.stop": handler });
    const client = connect((await open(server)).port);
    const abort = new AbortController();
    const outcome = client.call("runs.stop", { claimId: "c" }, { signal: abort.signal });
    const signal = await entered;
    const aborted = new Promise((resolve) => signal.addEventListener("abort", resolve));
    abort.abort();
    expect(await outcome).toEqual({ ok: false, fault: fault("request_cancelled") });
    await aborted;
    expect(await client.call("history.grids", {})).toMatchObject({ ok: true });
    expect(bugs).toEqual([]);
  });

  test("a handler that was cancelled answers so, once", async () => {
    const { handler, entered } = heldHandler();
    const { port, next } = await openRaw(open, fixture({ "runs.stop": handler }).server);
    port.send(call(1, "runs.stop", { claimId: "c" }));
    await entered;
    port.send('{"kind":"cancel","id":1}');
    port.send('{"kind":"cancel","id":1}');
    port.send('{"kind":"cancel","id":99}');
    expect(await next()).toMatchObject({ id: 1, ok: false, fault: { code: "request_cancelled" } });
    port.send(call(2, "snapshot", {}));
    expect(await next()).toMatchObject({ id: 2, ok: true });
  });

  test("a call whose signal was aborted before is not sent", async () => {
    const { server, received } = fixture();
    const client = connect((await open(server)).port);
    const outcome = await client.call("history.grids", {}, { signal: AbortSignal.abort() });
    expect(outcome).toEqual({ ok: false, fault: fault("request_cancelled") });
    await client.call("settings.export", {});
    expect(received.map(({ method }) => method)).toEqual(["settings.export"]);
  });

  test("progress comes in order, before the answer, and not after it", async () => {
    const step = (subject: string) => ({ name: "git", subject, state: "fine", found: "", fault: null }) as const;
    let late: () => void = () => undefined;
    const { server } = fixture({
      "health.check": (_input, { progress }) => {
        for (let i = 0; i < 100; i++) progress(step(String(i)));
        late = () => progress(step("late"));
        return { ok: true, value: [] };
      },
      "history.grids": () => {
        late();
        return { ok: true, value: [] };
      },
    });
    const { port, next } = await openRaw(open, server);
    port.send(call(1, "health.check", {}));
    for (let i = 0; i < 100; i++) expect(await next()).toEqual({ kind: "progress", id: 1, value: step(String(i)) });
    expect(await next()).toMatchObject({ kind: "reply", id: 1, ok: true });
    port.send(call(2, "history.grids", {}));
    expect(await next()).toMatchObject({ kind: "reply", id: 2 });
  });

  test("a client hands each call its own progress", async () => {
    const { server } = fixture({
      "grids.test": (input, { progress }) => {
        progress({ name: "grid", subject: input.url, state: "fine", found: "", fault: null });
        return { ok: true, value: [] };
      },
    });
    const client = connect((await open(server)).port);
    const seen = await Promise.all(
      ["a", "b"].map(async (url) => {
        const subjects: string[] = [];
        await client.call("grids.test", { url }, { onProgress: ({ subject }) => subjects.push(subject) });
        return subjects;
      }),
    );
    expect(seen).toEqual([["a"], ["b"]]);
  });

  test.each<[string, () => never | Promise<never>]>([
    [
      "throws",
      () => {
        throw new Error("hidden detail /home/donor");
      },
    ],
    ["rejects", () => Promise.reject(new Error("hidden detail /home/donor"))],
    // What is thrown need not be an error.
    ["rejects with a text", () => Promise.reject("hidden detail")],
  ])("a handler that %s is a bug that is told, and nothing of it leaks", async (_how, handler) => {
    const { server, bugs } = fixture({ "runs.stop": handler });
    const { port, next } = await openRaw(open, server);
    port.send(call(1, "runs.stop", { claimId: "c" }));
    const reply = await next();
    expect(reply).toEqual({ kind: "reply", id: 1, ok: false, fault: fault("internal_error", "runs.stop") });
    expect(bugs).toEqual([{ method: "runs.stop", error: expect.anything() }]);
  });

  test("an answer that cannot be sent is a bug that is told, and the caller hears of it", async () => {
    const endless: Record<string, unknown> = {};
    endless["self"] = endless;
    const { server, bugs } = fixture({ "history.grids": () => ({ ok: true, value: endless as unknown as string[] }) });
    const client = connect((await open(server)).port);
    expect(await client.call("history.grids", {})).toEqual({
      ok: false,
      fault: fault("internal_error", "history.grids"),
    });
    expect(bugs).toEqual([{ method: "history.grids", error: expect.any(TypeError) }]);
  });

  test("a connection that closes settles its calls, aborts their handlers and takes no more events", async () => {
    const { handler, entered } = heldHandler();
    const { server, bugs, attached } = fixture({ "runs.stop": handler });
    const client = connect((await open(server)).port);
    const outcome = client.call("runs.stop", { claimId: "c" });
    const signal = await entered;
    const aborted = new Promise((resolve) => signal.addEventListener("abort", resolve));
    const closed = new Promise<void>((resolve) => client.onClose(resolve));
    expect(attached.size).toBe(1);
    client.close();
    expect(await outcome).toEqual({ ok: false, fault: fault("worker_disconnected") });
    await closed;
    await aborted;
    expect(attached.size).toBe(0);
    expect(await client.call("history.grids", {})).toEqual({ ok: false, fault: fault("worker_disconnected") });
    expect(bugs).toEqual([]);
  });

  test("events come in order, numbered without a gap, and a snapshot knows the last of them", async () => {
    const { server, attached } = fixture({
      "history.days": (_input, { seq }) => ({
        ok: true,
        value: [{ day: String(seq()), tasks: 0, succeeded: 0, computeMs: 0 }],
      }),
    });
    const client = connect((await open(server)).port);
    const events: { readonly event: AnyEvent; readonly seq: number }[] = [];
    client.onEvent((event, seq) => events.push({ event, seq }));
    await client.call("history.grids", {});
    for (let i = 1; i <= 500; i++) for (const emit of attached) emit("logs", { run: i });
    expect(await client.call("history.days", { days: 1 })).toMatchObject({ value: [{ day: "500" }] });
    expect(events.map(({ seq }) => seq)).toEqual(Array.from({ length: 500 }, (_, i) => i + 1));
    expect(events.map(({ event }) => event)).toEqual(
      Array.from({ length: 500 }, (_, i) => ({ name: "logs", payload: { run: i + 1 } })),
    );
  });

  test("texts arrive as they are, whatever is in them", async () => {
    const text = "\u2028\u2029\0\ud83d\ude00 ä \ud800 </script>".repeat(100);
    const client = connect((await open(fixture().server)).port);
    expect(await callWrongly(client, "settings.import", { text })).toMatchObject({ value: { input: { text } } });
  });
});

test("events that a slow reader has no room for are left out, and their numbers are not", async () => {
  const { server, attached } = fixture();
  const [worker, port] = memoryPorts();
  let backlogBytes = 0;
  serve(
    {
      ...worker,
      get backlogBytes() {
        return backlogBytes;
      },
    },
    server,
  );
  const next = reader(port);
  const emit: Emit = (name, payload) => {
    for (const one of attached) one(name, payload);
  };
  emit("history", {});
  backlogBytes = 8 * 1024 * 1024;
  emit("history", {});
  backlogBytes++;
  emit("history", {});
  port.send(call(1, "history.grids", {}));
  expect(await next()).toMatchObject({ kind: "event", seq: 1 });
  expect(await next()).toMatchObject({ kind: "event", seq: 2 });
  expect(await next()).toMatchObject({ kind: "reply", id: 1, ok: true });
  backlogBytes = 0;
  emit("history", {});
  expect(await next()).toMatchObject({ kind: "event", seq: 4 });
});

test("a worker that could not read something leaves no call waiting", async () => {
  const [worker, port] = memoryPorts();
  const client = connect(port);
  const outcome = client.call("history.grids", {});
  worker.send(JSON.stringify({ kind: "reply", id: null, ok: false, fault: fault("request_invalid") }));
  expect(await outcome).toEqual({ ok: false, fault: fault("request_invalid") });
});

test("a port that is closed before it is served takes nothing and leaves nothing attached", () => {
  const { server, attached } = fixture();
  const [worker] = memoryPorts();
  worker.close();
  serve(worker, server);
  expect(attached.size).toBe(0);
});
