/** Every way that leads to the worker, each as two ends: what serve() gets, and what a client has. */
import { once } from "node:events";
import { MessageChannel } from "node:worker_threads";
import { onTestFinished } from "vitest";
import { WebSocket, type ClientOptions } from "ws";
import { webSocketPort } from "../../main/headless/dashboard/websocket-port.ts";
import { memoryPorts } from "../../shared/rpc/inbox.ts";
import { messagePort } from "../../shared/rpc/message-port.ts";
import { WEBSOCKET_PATH, type Port } from "../../shared/rpc/port.ts";
import { serve, type Server } from "../../shared/rpc/serve.ts";
import { testDashboard, type TestDashboard } from "./dashboard.ts";

export interface Link {
  readonly port: Port;
  /** Sends what is no text, where the transport can carry that. */
  readonly sendBinary?: (bytes: Uint8Array) => void;
}

export const TRANSPORTS: Readonly<Record<string, (server: Server) => Promise<Link>>> = {
  memory: (server) => {
    const [worker, port] = memoryPorts();
    serve(worker, server);
    return Promise.resolve({ port });
  },
  MessagePort: (server) => {
    const { port1, port2 } = new MessageChannel();
    onTestFinished(() => port1.close());
    serve(messagePort(port1), server);
    return Promise.resolve({ port: messagePort(port2), sendBinary: (bytes) => port2.postMessage(bytes) });
  },
  WebSocket: async (server) => {
    const dashboard = await testDashboard({ server });
    const socket = openSocket(dashboard, await dashboard.enter());
    const port = webSocketPort(socket);
    await once(socket, "open");
    return { port, sendBinary: (bytes) => socket.send(bytes) };
  },
};

/** A WebSocket as the dashboard's own page opens it. */
export function openSocket(
  { url }: Pick<TestDashboard, "url">,
  cookie: string,
  options: ClientOptions = {},
): WebSocket {
  const address = `${url.replace("http", "ws")}${WEBSOCKET_PATH}`;
  return new WebSocket(address, { origin: url, headers: { cookie }, ...options });
}
