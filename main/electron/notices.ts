/**
 * What is worth interrupting a person for, decided apart from telling it: a task failed, a grid stays
 * away, everything is done. Never that donating goes well.
 */
import type { Fault, FaultCode } from "../../shared/contract/fault.ts";
import type { HistoryRow, OutcomeKind } from "../../shared/contract/views.ts";

export type Notice =
  | { readonly kind: "taskFailed"; readonly taskId: string; readonly claimId: string }
  | { readonly kind: "gridUnreachable"; readonly grid: string; readonly fault: Fault }
  | { readonly kind: "allDone" };

export interface GridMoment {
  readonly id: string;
  readonly name: string;
  readonly fault: Fault | undefined;
}

export interface Moment {
  /** Monotonic: the time that the machine slept does not count. */
  readonly nowMs: number;
  readonly grids: readonly GridMoment[];
  /** Claims of ours that are not over. */
  readonly live: readonly string[];
  /** Nothing is left that this machine could take, as far as every grid is known. */
  readonly idle: boolean;
  /** A run that is over, from the history. */
  readonly row: (claimId: string) => HistoryRow | undefined;
}

/** A server that is away for a moment is nobody's concern. */
const AWAY_FOR_MS = 5 * 60_000;
/** A grid whose tasks all fail, or come one at a time, must not keep a person from their own work. */
const AGAIN_AFTER_MS: Readonly<Record<Notice["kind"], number>> = {
  taskFailed: 10 * 60_000,
  gridUnreachable: 0,
  allDone: 60 * 60_000,
};
const FAILED: ReadonlySet<OutcomeKind> = new Set(["failed", "timed_out", "out_of_memory"]);
/** Faults of a grid that its donor should hear of. */
const UNREACHABLE: ReadonlySet<FaultCode> = new Set<FaultCode>([
  "grid_auth_failed",
  "grid_forbidden",
  "grid_not_found",
  "grid_unreachable",
  "grid_host_key_unknown",
  "grid_history_rewritten",
  "grid_push_refused",
  "grid_settings_invalid",
]);

export class Notices {
  #live: ReadonlySet<string> = new Set();
  readonly #away = new Map<string, { sinceMs: number; told: boolean }>();
  readonly #toldMs = new Map<Notice["kind"], number>();
  #workedSinceIdle = false;

  /** What has happened since the last moment. */
  at(moment: Moment): readonly Notice[] {
    const all = [...this.#failed(moment), ...this.#unreachable(moment), ...this.#done(moment)];
    return all.filter(({ kind }) => {
      const lastMs = this.#toldMs.get(kind);
      if (lastMs !== undefined && moment.nowMs - lastMs < AGAIN_AFTER_MS[kind]) return false;
      this.#toldMs.set(kind, moment.nowMs);
      return true;
    });
  }

  #failed({ live, row }: Moment): Notice[] {
    const now = new Set(live);
    const over = [...this.#live].filter((claimId) => !now.has(claimId)).map(row);
    this.#live = now;
    if (live.length > 0) this.#workedSinceIdle = true;
    return over.flatMap((run) =>
      run !== undefined && FAILED.has(run.outcome)
        ? [{ kind: "taskFailed", taskId: run.taskId, claimId: run.claimId } as const]
        : [],
    );
  }

  #unreachable({ grids, nowMs }: Moment): Notice[] {
    for (const id of this.#away.keys()) {
      const fault = grids.find((grid) => grid.id === id)?.fault;
      if (fault === undefined || !UNREACHABLE.has(fault.code)) this.#away.delete(id);
    }
    return grids.flatMap(({ id, name, fault }) => {
      if (fault === undefined || !UNREACHABLE.has(fault.code)) return [];
      const away = this.#away.get(id) ?? { sinceMs: nowMs, told: false };
      this.#away.set(id, away);
      if (away.told || nowMs - away.sinceMs < AWAY_FOR_MS) return [];
      away.told = true;
      return [{ kind: "gridUnreachable", grid: name, fault } as const];
    });
  }

  #done({ idle }: Moment): Notice[] {
    if (!idle || !this.#workedSinceIdle) return [];
    this.#workedSinceIdle = false;
    return [{ kind: "allDone" }];
  }
}
