/**
 * The preload script's side of the page: a world of its own beside the page's, and the bridge between them.
 *
 * Invariant: only what the preload script exposes is to be seen by the page. The two functions below
 * are sent to Chromium as their source, so neither may use anything from outside itself. The worlds
 * share the document's events but no object: what crosses is cloned, under a name drawn for each
 * window, and everything the bridge uses is kept before the page's first script runs.
 */

/** What both worlds are told. */
interface WorldOptions {
  /** The secret name of the bridge's events. */
  readonly secret: string;
  /** The function by which the preload's world calls the host; it exists in that world only. */
  readonly binding: string;
}

/** The functions by which the host reaches into the preload's world, by the binding's name. */
export interface PreloadEnd {
  deliver(channel: string, args: readonly unknown[]): void;
  settle(id: number, ok: boolean, value: unknown): void;
}

/** What the preload's world tells the host. */
export type PreloadMessage =
  | { readonly kind: "send"; readonly channel: string; readonly args: readonly unknown[] }
  | { readonly kind: "invoke"; readonly id: number; readonly channel: string; readonly args: readonly unknown[] }
  | { readonly kind: "error"; readonly message: string; readonly stack: string };

/** Sources for a new document: for the page's own world, and for the preload's. */
export function worldSources(
  options: WorldOptions,
  preload: string,
): { readonly page: string; readonly preload: string } {
  const end = bridgeEnd.toString();
  const told = JSON.stringify(options);
  // Only the main frame has a preload script; the empty document before the first load has none.
  const guard = `if (window !== window.top || location.href === "about:blank") return;`;
  return {
    page: `(() => { ${guard} const { secret } = ${told}; (${end})(secret + ":page", secret + ":preload"); })()`,
    preload: `(() => { ${guard} const options = ${told};
      const bridge = (${end})(options.secret + ":preload", options.secret + ":page");
      (${preloadEnd.toString()})(options, bridge, function (require, module, exports, process) {
${preload}
      });
    })()`,
  };
}

type Unknowns = readonly unknown[];
type Callable = (...args: Unknowns) => unknown;

/** One value on its way between the worlds. */
type Crossing =
  | { readonly type: "value"; readonly value: unknown }
  | { readonly type: "function" | "promise"; readonly id: number }
  | { readonly type: "error"; readonly message: string }
  | { readonly type: "array"; readonly items: readonly Crossing[] }
  | { readonly type: "object"; readonly entries: readonly (readonly [string, Crossing])[] };

type BridgeMessage =
  | { readonly kind: "call"; readonly id: number; readonly args: readonly Crossing[] }
  | { readonly kind: "answer"; readonly ok: boolean; readonly value: Crossing }
  | { readonly kind: "settled"; readonly id: number; readonly ok: boolean; readonly value: Crossing }
  | { readonly kind: "expose"; readonly key: string; readonly api: Crossing };

interface Bridge {
  expose(key: string, api: unknown): void;
}

/** One end of the bridge; both worlds run this same function. */
function bridgeEnd(inbox: string, outbox: string): Bridge {
  const page = globalThis as unknown as EventTarget;
  const dispatch = EventTarget.prototype.dispatchEvent.bind(page);
  const PageEvent = CustomEvent;
  const functions: Callable[] = [];
  const promises = new Map<number, { resolve(value: unknown): void; reject(error: unknown): void }>();
  let promised = 0;
  let answer: { readonly ok: boolean; readonly value: Crossing } | undefined;

  const post = (message: BridgeMessage): void => void dispatch(new PageEvent(outbox, { detail: message }));

  const encode = (value: unknown): Crossing => {
    if (typeof value === "function") return { type: "function", id: functions.push(value as Callable) - 1 };
    if (value instanceof Error) return { type: "error", message: value.message };
    if (value instanceof Promise) {
      promised += 1;
      const id = promised;
      const settle = (ok: boolean) => (settled: unknown) => post({ kind: "settled", id, ok, value: encode(settled) });
      value.then(settle(true), settle(false));
      return { type: "promise", id };
    }
    if (Array.isArray(value)) return { type: "array", items: value.map(encode) };
    const isPlain = typeof value === "object" && value !== null && value.constructor === Object;
    if (isPlain) return { type: "object", entries: Object.entries(value).map(([key, one]) => [key, encode(one)]) };
    return { type: "value", value };
  };

  const decode = (crossing: Crossing): unknown => {
    switch (crossing.type) {
      case "value":
        return crossing.value;
      case "error":
        return new Error(crossing.message);
      case "array":
        return crossing.items.map(decode);
      case "object":
        return Object.freeze(Object.fromEntries(crossing.entries.map(([key, one]) => [key, decode(one)])));
      case "promise":
        return new Promise((resolve, reject) => promises.set(crossing.id, { resolve, reject }));
      case "function":
        return (...args: Unknowns) => {
          post({ kind: "call", id: crossing.id, args: args.map(encode) });
          const got = answer;
          answer = undefined;
          // Without an answer the arguments could not be cloned.
          if (got === undefined) throw new Error("An object could not be cloned.");
          const value = decode(got.value);
          if (!got.ok) throw value;
          return value;
        };
    }
  };

  const call = (id: number, args: readonly Crossing[]): void => {
    try {
      post({ kind: "answer", ok: true, value: encode(functions[id]?.(...args.map(decode))) });
    } catch (error) {
      post({ kind: "answer", ok: false, value: encode(error) });
    }
  };

  page.addEventListener(inbox, (event) => {
    // The only sender is the bridge's other end.
    const message = (event as CustomEvent).detail as BridgeMessage | null;
    switch (message?.kind) {
      case "call":
        call(message.id, message.args);
        break;
      case "answer":
        answer = message;
        break;
      case "settled": {
        const promise = promises.get(message.id);
        promises.delete(message.id);
        if (message.ok) promise?.resolve(decode(message.value));
        else promise?.reject(decode(message.value));
        break;
      }
      case "expose":
        Object.defineProperty(globalThis, message.key, { value: decode(message.api), enumerable: true });
        break;
      case undefined:
        break;
    }
  });
  return { expose: (key, api) => post({ kind: "expose", key, api: encode(api) }) };
}

type PreloadScript = (require: Callable, module: object, exports: object, process: object) => void;

/** The preload's world: what a sandboxed preload script of Electron's finds there, as far as the host has it. */
function preloadEnd(options: WorldOptions, bridge: Bridge, script: PreloadScript): void {
  const world = globalThis as unknown as Record<string, unknown>;
  // The binding takes one text.
  const callHost = world[options.binding] as (text: string) => void;
  const listeners = new Map<string, { readonly listener: Callable; readonly once: boolean }[]>();
  const invocations = new Map<number, { resolve(value: unknown): void; reject(error: unknown): void }>();
  let invoked = 0;

  const post = (message: PreloadMessage): void =>
    callHost(
      JSON.stringify(message, (key, value: unknown) => {
        if (!["function", "symbol", "bigint"].includes(typeof value)) return value;
        throw new Error(`An object could not be cloned: ${key}`);
      }),
    );
  const on = (once: boolean) => (channel: string, listener: Callable) => {
    listeners.set(channel, [...(listeners.get(channel) ?? []), { listener, once }]);
    return ipcRenderer;
  };
  const off = (channel: string, listener: Callable): object => {
    const left = (listeners.get(channel) ?? []).filter((one) => one.listener !== listener);
    listeners.set(channel, left);
    return ipcRenderer;
  };
  const refuse = (name: string) => (): never => {
    throw new Error(`the Electron host does not implement ${name}`);
  };
  const ipcRenderer = {
    send: (channel: string, ...args: Unknowns): void => post({ kind: "send", channel, args }),
    invoke: (channel: string, ...args: Unknowns): Promise<unknown> => {
      invoked += 1;
      const id = invoked;
      post({ kind: "invoke", id, channel, args });
      return new Promise((resolve, reject) => invocations.set(id, { resolve, reject }));
    },
    on: on(false),
    addListener: on(false),
    once: on(true),
    off,
    removeListener: off,
    removeAllListeners: (channel?: string): object => {
      if (channel === undefined) listeners.clear();
      else listeners.delete(channel);
      return ipcRenderer;
    },
    postMessage: refuse("ipcRenderer.postMessage"),
    sendSync: refuse("ipcRenderer.sendSync"),
  };
  const electron = {
    ipcRenderer,
    contextBridge: {
      exposeInMainWorld: (key: string, api: unknown): void => bridge.expose(key, api),
      exposeInIsolatedWorld: refuse("contextBridge.exposeInIsolatedWorld"),
      executeInMainWorld: refuse("contextBridge.executeInMainWorld"),
    },
  };
  const end: PreloadEnd = {
    deliver(channel, args) {
      for (const { listener, once } of listeners.get(channel) ?? []) {
        if (once) off(channel, listener);
        listener({ sender: ipcRenderer, ports: [] }, ...args);
      }
    },
    settle(id, ok, value) {
      const invocation = invocations.get(id);
      invocations.delete(id);
      if (ok) invocation?.resolve(value);
      else invocation?.reject(new Error(String(value)));
    },
  };
  world[`${options.binding}End`] = end;
  const require = (name: unknown): unknown => {
    if (name === "electron" || name === "electron/renderer") return electron;
    throw new Error(`module not found: ${String(name)}`);
  };
  const process = Object.freeze({ type: "renderer", sandboxed: true, contextIsolated: true });
  const module = { exports: {} };
  try {
    script(require, module, module.exports, process);
  } catch (error) {
    const { message, stack = "" } = error instanceof Error ? error : new Error(String(error));
    post({ kind: "error", message, stack });
  }
}
