/** `protocol`: the handlers of the application's own schemes. */
import { app } from "./app.ts";
import { addScheme } from "./schemes.ts";
import { HostObject } from "./unimplemented.ts";

type Handler = Parameters<Electron.Protocol["handle"]>[1];

class Protocol
  extends HostObject
  implements Pick<Electron.Protocol, "registerSchemesAsPrivileged" | "handle" | "unhandle" | "isProtocolHandled">
{
  readonly #handlers = new Map<string, Handler>();
  readonly #privileged = new Set<string>();

  registerSchemesAsPrivileged(schemes: Electron.CustomScheme[]): void {
    if (app.isReady()) throw new Error("protocol.registerSchemesAsPrivileged should be called before app is ready");
    for (const { scheme, privileges } of schemes) {
      // Without it a page of the scheme has no origin of its own, which https cannot stand for.
      if (privileges?.standard !== true) throw new Error(`the Electron host does not implement ${scheme} not standard`);
      this.#privileged.add(scheme);
      addScheme(scheme);
    }
  }
  handle(scheme: string, handler: Handler): void {
    app.requireReady("protocol");
    if (this.#handlers.has(scheme)) throw new Error(`Failed to register protocol: ${scheme}`);
    if (!this.#privileged.has(scheme)) throw new Error(`the Electron host does not implement ${scheme} unprivileged`);
    this.#handlers.set(scheme, handler);
  }
  unhandle(scheme: string): void {
    this.#handlers.delete(scheme);
  }
  isProtocolHandled(scheme: string): boolean {
    return this.#handlers.has(scheme);
  }
  /** Who answers a request for this address. */
  handlerOf(url: string): Handler | undefined {
    return this.#handlers.get(url.slice(0, Math.max(0, url.indexOf(":"))));
  }
}

export const protocol = new Protocol();
