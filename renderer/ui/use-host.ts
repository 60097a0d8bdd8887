import type { MachineView } from "../../shared/contract/views.ts";
import { useMirror } from "../state/mirror.ts";
import { bridgeOf } from "../transport/electron.ts";

/** Whether this is the desktop application's window; before the first snapshot its bridge tells. */
export function useHost(): MachineView["host"] {
  const told = useMirror((mirror) => mirror.picture?.machine.host);
  return told ?? (bridgeOf(window) === undefined ? "headless" : "electron");
}
