/**
 * Every run of this machine in one SQLite file.
 *
 * Invariant: a claim_id is written before the push that carries it, a result before it is
 * reported; so a crash at any moment loses neither.
 */
import type { DatabaseSync, StatementSync } from "node:sqlite";
import { existsSync, renameSync } from "node:fs";
import type { Outcome } from "../../../shared/contract/fault.ts";
import type { HistoryFilter, HistorySort } from "../../../shared/contract/methods.ts";
import { HistoryRow, type DayTotals, type Totals } from "../../../shared/contract/views.ts";
import type { Run } from "../../../shared/domain/run.ts";
import type { HistoryStore, Log } from "../../engine/ports.ts";
import { isDamaged, openDatabase, transaction, withWideCache } from "./database.ts";
import { countQuery, deleteQueries, pageQuery, rowQuery, type Query } from "./page-query.ts";
import { runOfRow, runValues, selectRuns, UPSERT_OUTPUT, UPSERT_RUN } from "./run-rows.ts";
import { totalsBetween, totalsByDay } from "./run-totals.ts";

/** Runs whose output and script are kept; of older ones the grid has them. A run itself only the donor deletes. */
const OUTPUTS_KEPT = 5_000;
const PRUNE_EVERY = 500;

const IS_OPEN = "state IN ('claiming', 'claimed', 'running', 'finished')";

/** Opens the history; one that cannot be read is put aside under another name, never deleted. */
export function openHistory(file: string, log: Log, onDamaged?: (kept: string) => void): HistoryStore {
  try {
    return new SqliteHistory(file);
  } catch (error) {
    if (!isDamaged(error)) throw error;
    const kept = `${file}.damaged-${Date.now()}`;
    for (const suffix of ["", "-wal", "-shm"]) if (existsSync(file + suffix)) renameSync(file + suffix, kept + suffix);
    log.error({ kept, error: String(error) }, "the history was damaged; it was put aside and a new one begun");
    onDamaged?.(kept);
    return new SqliteHistory(file);
  }
}

class SqliteHistory implements HistoryStore {
  readonly #db: DatabaseSync;
  readonly #saveRun: StatementSync;
  readonly #saveOutput: StatementSync;
  readonly #dropOutput: StatementSync;
  #saves = 0;

  constructor(file: string) {
    this.#db = openDatabase(file);
    try {
      this.#saveRun = this.#db.prepare(UPSERT_RUN);
      this.#saveOutput = this.#db.prepare(UPSERT_OUTPUT);
      this.#dropOutput = this.#db.prepare("DELETE FROM outputs WHERE claim_id = ?");
    } catch (error) {
      // A file that is to be put aside must not be open.
      this.#db.close();
      throw error;
    }
  }

  save(runs: readonly Run[]): Outcome<void> {
    return transaction(this.#db, () => {
      for (const run of runs) {
        this.#saveRun.run(...runValues(run));
        if (run.result === null && run.script === null) this.#dropOutput.run(run.claim_id);
        else this.#saveOutput.run(run.claim_id, run.result, run.script);
      }
      if (this.#saves++ % PRUNE_EVERY === 0) this.#pruneOutputs();
    });
  }

  get(claimId: string): Run | undefined {
    return this.#runs(`${selectRuns("runs")} WHERE r.claim_id = ?`, claimId)[0];
  }

  open(grid: string): readonly Run[] {
    return this.#runs(selectRuns(`(SELECT * FROM runs WHERE grid = ? AND ${IS_OPEN})`), grid);
  }

  startedSince(epochMs: number): number {
    const row = this.#db.prepare("SELECT count(*) AS n FROM runs WHERE started_at_ms >= ?").get(epochMs);
    return Number(row?.["n"] ?? 0);
  }

  recent(limit: number): readonly Run[] {
    const newest = "(SELECT * FROM runs ORDER BY claimed_at_ms DESC LIMIT ?)";
    return this.#runs(`${selectRuns(newest)} ORDER BY r.claimed_at_ms DESC`, limit);
  }

  page(
    filter: HistoryFilter,
    sort: HistorySort,
    range: { readonly offset: number; readonly limit: number },
  ): { readonly total: number; readonly rows: readonly HistoryRow[] } {
    const total = Number(this.#all(countQuery(filter))[0]?.["n"] ?? 0);
    // Also saves the walk that would find that nothing matches.
    if (range.offset >= total) return { total, rows: [] };
    return { total, rows: this.#all(pageQuery(filter, sort, range)).map((row) => HistoryRow.parse(row)) };
  }

  row(claimId: string): HistoryRow | undefined {
    const row = this.#all(rowQuery(claimId))[0];
    return row === undefined ? undefined : HistoryRow.parse(row);
  }

  grids(): readonly string[] {
    const rows = this.#db
      .prepare("SELECT DISTINCT grid FROM runs INDEXED BY runs_by_grid WHERE outcome IS NOT NULL ORDER BY grid")
      .all();
    return rows.map((row) => String(row["grid"]));
  }

  totals(sinceMs: number): Totals {
    return totalsBetween(this.#db, sinceMs, Number.MAX_VALUE);
  }

  days(sinceMs: number): readonly DayTotals[] {
    return totalsByDay(this.#db, sinceMs);
  }

  declined(grid: string): readonly string[] {
    const rows = this.#db.prepare("SELECT DISTINCT task_id FROM runs WHERE grid = ? AND stopped = 1").all(grid);
    return rows.map((row) => String(row["task_id"]));
  }

  /**
   * What the donor stopped is known by its row alone: `declined` forgets a task whose row is
   * deleted, and this machine may take that task again.
   */
  delete(filter: HistoryFilter, limit: number): Outcome<number> {
    const { rows, bookkeeping } = deleteQueries(filter, limit);
    return withWideCache(this.#db, () =>
      transaction(this.#db, () => {
        if (bookkeeping !== undefined) this.#change(bookkeeping);
        return this.#change(rows);
      }),
    );
  }

  close(): void {
    this.#db.close();
  }

  #pruneOutputs(): void {
    this.#db
      .prepare(
        `DELETE FROM outputs
         WHERE claim_id NOT IN (
             SELECT claim_id FROM runs INDEXED BY runs_by_claimed
             WHERE outcome IS NOT NULL ORDER BY claimed_at_ms DESC LIMIT ?)
           AND claim_id NOT IN (SELECT claim_id FROM runs WHERE ${IS_OPEN})`,
      )
      .run(OUTPUTS_KEPT);
  }

  #change({ sql, parameters }: Query): number {
    return Number(this.#db.prepare(sql).run(...parameters).changes);
  }

  #all(query: Query): ReturnType<StatementSync["all"]> {
    return this.#db.prepare(query.sql).all(...query.parameters);
  }

  #runs(sql: string, parameter: string | number): Run[] {
    return this.#db.prepare(sql).all(parameter).map(runOfRow);
  }
}
