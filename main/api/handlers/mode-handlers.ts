import type { PauseFor } from "../../../shared/contract/methods.ts";
import { done, type ApiContext, type HandlersOf } from "./context.ts";

const MINUTE_MS = 60_000;

export function modeHandlers({ host }: ApiContext): HandlersOf<"mode"> {
  return {
    "mode.set": (input) => {
      const { engine, clock } = host;
      switch (input.to) {
        case "donate":
        case "always":
          return done(engine.setMode({ kind: input.to }));
        case "finish":
          return done(engine.finish());
        case "pause":
          return done(engine.pause(pauseEnd(input.for, clock.now())));
      }
    },
  };
}

/** When a pause ends, ms since the epoch; undefined for one that lasts until it is resumed. */
export function pauseEnd(pause: PauseFor, nowMs: number): number | undefined {
  switch (pause) {
    case "until_resumed":
      return undefined;
    case "15m":
      return nowMs + 15 * MINUTE_MS;
    case "1h":
      return nowMs + 60 * MINUTE_MS;
    case "4h":
      return nowMs + 240 * MINUTE_MS;
    case "tomorrow": {
      // Midnight by the machine's own calendar: a day may have 23 or 25 hours.
      const midnight = new Date(nowMs);
      midnight.setHours(24, 0, 0, 0);
      return midnight.getTime();
    }
  }
}
