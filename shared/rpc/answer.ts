import type { z } from "zod";
import { fault, type Fault, type Outcome } from "../contract/fault.ts";
import { METHODS, type MethodName } from "../contract/methods.ts";
import type { CallContext, Server } from "./serve.ts";

/** Validates a call's input and runs its handler. Never rejects: a handler that throws is a bug, and is told. */
export async function answer(
  { handlers, onBug }: Pick<Server, "handlers" | "onBug">,
  call: { readonly method: string; readonly input: unknown },
  context: CallContext<never>,
): Promise<Outcome<unknown>> {
  const { method, input } = call;
  if (!isMethod(method)) return refused(fault("method_unknown", method.slice(0, 100)));
  const parsed = METHODS[method].input.safeParse(input);
  if (!parsed.success) return refused(fault("request_invalid", `${method}: ${problemOf(parsed.error)}`));
  // The name chose schema and handler alike; the compiler cannot follow that through the union.
  const handler = handlers[method] as (input: unknown, context: CallContext<never>) => Promise<Outcome<unknown>>;
  try {
    const outcome = await handler(parsed.data, context);
    return context.signal.aborted && !outcome.ok ? refused(fault("request_cancelled")) : outcome;
  } catch (error) {
    // Node's own functions reject with the signal's reason: that is an end which was asked for.
    if (context.signal.aborted && isAbort(error, context.signal)) return refused(fault("request_cancelled"));
    onBug(method, error);
    return refused(fault("internal_error", method));
  }
}

/** What is wrong with a message and where, in one line. Holds names of fields, never their values. */
export function problemOf(error: z.ZodError): string {
  const [first] = error.issues;
  if (first === undefined) return "";
  const where = first.path.join(".");
  return (where === "" ? first.message : `${where}: ${first.message}`).slice(0, 300);
}

/** Own names only: an object also answers to "constructor" and "__proto__". */
function isMethod(name: string): name is MethodName {
  return Object.hasOwn(METHODS, name);
}

function isAbort(error: unknown, signal: AbortSignal): boolean {
  return error === signal.reason || (error instanceof Error && error.name === "AbortError");
}

function refused(what: Fault): Outcome<never> {
  return { ok: false, fault: what };
}
