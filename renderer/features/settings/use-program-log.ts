import { useEffect, useRef, useState } from "react";
import type { Fault } from "../../../shared/contract/fault.ts";
import type { LogLine } from "../../../shared/contract/views.ts";
import { useMirror } from "../../state/mirror.ts";
import { call } from "../../state/session.ts";

export const LINES_KEPT = 500;
const EVERY_MS = 2_000;

/** The program's log while somebody looks; undefined before the first answer. */
export function useProgramLog(looking: boolean) {
  const [lines, setLines] = useState<readonly LogLine[]>();
  const [fault, setFault] = useState<Fault>();
  const last = useRef(0);
  const connected = useMirror((mirror) => mirror.connection === "open");

  useEffect(() => {
    if (!looking || !connected) return undefined;
    // A worker that was started again counts from the beginning.
    last.current = 0;
    setLines(undefined);
    const abort = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const look = async (): Promise<void> => {
      const outcome = await call("health.log", { after: last.current }, { signal: abort.signal });
      if (abort.signal.aborted) return;
      setFault(outcome.ok ? undefined : outcome.fault);
      if (outcome.ok) {
        const more = outcome.value.lines;
        last.current = more.at(-1)?.number ?? last.current;
        setLines((before) =>
          more.length === 0 && before !== undefined ? before : [...(before ?? []), ...more].slice(-LINES_KEPT),
        );
      }
      timer = setTimeout(() => void look(), EVERY_MS);
    };
    void look();
    return () => {
      abort.abort();
      clearTimeout(timer);
    };
  }, [looking, connected]);

  return { lines, fault };
}
