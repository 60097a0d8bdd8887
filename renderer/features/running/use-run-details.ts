import { useEffect, useState } from "react";
import type { Fault } from "../../../shared/contract/fault.ts";
import type { RunDetails, RunView } from "../../../shared/contract/views.ts";
import { call } from "../../state/session.ts";

/** What the worker knows of a run, asked for anew when the run has come further. */
export function useRunDetails({ claimId, state }: RunView): {
  readonly details: RunDetails | undefined;
  readonly fault: Fault | undefined;
} {
  const [details, setDetails] = useState<RunDetails>();
  const [fault, setFault] = useState<Fault>();
  useEffect(() => {
    const abort = new AbortController();
    void call("runs.inspect", { claimId }, { signal: abort.signal }).then((answer) => {
      if (abort.signal.aborted) return;
      if (answer.ok) setDetails(answer.value);
      setFault(answer.ok ? undefined : answer.fault);
    });
    return () => abort.abort();
  }, [claimId, state]);
  return { details, fault };
}
