/**
 * One end of a connection, whatever carries it: a WebSocket, a MessagePort, a pair in memory.
 *
 * Invariant: messages are texts, whole, and arrive in the order in which they were sent.
 */
export interface Port {
  /** Does nothing where the connection is over: the listener of onClose hears of that. */
  send(text: string): void;
  /** Called for each message that comes. One listener; messages that came before it are kept for it. */
  onMessage(listener: (text: string) => void): void;
  /** Called once, when no more messages come. At once where that is so already. */
  onClose(listener: () => void): void;
  close(): void;
  /** Bytes that were sent and that the other end has not taken yet, where the transport can tell. */
  readonly backlogBytes?: number;
}

/** Characters of one message to the worker: a task file of 64 KiB with room. */
export const REQUEST_MAX_CHARACTERS = 512 * 1024;

/** Where the worker's web server takes WebSockets. */
export const WEBSOCKET_PATH = "/ws";

/** What a transport passes on for a message that is no text: it is no message either, so it gets an answer. */
export const NOT_TEXT = "not a text";
