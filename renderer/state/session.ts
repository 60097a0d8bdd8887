/**
 * The page's connection to its worker: opened, kept, opened again.
 *
 * Invariant: what is shown is a snapshot brought forward by every event after it. A missing
 * number, or a new connection, asks for a new snapshot.
 */
import type { AnyEvent } from "../../shared/contract/events.ts";
import type { Fault, Outcome } from "../../shared/contract/fault.ts";
import type { MethodInput, MethodName, MethodOutput } from "../../shared/contract/methods.ts";
import { connect, type CallOptions, type Client } from "../../shared/rpc/connect.ts";
import type { Port } from "../../shared/rpc/port.ts";
import { setConnection, showEvent, showSnapshot } from "./mirror.ts";

export interface Transport {
  /** A new port, or undefined where the worker does not answer. */
  open(): Promise<Port | undefined>;
  /** Whether the worker is there and refuses this page. */
  refused(): Promise<boolean>;
}

const RETRY_LEAST_MS = 300;
const RETRY_MOST_MS = 3_000;

let client: Client | undefined;

/** Asks the worker. Never rejects; without a connection the answer is `worker_disconnected`. */
export function call<M extends MethodName>(
  method: M,
  input: MethodInput<M>,
  options?: CallOptions<M>,
): Promise<Outcome<MethodOutput<M>>> {
  return client === undefined ? Promise.resolve({ ok: false, fault: AWAY }) : client.call(method, input, options);
}

/** Connects, and again whenever the connection ends. Runs as long as the page. */
export async function keepConnected(transport: Transport): Promise<never> {
  for (let waitMs = RETRY_LEAST_MS; ; waitMs = Math.min(RETRY_MOST_MS, waitMs * 2)) {
    const port = await transport.open();
    if (port !== undefined) {
      await live(connect(port));
      waitMs = RETRY_LEAST_MS;
      setConnection("lost");
    } else if (await transport.refused()) setConnection("signed_out");
    // oxlint-disable-next-line promise/avoid-new -- a pause has no other form in a page.
    await new Promise((resolve) => setTimeout(resolve, waitMs));
  }
}

/** Resolves when the connection is over. */
function live(connected: Client): Promise<void> {
  client = connected;
  let seen = 0;
  /** Events that came while a snapshot was on its way; undefined where none is. */
  let held: { event: AnyEvent; seq: number }[] | undefined;

  const take = (event: AnyEvent, seq: number): void => {
    if (seq <= seen) return;
    if (seq > seen + 1) return void resync();
    seen = seq;
    showEvent(event);
  };
  const resync = async (): Promise<void> => {
    if (held !== undefined) return;
    held = [];
    const snapshot = await connected.call("snapshot", {});
    const waiting = held;
    held = undefined;
    if (!snapshot.ok) return connected.close();
    seen = snapshot.value.seq;
    showSnapshot(snapshot.value);
    for (const { event, seq } of waiting) take(event, seq);
  };

  connected.onEvent((event, seq) => {
    if (held === undefined) take(event, seq);
    else held.push({ event, seq });
  });
  void resync();
  return new Promise((resolve) => {
    connected.onClose(() => {
      client = undefined;
      resolve();
    });
  });
}

const AWAY: Fault = {
  code: "worker_disconnected",
  meaning: "The worker does not answer.",
  next: "Start it again: this page reconnects by itself.",
  detail: "",
};
