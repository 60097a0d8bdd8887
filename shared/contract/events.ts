import { z } from "zod";
import { GridId } from "../settings/settings.ts";
import { Fault } from "./fault.ts";
import {
  DesktopView,
  EngineView,
  GridView,
  QueueRow,
  RunView,
  SettingsView,
  StatsView,
  StatusView,
  UsageView,
} from "./views.ts";

/** Everything that is told unasked, each with its payload. Events of a connection are numbered without a gap. */
export const EVENTS = {
  status: StatusView,
  engine: EngineView,
  settings: SettingsView,
  /** Whole grids that changed or came, and ids that went. */
  grids: z.object({ upserted: z.array(GridView), removed: z.array(GridId) }),
  queue: z.object({ gridId: GridId, upserted: z.array(QueueRow), removed: z.array(z.string()) }),
  runs: z.object({ upserted: z.array(RunView), removed: z.array(z.string()) }),
  stats: StatsView,
  /** About once a second while somebody looks. */
  usage: UsageView,
  /** Rows of the history changed: what is shown of it is to be asked for anew. */
  history: z.object({}),
  recovered: z.array(Fault),
  desktop: DesktopView,
  /** How long the live output of runs is by now, in characters, by claim_id. */
  logs: z.record(z.string(), z.number()),
} as const;

export type EventName = keyof typeof EVENTS;
export type EventPayload<E extends EventName> = z.infer<(typeof EVENTS)[E]>;
export type AnyEvent = { [E in EventName]: { readonly name: E; readonly payload: EventPayload<E> } }[EventName];
