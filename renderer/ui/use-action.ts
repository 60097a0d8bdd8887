import { useCallback, useState } from "react";
import type { Outcome } from "../../shared/contract/fault.ts";
import type { MethodInput, MethodName, MethodOutput } from "../../shared/contract/methods.ts";
import type { CallOptions } from "../../shared/rpc/connect.ts";
import { call } from "../state/session.ts";
import { useFaultWords } from "./use-fault-words.ts";
import { useTell } from "./use-tell.ts";
import { visible } from "./visible.ts";

export interface Action<M extends MethodName> {
  /** From the click until the worker's answer. */
  readonly busy: boolean;
  run(input: MethodInput<M>, options?: CallOptions<M>): Promise<Outcome<MethodOutput<M>>>;
}

export interface ActionOptions {
  /** Said when it went well. */
  readonly done?: string;
  /** Says nothing of a fault, for callers that show it in its place. */
  readonly quiet?: boolean;
}

/** Something to ask of the worker at a click: busy at once, and a fault is told. */
export function useAction<M extends MethodName>(method: M, { done, quiet = false }: ActionOptions = {}): Action<M> {
  const [underWay, setUnderWay] = useState(0);
  const words = useFaultWords();
  const tell = useTell();
  const run = useCallback(
    async (input: MethodInput<M>, options?: CallOptions<M>) => {
      setUnderWay((count) => count + 1);
      const outcome = await call(method, input, options);
      setUnderWay((count) => count - 1);
      if (!outcome.ok && !quiet && outcome.fault.code !== "request_cancelled") {
        const { meaning, next } = words(outcome.fault);
        const detail = outcome.fault.detail === "" ? "" : ` (${visible(outcome.fault.detail).slice(0, 300)})`;
        tell({ color: "red", title: meaning, message: `${next}${detail}`, autoClose: 12_000 });
      }
      if (outcome.ok && done !== undefined) tell({ color: "teal", message: done });
      return outcome;
    },
    [method, done, quiet, words, tell],
  );
  return { busy: underWay > 0, run };
}
