/** The worker's end of a connection for tests, and both ways to speak with it: as a client and as bytes. */
import type { Client } from "../../shared/rpc/connect.ts";
import type { ServerMessage } from "../../shared/rpc/messages.ts";
import type { Port } from "../../shared/rpc/port.ts";
import type { Emit, Handlers, Server } from "../../shared/rpc/serve.ts";
import { fakeHandlers, type Received } from "./rpc-samples.ts";
import type { Link } from "./rpc-transports.ts";

export interface Fixture {
  readonly server: Server;
  readonly received: Received[];
  readonly bugs: { readonly method: string; readonly error: unknown }[];
  /** The emitters of the connections that are attached. */
  readonly attached: Set<Emit>;
}

export function fixture(handlers: Partial<Handlers> = {}): Fixture {
  const received: Received[] = [];
  const bugs: Fixture["bugs"] = [];
  const attached = new Set<Emit>();
  const server: Server = {
    handlers: fakeHandlers(handlers, received),
    attach: (emit) => {
      attached.add(emit);
      return () => attached.delete(emit);
    },
    onBug: (method, error) => bugs.push({ method, error }),
  };
  return { server, received, bugs, attached };
}

/** Takes the messages of a raw port one by one. */
export function reader(port: Port): () => Promise<ServerMessage> {
  const waiting: ((message: ServerMessage) => void)[] = [];
  const come: ServerMessage[] = [];
  port.onMessage((text) => {
    const message = JSON.parse(text) as ServerMessage;
    const next = waiting.shift();
    if (next === undefined) come.push(message);
    else next(message);
  });
  return () => {
    const message = come.shift();
    return message === undefined ? new Promise((resolve) => waiting.push(resolve)) : Promise.resolve(message);
  };
}

/** Calls with an input that the compiler would not let through. */
export function callWrongly(client: Client, method: string, input: unknown): ReturnType<Client["call"]> {
  return client.call(method as "snapshot", input as Record<string, never>);
}

/** A call as it travels, whatever is wrong with it. */
export const call = (id: unknown, method: unknown, input: unknown): string =>
  JSON.stringify({ kind: "call", id, method, input });

/** Opens a connection and speaks with it without a client. */
export async function openRaw(
  open: (server: Server) => Promise<Link>,
  server: Server,
): Promise<Link & { readonly next: () => Promise<ServerMessage> }> {
  const link = await open(server);
  return { ...link, next: reader(link.port) };
}
