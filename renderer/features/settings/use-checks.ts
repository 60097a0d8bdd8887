import { useCallback, useEffect, useRef, useState } from "react";
import type { Fault } from "../../../shared/contract/fault.ts";
import type { MethodInput } from "../../../shared/contract/methods.ts";
import type { CheckView } from "../../../shared/contract/views.ts";
import { call } from "../../state/session.ts";
import { merged } from "./merged-checks.ts";

export interface Checks {
  /** undefined before the first time. */
  readonly checks: readonly CheckView[] | undefined;
  readonly busy: boolean;
  /** Why the checking itself failed. */
  readonly fault: Fault | undefined;
  /** Whether the last checking came to its end. */
  readonly done: boolean;
}

const NONE: Checks = { checks: undefined, busy: false, fault: undefined, done: false };

/** Checks that tell of each step; starting anew ends those under way. */
export function useChecks<M extends "health.check" | "grids.test">(method: M) {
  const [state, setState] = useState<Checks>(NONE);
  const running = useRef<AbortController>(undefined);

  const stop = useCallback(() => running.current?.abort(), []);
  const reset = useCallback(() => {
    running.current?.abort();
    running.current = undefined;
    setState(NONE);
  }, []);

  const start = useCallback(
    async (input: MethodInput<M>) => {
      running.current?.abort();
      const mine = new AbortController();
      running.current = mine;
      const show = (change: (before: Checks) => Checks): void => {
        if (running.current === mine) setState(change);
      };
      setState({ ...NONE, checks: [], busy: true });
      const outcome = await call<"health.check" | "grids.test">(method, input, {
        signal: mine.signal,
        onProgress: (told) => show((before) => ({ ...before, checks: merged(before.checks ?? [], told) })),
      });
      show((before) =>
        outcome.ok
          ? { checks: outcome.value, busy: false, fault: undefined, done: true }
          : {
              // What was under way did not come to its end.
              checks: before.checks?.filter((check) => check.state !== "running"),
              busy: false,
              fault: outcome.fault.code === "request_cancelled" ? undefined : outcome.fault,
              done: false,
            },
      );
    },
    [method],
  );

  useEffect(() => () => running.current?.abort(), []);
  return { ...state, start, stop, reset };
}
