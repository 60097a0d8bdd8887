/** Speaks with a worker's API as a page does, over ports in memory. */
import { onTestFinished } from "vitest";
import type { AnyEvent } from "../../shared/contract/events.ts";
import type { MethodInput, MethodName, MethodOutput } from "../../shared/contract/methods.ts";
import type { Snapshot } from "../../shared/contract/views.ts";
import { connect, type Client } from "../../shared/rpc/connect.ts";
import { memoryPorts } from "../../shared/rpc/inbox.ts";
import { serve, type Server } from "../../shared/rpc/serve.ts";

export interface ApiClient extends Client {
  /** Everything that was told, oldest first. */
  readonly told: readonly { readonly event: AnyEvent; readonly seq: number }[];
  /** The answer; rejects where it is a fault. */
  ask<M extends MethodName>(method: M, input: MethodInput<M>): Promise<MethodOutput<M>>;
  /** The fault's code, or "accepted". */
  refusal<M extends MethodName>(method: M, input: MethodInput<M>): Promise<string>;
}

/** A connection that is closed when the test is over. */
export function apiClient(server: Server): ApiClient {
  const [worker, port] = memoryPorts();
  serve(worker, server);
  const client = connect(port);
  const told: { event: AnyEvent; seq: number }[] = [];
  client.onEvent((event, seq) => told.push({ event, seq }));
  onTestFinished(() => client.close());
  return {
    ...client,
    told,
    ask: async (method, input) => {
      const outcome = await client.call(method, input);
      if (!outcome.ok) throw new Error(`${method}: ${outcome.fault.code} ${outcome.fault.detail}`);
      return outcome.value;
    },
    refusal: async (method, input) => {
      const outcome = await client.call(method, input);
      return outcome.ok ? "accepted" : outcome.fault.code;
    },
  };
}

/** A snapshot brought forward by what was told after it: what a page shows. */
export function broughtForward(snapshot: Snapshot, told: ApiClient["told"]): Snapshot {
  const later = told.filter(({ seq }) => seq > snapshot.seq);
  return later.reduce((whole, { event, seq }) => ({ ...applied(whole, event), seq }), snapshot);
}

/** The same whatever order its lists are in. */
export function sorted(snapshot: Snapshot): Snapshot {
  const queues = Object.entries(snapshot.queues)
    .filter(([, rows]) => rows.length > 0)
    .map(([id, rows]) => [id, rows.toSorted((a, b) => compare(a.file, b.file))] as const);
  return {
    ...snapshot,
    grids: snapshot.grids.toSorted((a, b) => compare(a.id, b.id)),
    queues: Object.fromEntries(queues),
    runs: snapshot.runs.toSorted((a, b) => compare(a.claimId, b.claimId)),
  };
}

function applied(whole: Snapshot, { name, payload }: AnyEvent): Snapshot {
  switch (name) {
    case "status":
    case "engine":
    case "settings":
    case "stats":
    case "usage":
    case "recovered":
    case "desktop":
      return { ...whole, [name]: payload };
    case "grids":
      return { ...whole, grids: merged(whole.grids, payload, ({ id }) => id) };
    case "runs":
      return { ...whole, runs: merged(whole.runs, payload, ({ claimId }) => claimId) };
    case "queue": {
      const rows = merged(whole.queues[payload.gridId] ?? [], payload, ({ file }) => file);
      return { ...whole, queues: { ...whole.queues, [payload.gridId]: rows } };
    }
    case "history":
    case "logs":
      return whole;
  }
}

function merged<T>(
  before: readonly T[],
  { upserted, removed }: { readonly upserted: readonly T[]; readonly removed: readonly string[] },
  keyOf: (one: T) => string,
): T[] {
  const all = new Map(before.map((one) => [keyOf(one), one]));
  for (const one of upserted) all.set(keyOf(one), one);
  for (const key of removed) all.delete(key);
  return [...all.values()];
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
