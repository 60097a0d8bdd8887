/** What the host lacks has to be heard of at once: touching it throws, where `undefined` would fail far away. */
import { EventEmitter } from "node:events";

/** Asked of any object by `await`, JSON and inspection; Electron's objects have none of them. */
const QUIET = new Set<PropertyKey>(["then", "toJSON", "inspect", "nodeType", "$$typeof", "asymmetricMatch"]);

function refusing<T extends object>(target: T, nameOf: (receiver: unknown) => string): T {
  return new Proxy(target, {
    get(at, key, receiver): unknown {
      if (typeof key === "symbol" || key in at || QUIET.has(key)) return Reflect.get(at, key, receiver);
      throw new Error(`the Electron host does not implement ${nameOf(receiver)}.${key}`);
    },
  });
}

const className = (receiver: unknown): string =>
  typeof receiver === "function" ? receiver.name : ((receiver as object).constructor?.name ?? "object");

/** Ends a class's chain of prototypes, so that instances keep their private fields and only what nobody has throws. */
function endChain(ending: { readonly prototype: object }, parent: { readonly prototype: object }): void {
  Object.setPrototypeOf(ending.prototype, refusing(parent.prototype, className));
  Object.setPrototypeOf(ending, refusing(parent, className));
}

/** An object of Electron's that emits events. */
export class HostEmitter extends EventEmitter {}
endChain(HostEmitter, EventEmitter);

/** An object of Electron's without events. */
export class HostObject {
  /** As of any object: the name that a message calls it by. */
  get [Symbol.toStringTag](): string {
    return this.constructor.name;
  }
}
endChain(HostObject, class extends Object {});

/** Stands for a whole module or class: may be imported, and throws as soon as it is used. */
export function absent(name: string): object {
  const refuse = (): never => {
    throw new Error(`the Electron host does not implement ${name}`);
  };
  return new Proxy(refuse, {
    get: (_target, key) => (typeof key === "symbol" || QUIET.has(key) ? undefined : refuse()),
    construct: refuse,
  });
}
