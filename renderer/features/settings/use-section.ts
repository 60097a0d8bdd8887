import { useCallback, useEffect, useRef, useState } from "react";
import type { Fault } from "../../../shared/contract/fault.ts";
import type { Settings, SettingsPatch } from "../../../shared/settings/settings.ts";
import { call } from "../../state/session.ts";
import { usePicture } from "../../state/use-picture.ts";

/** Sections that are changed as a whole. */
export type SectionName = "limits" | "policy" | "images" | "history" | "appearance" | "desktop";

/** saved: since the last change. undone: the worker refused it, and `fault` says why. */
export type SectionState = "idle" | "saving" | "saved" | "undone";

export interface Section<N extends SectionName> {
  /** What the person sees: their change at once, what is stored otherwise. */
  readonly value: Settings[N];
  readonly state: SectionState;
  readonly fault: Fault | undefined;
  /** Shown at once, sent when the person has paused for a moment. */
  readonly change: (next: Settings[N]) => void;
}

const PAUSE_MS = 400;

/** A section of the settings that is applied while it is changed. */
export function useSection<N extends SectionName>(name: N): Section<N> {
  const stored = usePicture((picture) => picture.settings.settings[name]);
  const [draft, setDraft] = useState<Settings[N]>();
  const [state, setState] = useState<SectionState>("idle");
  const [fault, setFault] = useState<Fault>();
  const waiting = useRef<{ timer: ReturnType<typeof setTimeout>; send: () => void }>(undefined);
  const changes = useRef(0);

  const change = useCallback(
    (next: Settings[N]) => {
      const mine = ++changes.current;
      const send = (): void => {
        waiting.current = undefined;
        const patch: SettingsPatch = { [name]: next };
        void call("settings.update", patch).then((outcome) => {
          // A later change has its own answer.
          if (mine !== changes.current) return;
          setState(outcome.ok ? "saved" : "undone");
          setFault(outcome.ok ? undefined : outcome.fault);
          if (!outcome.ok) setDraft(undefined);
        });
      };
      clearTimeout(waiting.current?.timer);
      waiting.current = { timer: setTimeout(send, PAUSE_MS), send };
      setDraft(next);
      setState("saving");
    },
    [name],
  );

  // What was sent has arrived, or another page changed it: from here on what is stored is shown.
  useEffect(() => {
    if (waiting.current === undefined) setDraft(undefined);
  }, [stored]);

  // Leaving the screen does not lose the last change.
  useEffect(
    () => () => {
      clearTimeout(waiting.current?.timer);
      waiting.current?.send();
    },
    [],
  );

  return { value: draft ?? stored, state, fault, change };
}
