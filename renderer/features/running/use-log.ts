import { useEffect, useMemo, useRef, useState } from "react";
import type { Fault } from "../../../shared/contract/fault.ts";
import { call } from "../../state/session.ts";
import { usePicture } from "../../state/use-picture.ts";
import { LogWindow } from "./log-window.ts";

const READ_MAX_CHARACTERS = 262_144;

export interface Log {
  readonly window: LogWindow;
  /** Grows at most once a frame, when the window has changed. */
  readonly version: number;
  /** Characters the worker has and the window has not. */
  readonly waiting: number;
  readonly over: boolean;
  readonly fault: Fault | undefined;
}

/** A run's live output, read as the worker tells that there is more; held: nothing is read. */
export function useLog(claimId: string, held: boolean): Log {
  const end = usePicture((picture) => picture.logEnds[claimId] ?? 0);
  // The run's going may say that its output is over, without another character of it.
  const live = usePicture((picture) => picture.runs.has(claimId));
  const log = useMemo(() => new LogWindow(), []);
  const at = useRef(0);
  const frame = useRef(0);
  const [shown, setShown] = useState({ version: 0, to: 0, over: false });
  const [fault, setFault] = useState<Fault>();

  /** Reads on, or, while it is reading, reads once more when it is through. */
  const readOn = useRef<() => void>(() => undefined);

  useEffect(() => {
    if (held) return;
    const abort = new AbortController();
    const show = (over: boolean): void => {
      cancelAnimationFrame(frame.current);
      frame.current = requestAnimationFrame(() =>
        setShown(({ version }) => ({ version: version + 1, to: at.current, over })),
      );
    };
    /** One part; whether there is more to read at once. */
    const readPart = async (): Promise<boolean> => {
      const input = { claimId, from: at.current, maxChars: READ_MAX_CHARACTERS };
      const answer = await call("log.read", input, { signal: abort.signal });
      if (abort.signal.aborted) return false;
      setFault(answer.ok ? undefined : answer.fault);
      if (!answer.ok) return false;
      const { from, chunks, to, end: known, over } = answer.value;
      if (from > at.current) log.skip(from - at.current);
      for (const { stream, text } of chunks) log.append(stream, text);
      const advanced = to > at.current;
      at.current = to;
      show(over && to >= known);
      return advanced && to < known;
    };
    // A part on its way is never given up for news of more: in a flood there is always more.
    let reading = false;
    let again = false;
    readOn.current = () => {
      again = true;
      if (reading) return;
      reading = true;
      void (async () => {
        while (again && !abort.signal.aborted) {
          again = false;
          if (await readPart()) again = true;
        }
        reading = false;
      })();
    };
    readOn.current();
    return () => abort.abort();
  }, [claimId, log, held]);

  useEffect(() => {
    if (!held) readOn.current();
  }, [held, end, live]);

  useEffect(() => () => cancelAnimationFrame(frame.current), []);
  return { window: log, version: shown.version, waiting: Math.max(0, end - shown.to), over: shown.over, fault };
}
