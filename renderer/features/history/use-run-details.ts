import { useEffect, useState } from "react";
import type { Fault } from "../../../shared/contract/fault.ts";
import type { RunDetails } from "../../../shared/contract/views.ts";
import { call } from "../../state/session.ts";
import { usePicture } from "../../state/use-picture.ts";

interface Shown {
  readonly claimId: string | undefined;
  readonly details: RunDetails | undefined;
  readonly fault: Fault | undefined;
}

/** What is known of a run; asked for anew while it is under way. */
export function useRunDetails(claimId: string | undefined): Shown {
  const [shown, setShown] = useState<Shown>({ claimId: undefined, details: undefined, fault: undefined });
  const version = usePicture((picture) => picture.historyVersion);
  const over = shown.claimId === claimId && shown.details !== undefined && shown.details.row.outcome !== "open";
  // A run that is over does not change any more, whatever else happens in the history.
  const asked = over ? "over" : version;

  useEffect(() => {
    if (claimId === undefined || asked === "over") return undefined;
    const abort = new AbortController();
    void call("runs.inspect", { claimId }, { signal: abort.signal }).then((outcome) => {
      if (abort.signal.aborted) return;
      setShown((before) =>
        outcome.ok
          ? { claimId, details: outcome.value, fault: undefined }
          : { claimId, details: before.claimId === claimId ? before.details : undefined, fault: outcome.fault },
      );
    });
    return () => abort.abort();
  }, [claimId, asked]);

  // While the drawer slides out it keeps what it showed.
  if (claimId === undefined || shown.claimId === claimId) return shown;
  return { claimId, details: undefined, fault: undefined };
}
