/**
 * Pictures of the engine, and what changed between two of them.
 *
 * Invariant: what was published plus every event since is what is published now, for every
 * connection alike; nothing is computed while nobody is connected.
 */
import type { Fault } from "../../shared/contract/fault.ts";
import type { EventName, EventPayload } from "../../shared/contract/events.ts";
import type { QueueRow, Snapshot, StatsView, UsageView } from "../../shared/contract/views.ts";
import type { Emit } from "../../shared/rpc/serve.ts";
import type { DonorGrids } from "./donor-grids.ts";
import type { DonorSettings } from "./donor-settings.ts";
import type { ApiHost } from "./host.ts";
import { QueueAuthors } from "./queue-authors.ts";
import { QueueRows, queueChange } from "./queue-rows.ts";
import { runViews } from "./run-views.ts";
import { statusView } from "./status-view.ts";
import { UsageSampler } from "./usage-sampler.ts";

/** Changes of queues and grids within this time travel together; what they cost grows with the queue. */
const GATHER_MS = 25;
/** Totals are counted over the whole history, so not with every row. */
const STATS_EVERY_MS = 1_000;
const LOGS_EVERY_MS = 100;

/** What is small and what a person waits for: told at once. */
interface Quick extends Pick<Snapshot, "status" | "engine" | "settings" | "desktop"> {
  readonly recovered: Fault[];
  readonly runs: ReadonlyMap<string, Snapshot["runs"][number]>;
}

interface Published extends Quick {
  readonly grids: ReadonlyMap<string, Snapshot["grids"][number]>;
  readonly queues: ReadonlyMap<string, ReadonlyMap<string, QueueRow>>;
}

interface PublisherOptions {
  readonly host: ApiHost;
  readonly settings: DonorSettings;
  readonly grids: DonorGrids;
  readonly onHistory: (listener: () => void) => () => void;
}

export class Publisher {
  readonly #options: PublisherOptions;
  readonly #emits = new Set<Emit>();
  readonly #rows = new Map<string, QueueRows>();
  readonly #authors: QueueAuthors;
  readonly #sampler: UsageSampler;
  readonly #ends: (() => void)[] = [];
  #published: Published | undefined;
  #stats: StatsView | undefined;
  #today: string | undefined;
  #logEnds: Record<string, number> = {};
  #quickly = false;
  #timer: NodeJS.Timeout | undefined;
  #statsTimer: NodeJS.Timeout | undefined;
  #logsTimer: NodeJS.Timeout | undefined;

  constructor(options: PublisherOptions) {
    this.#options = options;
    const { host } = options;
    this.#authors = new QueueAuthors(host.log, () => this.soon());
    this.#sampler = new UsageSampler({ ...host, onSample: (usage) => this.#sampled(usage) });
    this.#ends.push(
      host.engine.subscribe(() => {
        const live = new Set(
          host.engine
            .held()
            .filter(({ state }) => state === "running" || state === "starting")
            .map(({ claimId }) => claimId),
        );
        for (const claimId of host.runLogs.live()) if (!live.has(claimId)) host.runLogs.close(claimId);
        this.soon();
      }),
      ...(host.desktop === undefined ? [] : [host.desktop.subscribe(() => this.soon())]),
      host.runLogs.subscribe((claimId, end) => this.#logGrew(claimId, end)),
      options.onHistory(() => this.#historyChanged()),
    );
  }

  get authors(): QueueAuthors {
    return this.#authors;
  }

  get sampler(): UsageSampler {
    return this.#sampler;
  }

  /** Takes a connection's way to tell; returns what ends it. */
  attach(emit: Emit): () => void {
    this.#emits.add(emit);
    if (this.#emits.size === 1) this.#sampler.start();
    return () => {
      this.#emits.delete(emit);
      if (this.#emits.size > 0) return;
      // Nobody looks: the next who comes gets a whole picture.
      this.#sampler.stop();
      this.#published = undefined;
    };
  }

  /** Something changed: what it was is published within a moment. */
  soon(): void {
    if (this.#emits.size === 0) return;
    this.#timer ??= setTimeout(() => this.flush(), GATHER_MS);
    if (this.#quickly) return;
    this.#quickly = true;
    // Before anything that the same change sets off: a look at the grid, say, which keeps the thread busy.
    queueMicrotask(() => {
      this.#quickly = false;
      if (this.#published === undefined) return;
      const before = this.#published;
      this.#published = { ...before, ...this.#quickParts() };
      this.#tell(before, this.#published);
    });
  }

  /** The whole, with everything published that is in it. */
  snapshot(seq: () => number): Snapshot {
    const { host } = this.#options;
    const { grids, queues, runs, ...parts } = this.flush();
    const before = this.#stats;
    const stats = this.#statsNow();
    // Every other page has to hear of what this one is given.
    if (before !== undefined && !same(before, stats)) this.#emit("stats", stats);
    return {
      seq: seq(),
      machine: { ...host.machine, timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone },
      ...parts,
      grids: [...grids.values()],
      queues: Object.fromEntries([...queues].map(([id, rows]) => [id, [...rows.values()]])),
      runs: [...runs.values()],
      stats,
      usage: this.#sampler.last,
    };
  }

  /** Publishes what changed; returns what is published now. */
  flush(): Published {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const before = this.#published;
    const now = this.#picture();
    this.#published = now;
    if (before !== undefined) this.#tell(before, now);
    return now;
  }

  close(): void {
    for (const end of this.#ends) end();
    for (const timer of [this.#timer, this.#statsTimer, this.#logsTimer]) clearTimeout(timer);
    this.#sampler.stop();
    this.#authors.close();
    this.#emits.clear();
  }

  #picture(): Published {
    const { host, grids } = this.#options;
    const { engine } = host;
    const queues = new Map<string, ReadonlyMap<string, QueueRow>>();
    for (const entry of engine.grids) {
      const { view, choice } = entry.loop;
      if (view === undefined || entry.leaving) continue;
      let rows = this.#rows.get(entry.id);
      if (rows === undefined) this.#rows.set(entry.id, (rows = new QueueRows()));
      const authors = this.#authors.grid(entry.id);
      const before = this.#published?.queues.get(entry.id);
      const queue = rows.of(view, choice, authors);
      queues.set(entry.id, queue);
      if (queue !== before && this.#emits.size > 0) this.#authors.ask(entry, view);
    }
    return {
      ...this.#quickParts(),
      grids: new Map(grids.views(host.machine.nodeId).map((grid) => [grid.id, grid])),
      queues,
    };
  }

  #quickParts(): Quick {
    const { host, settings } = this.#options;
    const { engine } = host;
    const { runtime } = engine.status();
    return {
      status: statusView(engine),
      engine: { runtime: runtime ?? null, fault: engine.runtimeFault ?? null, images: [...engine.images()] },
      settings: settings.view(),
      recovered: [...host.recovered()],
      desktop: host.desktop?.view() ?? null,
      runs: new Map(runViews(engine).map((run) => [run.claimId, run])),
    };
  }

  #tell(before: Published, now: Published): void {
    for (const name of ["status", "engine", "settings"] as const) {
      if (!same(before[name], now[name])) this.#emit(name, now[name]);
    }
    if (!same(before.recovered, now.recovered)) this.#emit("recovered", now.recovered);
    if (now.desktop !== null && !same(before.desktop, now.desktop)) this.#emit("desktop", now.desktop);
    const grids = before.grids === now.grids ? undefined : changed(before.grids, now.grids);
    if (grids !== undefined) this.#emit("grids", grids);
    for (const [gridId, rows] of now.queues) {
      const old = before.queues.get(gridId) ?? new Map<string, QueueRow>();
      const { upserted, removed } = old === rows ? { upserted: [], removed: [] } : queueChange(old, rows);
      if (upserted.length + removed.length > 0) this.#emit("queue", { gridId, upserted, removed });
    }
    for (const [gridId, rows] of before.queues) {
      if (!now.queues.has(gridId) && rows.size > 0)
        this.#emit("queue", { gridId, upserted: [], removed: [...rows.keys()] });
    }
    const runs = changed(before.runs, now.runs);
    if (runs !== undefined) this.#emit("runs", runs);
  }

  #emit<E extends EventName>(name: E, payload: EventPayload<E>): void {
    for (const emit of this.#emits) emit(name, payload);
  }

  #sampled(usage: UsageView): void {
    this.#emit("usage", usage);
    // At midnight "today" begins anew, whether a row changes or not.
    const today = new Date(usage.atMs).toDateString();
    if (this.#today !== undefined && this.#today !== today) this.#historyChanged();
    this.#today = today;
  }

  #historyChanged(): void {
    if (this.#emits.size === 0) return;
    this.#statsTimer ??= setTimeout(() => {
      this.#statsTimer = undefined;
      const before = this.#stats;
      const now = this.#statsNow();
      if (!same(before, now)) this.#emit("stats", now);
      this.#emit("history", {});
    }, STATS_EVERY_MS);
  }

  #statsNow(): StatsView {
    const { history, clock } = this.#options.host;
    const midnight = new Date(clock.now());
    midnight.setHours(0, 0, 0, 0);
    this.#stats = { today: history.totals(midnight.getTime()), allTime: history.totals(0) };
    return this.#stats;
  }

  #logGrew(claimId: string, end: number): void {
    if (this.#emits.size === 0) return;
    this.#logEnds[claimId] = end;
    this.#logsTimer ??= setTimeout(() => {
      this.#logsTimer = undefined;
      const ends = this.#logEnds;
      this.#logEnds = {};
      this.#emit("logs", ends);
    }, LOGS_EVERY_MS);
  }
}

function same(a: unknown, b: unknown): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}

function changed<T>(
  before: ReadonlyMap<string, T>,
  now: ReadonlyMap<string, T>,
): { upserted: T[]; removed: string[] } | undefined {
  const upserted = [...now].filter(([key, value]) => !same(before.get(key), value)).map(([, value]) => value);
  const removed = [...before.keys()].filter((key) => !now.has(key));
  return upserted.length + removed.length === 0 ? undefined : { upserted, removed };
}
