/** What the worker takes and what it refuses, over every transport: each method, each wrong shape, each limit. */
import { describe, expect, test } from "vitest";
import { fault } from "../../shared/contract/fault.ts";
import type { MethodName } from "../../shared/contract/methods.ts";
import { connect } from "../../shared/rpc/connect.ts";
import { REQUEST_MAX_CHARACTERS } from "../../shared/rpc/port.ts";
import { call, callWrongly, fixture, openRaw } from "../support/rpc-fixture.ts";
import { heldHandler, METHOD_NAMES, SAMPLES } from "../support/rpc-samples.ts";
import { TRANSPORTS } from "../support/rpc-transports.ts";

describe.each(Object.entries(TRANSPORTS))("over %s", (_name, open) => {
  test.each(METHOD_NAMES)("%s reaches its handler with its input, and its output comes back", async (method) => {
    const { server, received } = fixture();
    const client = connect((await open(server)).port);
    const { input } = SAMPLES[method];
    const outcome = await callWrongly(client, method, input);
    expect(outcome).toEqual({ ok: true, value: { method, input } });
    expect(received).toEqual([{ method, input }]);
  });

  test("what is wrong with an input is named with its field, and no handler sees it", async () => {
    const { server, received } = fixture();
    const client = connect((await open(server)).port);
    const wrong = METHOD_NAMES.flatMap((method) => [
      ...SAMPLES[method].wrong.map(([input, field]) => ({ method, input, field })),
      { method, input: { ...SAMPLES[method].input, surplus: 1 }, field: "surplus" },
      ...[null, "text", 1, [], true].map((input) => ({ method, input, field: "expected object" })),
    ]);
    for (const { method, input, field } of wrong) {
      const outcome = await callWrongly(client, method, input);
      expect(outcome, `${method} ${JSON.stringify(input)?.slice(0, 80)}`).toMatchObject({
        ok: false,
        fault: { code: "request_invalid", detail: expect.stringMatching(new RegExp(`^${method}: .*${field}`)) },
      });
    }
    expect(received).toEqual([]);
  });

  test("a token that is refused for its shape is not echoed", async () => {
    const client = connect((await open(fixture().server)).port);
    const outcome = await callWrongly(client, "grids.signIn", { id: "x", token: "secret".repeat(1000) });
    expect(JSON.stringify(outcome)).not.toContain("secret");
  });

  test.each(["nothing.like.it", "", "__proto__", "constructor", "toString", "hasOwnProperty", "x".repeat(5000)])(
    "the method %s is unknown",
    async (method) => {
      const { server, bugs } = fixture();
      const client = connect((await open(server)).port);
      const outcome = await callWrongly(client, method, {});
      expect(outcome).toEqual({ ok: false, fault: fault("method_unknown", method.slice(0, 100)) });
      expect(bugs).toEqual([]);
    },
  );

  const deep = 100_000;
  test.each([
    ["no JSON", "{", null],
    ["nothing", "", null],
    ["a NUL", "\0", null],
    ["no object", "[1]", null],
    ["null", "null", null],
    ["a text", '"call"', null],
    ["no kind", '{"id":7}', 7],
    ["another kind", '{"kind":"reply","id":7}', 7],
    ["a kind of an object's own", '{"kind":"__proto__","id":7}', 7],
    ["a field too many", '{"kind":"call","id":7,"method":"snapshot","input":{},"admin":true}', 7],
    ["a prototype", '{"kind":"call","id":7,"method":"snapshot","input":{},"__proto__":{"x":1}}', 7],
    ["a prototype in the input", '{"kind":"call","id":7,"method":"snapshot","input":{"__proto__":{"x":1}}}', 7],
    ["no method", '{"kind":"call","id":7,"input":{}}', 7],
    ["no input", '{"kind":"call","id":7,"method":"snapshot"}', 7],
    ["a method that is no text", call(7, { toString: "snapshot" }, {}), 7],
    ["a negative id", call(-1, "snapshot", {}), null],
    ["a fraction for an id", call(0.5, "snapshot", {}), null],
    ["an id beyond what is exact", '{"kind":"call","id":9007199254740993,"method":"snapshot","input":{}}', null],
    ["an infinite id", '{"kind":"call","id":1e999,"method":"snapshot","input":{}}', null],
    ["a text for an id", call("7", "snapshot", {}), null],
    ["a cancellation with more", '{"kind":"cancel","id":7,"input":{}}', 7],
    ["brackets that never close", "[".repeat(deep), null],
    ["brackets that close", "[".repeat(deep) + "]".repeat(deep), null],
    ["a deep input", call(7, "snapshot", null).replace("null", "[".repeat(deep) + "]".repeat(deep)), 7],
    ["deep objects", call(7, "snapshot", null).replace("null", '{"a":'.repeat(50_000) + "1" + "}".repeat(50_000)), 7],
  ])("a message that is %s is answered as a fault, and the connection lives on", async (_what, text, id) => {
    const { server, received, bugs } = fixture();
    const { port, next } = await openRaw(open, server);
    port.send(text);
    expect(await next()).toMatchObject({ kind: "reply", id, ok: false, fault: { code: "request_invalid" } });
    port.send(call(8, "snapshot", {}));
    expect(await next()).toMatchObject({ kind: "reply", id: 8, ok: true });
    expect(received).toHaveLength(1);
    expect(bugs).toEqual([]);
  });

  test("what is no text is answered as a fault, where the transport can carry it", async () => {
    const { server, received } = fixture();
    const { sendBinary, port, next } = await openRaw(open, server);
    // A right call but for how it comes.
    sendBinary?.(new TextEncoder().encode(call(1, "snapshot", {})));
    if (sendBinary === undefined) port.send("not a text");
    expect(await next()).toMatchObject({ id: null, ok: false, fault: { code: "request_invalid" } });
    expect(received).toEqual([]);
  });

  test("a message over the limit is refused, and one just under it is not", async () => {
    const { port, next } = await openRaw(open, fixture().server);
    const bare = call(1, "settings.import", { text: "" }).length;
    port.send(call(1, "settings.import", { text: "a".repeat(REQUEST_MAX_CHARACTERS - bare + 1) }));
    expect(await next()).toMatchObject({ id: null, ok: false, fault: { code: "request_too_large" } });
    port.send(call(1, "settings.import", { text: "a".repeat(REQUEST_MAX_CHARACTERS - bare) }));
    expect(await next()).toMatchObject({ id: 1, ok: false, fault: { code: "request_invalid" } });
  });

  test("a client refuses what is over the limit itself, and its other calls go on", async () => {
    const { handler, entered } = heldHandler();
    const client = connect((await open(fixture({ "runs.stop": handler }).server)).port);
    const abort = new AbortController();
    const held = client.call("runs.stop", { claimId: "c" }, { signal: abort.signal });
    await entered;
    const large = await client.call("settings.import", { text: "a".repeat(REQUEST_MAX_CHARACTERS) });
    expect(large).toMatchObject({ ok: false, fault: fault("request_too_large", expect.any(String) as string) });
    expect(await client.call("history.grids", {})).toMatchObject({ ok: true });
    abort.abort();
    expect(await held).toEqual({ ok: false, fault: fault("request_cancelled") });
  });

  test("an id that is under way is refused, and its call goes on", async () => {
    const release = Promise.withResolvers<void>();
    const { server } = fixture({
      "runs.stop": async () => {
        await release.promise;
        return { ok: true, value: {} };
      },
    });
    const { port, next } = await openRaw(open, server);
    port.send(call(1, "runs.stop", { claimId: "c" }));
    port.send(call(1, "snapshot", {}));
    expect(await next()).toMatchObject({ id: 1, ok: false, fault: { code: "request_invalid" } });
    release.resolve();
    expect(await next()).toMatchObject({ id: 1, ok: true, value: {} });
    port.send(call(1, "snapshot", {}));
    expect(await next()).toMatchObject({ id: 1, ok: true });
  });

  test("more than 64 calls at once are refused, until one of them is over", async () => {
    const release = Promise.withResolvers<void>();
    const { server } = fixture({
      "runs.stop": async () => {
        await release.promise;
        return { ok: true, value: {} };
      },
    });
    const { port, next } = await openRaw(open, server);
    for (let id = 0; id < 65; id++) port.send(call(id, "runs.stop", { claimId: "c" }));
    expect(await next()).toMatchObject({ id: 64, ok: false, fault: { code: "request_too_large" } });
    release.resolve();
    for (let id = 0; id < 64; id++) expect(await next()).toMatchObject({ id, ok: true });
    port.send(call(65, "snapshot", {}));
    expect(await next()).toMatchObject({ id: 65, ok: true });
  });
});

/** The samples would be worth less if one of them named no method any more. */
test("there is a sample for each method and for nothing else", () => {
  expect(Object.keys(SAMPLES).toSorted()).toEqual(METHOD_NAMES.toSorted() satisfies MethodName[]);
});
