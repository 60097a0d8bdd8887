import type { Port } from "./port.ts";

/** The receiving half of a port: keeps what comes before somebody listens, and says once that it is over. */
export class Inbox {
  readonly #early: string[] = [];
  readonly #onClose: (() => void)[] = [];
  #listener: ((text: string) => void) | undefined;
  #closed = false;

  get closed(): boolean {
    return this.#closed;
  }

  receive(text: string): void {
    if (this.#closed) return;
    if (this.#listener === undefined) this.#early.push(text);
    else this.#listener(text);
  }

  onMessage(listener: (text: string) => void): void {
    this.#listener = listener;
    for (const text of this.#early.splice(0)) listener(text);
  }

  onClose(listener: () => void): void {
    if (this.#closed) listener();
    else this.#onClose.push(listener);
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    for (const listener of this.#onClose.splice(0)) listener();
  }
}

/** Two ports that are each other's other end, in one process. */
export function memoryPorts(): [Port, Port] {
  const inboxes = [new Inbox(), new Inbox()] as const;
  const end = (mine: Inbox, theirs: Inbox): Port => ({
    // A turn later, as over any wire: nobody may count on an answer before send returns.
    send: (text) => queueMicrotask(() => theirs.receive(text)),
    onMessage: (listener) => mine.onMessage(listener),
    onClose: (listener) => mine.onClose(listener),
    close: () => {
      mine.close();
      queueMicrotask(() => theirs.close());
    },
  });
  return [end(inboxes[0], inboxes[1]), end(inboxes[1], inboxes[0])];
}
