import { failure } from "../../../shared/contract/fault.ts";
import { done, type ApiContext, type HandlersOf } from "./context.ts";

export function updateHandlers({ host: { desktop } }: ApiContext): HandlersOf<"updates"> {
  return {
    "updates.check": () => (desktop === undefined ? failure("desktop_only") : done(desktop.checkForUpdate())),
    "updates.install": () => (desktop === undefined ? failure("desktop_only") : done(desktop.installUpdate())),
  };
}
