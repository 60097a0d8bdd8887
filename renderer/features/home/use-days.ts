import { useEffect, useRef, useState } from "react";
import type { Fault } from "../../../shared/contract/fault.ts";
import type { DayTotals } from "../../../shared/contract/views.ts";
import { call } from "../../state/session.ts";
import { usePicture } from "../../state/use-picture.ts";

const DAYS = 371;
/** A year's sums are not asked for more often than this, however many runs end. */
const LEAST_PAUSE_MS = 10_000;

/** The last year's days, brought up to date when the history changes. */
export function useDays(): { readonly days: readonly DayTotals[] | undefined; readonly fault: Fault | undefined } {
  const version = usePicture((picture) => picture.historyVersion);
  const [days, setDays] = useState<readonly DayTotals[]>();
  const [fault, setFault] = useState<Fault>();
  const askedAtMs = useRef(0);

  useEffect(() => {
    const abort = new AbortController();
    const ask = async (): Promise<void> => {
      askedAtMs.current = Date.now();
      const answer = await call("history.days", { days: DAYS }, { signal: abort.signal });
      if (abort.signal.aborted) return;
      setFault(answer.ok ? undefined : answer.fault);
      if (answer.ok) setDays(answer.value);
    };
    const timer = setTimeout(() => void ask(), Math.max(0, askedAtMs.current + LEAST_PAUSE_MS - Date.now()));
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [version]);
  return { days, fault };
}
