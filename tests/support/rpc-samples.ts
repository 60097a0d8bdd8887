/** For each method of the contract: an input that is right, ones that are wrong and where, and an output. */
import type { Outcome } from "../../shared/contract/fault.ts";
import type { MethodInput, MethodName } from "../../shared/contract/methods.ts";
import { METHODS } from "../../shared/contract/methods.ts";
import type { CallContext, Handlers } from "../../shared/rpc/serve.ts";

type Wrong = readonly [input: unknown, field: string];

interface Sample<M extends MethodName> {
  readonly input: MethodInput<M>;
  readonly wrong: readonly [Wrong, ...Wrong[]];
}

const id = "0123456789abcdef";
const filter = { text: "a", outcomes: ["failed" as const] };
const sort = { by: "claimed" as const, descending: true };
const nothing = { input: {}, wrong: [[{ extra: 1 }, "extra"]] } as const;

export const SAMPLES: { readonly [M in MethodName]: Sample<M> } = {
  snapshot: nothing,
  "mode.set": {
    input: { to: "pause", for: "1h" },
    wrong: [
      [{ to: "sleep" }, "to"],
      [{ to: "pause", for: "2h" }, "for"],
      [{ to: "donate", for: "1h" }, "for"],
    ],
  },
  "runs.inspect": { input: { claimId: "c" }, wrong: [[{ claimId: 1 }, "claimId"]] },
  "runs.stop": { input: { claimId: "c" }, wrong: [[{ claimId: "" }, "claimId"]] },
  "log.read": {
    input: { claimId: "c", from: 0, maxChars: 10 },
    wrong: [
      [{ claimId: "c", from: -1, maxChars: 10 }, "from"],
      [{ claimId: "c", from: 0, maxChars: 1e9 }, "maxChars"],
    ],
  },
  "queue.inspect": { input: { gridId: id, file: "a.json" }, wrong: [[{ gridId: "../..", file: "a" }, "gridId"]] },
  "history.page": {
    input: { filter, sort, offset: 0, limit: 10 },
    wrong: [
      [{ filter: { text: {} }, sort, offset: 0, limit: 10 }, "filter.text"],
      [{ filter, sort: { by: "constructor", descending: true }, offset: 0, limit: 10 }, "sort.by"],
      [{ filter, sort, offset: 0.5, limit: 10 }, "offset"],
      [{ filter, sort, offset: 0, limit: 501 }, "limit"],
    ],
  },
  "history.export": {
    input: { filter, sort, format: "csv", offset: 0 },
    wrong: [[{ filter, sort, format: "xlsx", offset: 0 }, "format"]],
  },
  "history.delete": { input: { filter }, wrong: [[{ filter: { fromMs: "1" } }, "filter.fromMs"]] },
  "history.grids": nothing,
  "history.days": { input: { days: 30 }, wrong: [[{ days: 401 }, "days"]] },
  "grids.test": { input: { url: "https://example.org/g.git", token: "t" }, wrong: [[{ url: ["a"] }, "url"]] },
  "grids.add": { input: { url: "https://example.org/g.git" }, wrong: [[{ url: "u", token: "" }, "token"]] },
  "grids.update": { input: { id, enabled: false, weight: 2 }, wrong: [[{ id, weight: 0 }, "weight"]] },
  "grids.signIn": { input: { id, token: "t" }, wrong: [[{ id, token: null }, "token"]] },
  "grids.remove": { input: { id }, wrong: [[{ id: "__proto__" }, "id"]] },
  "grids.acceptRewrite": { input: { id }, wrong: [[{}, "id"]] },
  "grids.demo": nothing,
  "tasks.check": { input: { text: "{}", gridId: id }, wrong: [[{ text: "a".repeat(70_001) }, "text"]] },
  "tasks.submit": { input: { gridId: id, text: "{}" }, wrong: [[{ gridId: id }, "text"]] },
  "settings.update": {
    input: { setUp: true },
    wrong: [
      [{ grids: [] }, "grids"],
      [{ setUp: "yes" }, "setUp"],
    ],
  },
  "settings.export": nothing,
  "settings.import": { input: { text: "{}" }, wrong: [[{ text: 1 }, "text"]] },
  "updates.check": nothing,
  "updates.install": nothing,
  "health.check": nothing,
  "health.log": { input: { after: 0 }, wrong: [[{ after: Number.MAX_VALUE }, "after"]] },
};

export const METHOD_NAMES = Object.keys(METHODS) as MethodName[];

export interface Received {
  readonly method: MethodName;
  readonly input: unknown;
}

/** Handlers that answer with the method's name and what they were given, but for those given here. */
export function fakeHandlers(some: Partial<Handlers>, received: Received[] = []): Handlers {
  const echo = (method: MethodName) => (input: unknown) => {
    received.push({ method, input });
    return { ok: true, value: { method, input } };
  };
  // An echo is no method's real output; on the way it is only a value.
  return { ...Object.fromEntries(METHOD_NAMES.map((method) => [method, echo(method)])), ...some } as Handlers;
}

/** A handler that ends when it is told to, or when its signal aborts; for methods whose output is empty. */
export function heldHandler(): {
  readonly handler: (input: unknown, context: Pick<CallContext<"runs.stop">, "signal">) => Promise<Outcome<never>>;
  readonly entered: Promise<AbortSignal>;
} {
  const entered = Promise.withResolvers<AbortSignal>();
  return {
    entered: entered.promise,
    handler: (_input, { signal }) => {
      entered.resolve(signal);
      const ended = Promise.withResolvers<Outcome<never>>();
      signal.addEventListener("abort", () => ended.reject(signal.reason as Error), { once: true });
      return ended.promise;
    },
  };
}
