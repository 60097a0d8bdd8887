/** What travels over a port. Everything is JSON text. */
import type { Fault } from "../contract/fault.ts";

/** To the worker. */
export type ClientMessage =
  | { readonly kind: "call"; readonly id: number; readonly method: string; readonly input: unknown }
  | { readonly kind: "cancel"; readonly id: number };

/** From the worker. A reply whose id is null answers what could not be read. */
export type ServerMessage =
  | { readonly kind: "reply"; readonly id: number; readonly ok: true; readonly value: unknown }
  | { readonly kind: "reply"; readonly id: number | null; readonly ok: false; readonly fault: Fault }
  | { readonly kind: "progress"; readonly id: number; readonly value: unknown }
  | { readonly kind: "event"; readonly seq: number; readonly name: string; readonly payload: unknown };
