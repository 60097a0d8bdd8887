import { describe, expect, test } from "vitest";
import type { Bridge } from "../../shared/rpc/bridge.ts";
import type { Port } from "../../shared/rpc/port.ts";
import { bridgeTransport } from "./electron.ts";
import { transportOf } from "./transport.ts";
import { isSignedOut, openWebSocket } from "./websocket.ts";

/** A bridge without a main process behind it: keeps what is sent, and says what it is told to say. */
function fakeBridge() {
  const sent: string[] = [];
  let listener: ((text: string) => void) | undefined;
  let subscriptions = 0;
  const bridge: Bridge = {
    send: (text) => void sent.push(text),
    subscribe: (next) => {
      subscriptions++;
      listener = next;
    },
  };
  return { bridge, sent, tell: (text: string) => listener?.(text), subscriptions: () => subscriptions };
}

async function opened(transport: ReturnType<typeof bridgeTransport>): Promise<Port> {
  const port = await transport.open();
  if (port === undefined) throw new Error("a bridge always yields a port");
  return port;
}

function heardBy(port: Port): string[] {
  const heard: string[] = [];
  port.onMessage((text) => heard.push(text));
  return heard;
}

describe("a port over the bridge", () => {
  test("carries texts both ways, in their order", async () => {
    const { bridge, sent, tell } = fakeBridge();
    const port = await opened(bridgeTransport(bridge));
    const heard = heardBy(port);
    port.send("one");
    port.send("two");
    tell("three");
    tell("four");
    expect(sent).toEqual(["one", "two"]);
    expect(heard).toEqual(["three", "four"]);
  });

  test("keeps what came before somebody listened", async () => {
    const { bridge, tell } = fakeBridge();
    const port = await opened(bridgeTransport(bridge));
    tell("early");
    expect(heardBy(port)).toEqual(["early"]);
  });

  test("is silent both ways once it is closed, and says so once", async () => {
    const { bridge, sent, tell } = fakeBridge();
    const port = await opened(bridgeTransport(bridge));
    const heard = heardBy(port);
    let closed = 0;
    port.onClose(() => closed++);
    port.close();
    port.close();
    port.send("lost");
    tell("late");
    expect([sent, heard, closed]).toEqual([[], [], 1]);
  });
});

describe("the transport over the bridge", () => {
  test("takes one subscription, which feeds the port that was opened last", async () => {
    const { bridge, tell, subscriptions } = fakeBridge();
    const transport = bridgeTransport(bridge);
    const first = await opened(transport);
    const before = heardBy(first);
    let firstClosed = false;
    first.onClose(() => {
      firstClosed = true;
    });
    const after = heardBy(await opened(transport));
    tell("news");
    expect({ before, after, firstClosed }).toEqual({ before: [], after: ["news"], firstClosed: true });
    expect(subscriptions()).toBe(1);
  });

  test("yields a port again after one was closed", async () => {
    const { bridge, sent } = fakeBridge();
    const transport = bridgeTransport(bridge);
    (await opened(transport)).close();
    (await opened(transport)).send("again");
    expect(sent).toEqual(["again"]);
  });

  test("is never refused", async () => {
    expect(await bridgeTransport(fakeBridge().bridge).refused()).toBe(false);
  });
});

describe("the choice", () => {
  test("is the bridge where the window has one", async () => {
    const { bridge, sent } = fakeBridge();
    const port = await transportOf({ dgrid: bridge }).open();
    port?.send("hello");
    expect(sent).toEqual(["hello"]);
  });

  test("is the WebSocket in a browser", () => {
    expect(transportOf({})).toEqual({ open: openWebSocket, refused: isSignedOut });
  });
});
