/**
 * What the worker last told, for reading only.
 *
 * Invariant: nothing here is decided here. A snapshot replaces everything; events bring it forward
 * in the order of their numbers; after a gap a snapshot is asked for again (`session.ts`).
 */
import { create } from "zustand";
import type { AnyEvent } from "../../shared/contract/events.ts";
import type { GridView, QueueRow, RunView, Snapshot } from "../../shared/contract/views.ts";

/** connecting: for the first time. lost: the worker is away, what is shown is old. signed_out: it wants a new link. */
export type Connection = "connecting" | "open" | "lost" | "signed_out";

export type Queue = ReadonlyMap<string, QueueRow>;

/** A snapshot with its lists by key. */
export interface Picture extends Omit<Snapshot, "seq" | "queues" | "runs" | "grids"> {
  readonly grids: ReadonlyMap<string, GridView>;
  readonly queues: ReadonlyMap<string, Queue>;
  readonly runs: ReadonlyMap<string, RunView>;
  /** How long the live output of runs is, by claim_id. */
  readonly logEnds: Readonly<Record<string, number>>;
  /** Grows whenever rows of the history changed. */
  readonly historyVersion: number;
}

export interface Mirror {
  readonly connection: Connection;
  /** undefined before the first snapshot. */
  readonly picture: Picture | undefined;
}

export const useMirror = create<Mirror>(() => ({ connection: "connecting", picture: undefined }));

export function setConnection(connection: Connection): void {
  useMirror.setState({ connection });
}

export function showSnapshot(snapshot: Snapshot): void {
  const before = useMirror.getState().picture;
  useMirror.setState({
    connection: "open",
    picture: {
      ...snapshot,
      grids: new Map(snapshot.grids.map((grid) => [grid.id, grid])),
      queues: new Map(
        Object.entries(snapshot.queues).map(([id, rows]) => [id, new Map(rows.map((row) => [row.file, row]))]),
      ),
      runs: new Map(snapshot.runs.map((run) => [run.claimId, run])),
      logEnds: before?.logEnds ?? {},
      historyVersion: (before?.historyVersion ?? 0) + 1,
    },
  });
}

export function showEvent(event: AnyEvent): void {
  const { picture } = useMirror.getState();
  if (picture !== undefined) useMirror.setState({ picture: brought(picture, event) });
}

/** A picture brought forward by one event. */
export function brought(picture: Picture, event: AnyEvent): Picture {
  switch (event.name) {
    case "status":
      return { ...picture, status: event.payload };
    case "engine":
      return { ...picture, engine: event.payload };
    case "settings":
      return { ...picture, settings: event.payload };
    case "stats":
      return { ...picture, stats: event.payload };
    case "usage":
      return { ...picture, usage: event.payload };
    case "recovered":
      return { ...picture, recovered: event.payload };
    case "desktop":
      return { ...picture, desktop: event.payload };
    case "history":
      return { ...picture, historyVersion: picture.historyVersion + 1 };
    case "logs":
      return { ...picture, logEnds: { ...picture.logEnds, ...event.payload } };
    case "grids": {
      const { upserted, removed } = event.payload;
      const gone = new Set(removed);
      const queues = new Map([...picture.queues].filter(([id]) => !gone.has(id)));
      return { ...picture, grids: merged(picture.grids, upserted, (grid) => grid.id, removed), queues };
    }
    case "runs": {
      const { upserted, removed } = event.payload;
      return { ...picture, runs: merged(picture.runs, upserted, (run) => run.claimId, removed) };
    }
    case "queue": {
      const { gridId, upserted, removed } = event.payload;
      const queue = merged(
        picture.queues.get(gridId) ?? new Map<string, QueueRow>(),
        upserted,
        (row) => row.file,
        removed,
      );
      return { ...picture, queues: new Map(picture.queues).set(gridId, queue) };
    }
  }
}

function merged<T>(
  before: ReadonlyMap<string, T>,
  upserted: readonly T[],
  key: (value: T) => string,
  removed: readonly string[],
): ReadonlyMap<string, T> {
  const after = new Map(before);
  for (const gone of removed) after.delete(gone);
  for (const value of upserted) after.set(key(value), value);
  return after;
}
