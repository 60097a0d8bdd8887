import { useEffect } from "react";
import { useMirror } from "../../state/mirror.ts";
import { usePicture } from "../../state/use-picture.ts";
import { verdictOf } from "../settings/merged-checks.ts";
import { useChecks } from "../settings/use-checks.ts";

/** The checks of the first run: begun at once, while the person reads. */
export function useSetupChecks() {
  const connected = useMirror((mirror) => mirror.connection === "open");
  const all = useChecks("health.check");
  const { checks, start, done } = all;
  useEffect(() => {
    if (connected) void start({});
  }, [connected, start]);
  // Grids are chosen in the next step: what is wrong with them is said there.
  const shown = checks?.filter(({ name }) => name !== "grid");
  const engineFault = usePicture((picture) => picture.engine.fault);
  const ready = done && engineFault === null && verdictOf(shown ?? []).faults === 0;
  return { ...all, checks: shown, ready };
}

export type SetupChecks = ReturnType<typeof useSetupChecks>;
