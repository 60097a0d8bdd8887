import type { StatusView } from "../../shared/contract/views.ts";
import type { Engine } from "../engine/engine.ts";

/** What the machine does and why: the one picture of it that window, tray and notifications show. */
export function statusView(engine: Engine): StatusView {
  const { mode, verdict } = engine.status();
  return { mode, state: verdict.state, reason: verdict.reason, fault: verdict.fault ?? null };
}
