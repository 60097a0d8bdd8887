/**
 * Every run of this machine in one SQLite file.
 *
 * Invariant: a claim_id is written before the push that carries it, a result before it is
 * reported; so a crash at any moment loses neither.
 */
import { DatabaseSync, type StatementSync } from "node:sqlite";
import { existsSync, renameSync } from "node:fs";
import { failure, success, type Outcome } from "../../../shared/contract/fault.ts";
import { Run } from "../../../shared/domain/run.ts";
import type { HistoryStore, Log } from "../../engine/ports.ts";
import { MIGRATIONS } from "./migrations.ts";

const COLUMNS = [
  "claim_id",
  "grid",
  "task_id",
  "path",
  "state",
  "attempt",
  "claimed_at_ms",
  "started_at_ms",
  "finished_at_ms",
  "exit_code",
  "reason",
  "result",
] as const satisfies readonly (keyof Run)[];

/** Runs whose output is kept; of older ones the grid has it. A run itself is never forgotten. */
const OUTPUTS_KEPT = 5_000;
const PRUNE_EVERY = 500;

/** Opens the history; one that cannot be read is put aside under another name, never deleted. */
export function openHistory(file: string, log: Log): HistoryStore {
  try {
    return new SqliteHistory(file);
  } catch (error) {
    if (!isDamaged(error)) throw error;
    const kept = `${file}.damaged-${Date.now()}`;
    for (const suffix of ["", "-wal", "-shm"]) if (existsSync(file + suffix)) renameSync(file + suffix, kept + suffix);
    log.error({ kept, error: String(error) }, "the history was damaged; it was put aside and a new one begun");
    return new SqliteHistory(file);
  }
}

class SqliteHistory implements HistoryStore {
  readonly #db: DatabaseSync;
  readonly #upsert: StatementSync;
  readonly #forget: StatementSync;
  #saves = 0;

  constructor(file: string) {
    this.#db = new DatabaseSync(file);
    try {
      this.#db.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA busy_timeout = 5000;");
      migrate(this.#db);
      this.#upsert = this.#db.prepare(
        `INSERT INTO runs (${COLUMNS.join(", ")}) VALUES (${COLUMNS.map(() => "?").join(", ")})
         ON CONFLICT (claim_id) DO UPDATE SET ${COLUMNS.slice(1)
           .map((name) => `${name} = excluded.${name}`)
           .join(", ")}`,
      );
      this.#forget = this.#db.prepare(
        `UPDATE runs SET result = NULL
         WHERE result IS NOT NULL AND state NOT IN ('claiming', 'claimed', 'running', 'finished')
           AND claim_id NOT IN (SELECT claim_id FROM runs ORDER BY claimed_at_ms DESC LIMIT ?)`,
      );
    } catch (error) {
      this.#db.close();
      throw error;
    }
  }

  save(runs: readonly Run[]): Outcome<void> {
    try {
      this.#db.exec("BEGIN IMMEDIATE");
      for (const run of runs) this.#upsert.run(...COLUMNS.map((name) => run[name]));
      if (this.#saves++ % PRUNE_EVERY === 0) this.#forget.run(OUTPUTS_KEPT);
      this.#db.exec("COMMIT");
      return success(undefined);
    } catch (error) {
      const text = String(error);
      if (this.#db.isTransaction) this.#db.exec("ROLLBACK");
      return failure(
        /full|disk I\/O|SQLITE_IOERR|No space/i.test(text) ? "disk_full" : "data_directory_unwritable",
        text.slice(0, 200),
      );
    }
  }

  get(claimId: string): Run | undefined {
    const row = this.#db.prepare("SELECT * FROM runs WHERE claim_id = ?").get(claimId);
    return row === undefined ? undefined : Run.parse(row);
  }

  open(grid: string): readonly Run[] {
    return this.#rows(
      "SELECT * FROM runs WHERE grid = ? AND state IN ('claiming', 'claimed', 'running', 'finished')",
      grid,
    );
  }

  startedSince(epochMs: number): number {
    return Number(this.#db.prepare("SELECT count(*) AS n FROM runs WHERE started_at_ms >= ?").get(epochMs)?.["n"] ?? 0);
  }

  recent(limit: number): readonly Run[] {
    return this.#rows("SELECT * FROM runs ORDER BY claimed_at_ms DESC LIMIT ?", limit);
  }

  close(): void {
    this.#db.close();
  }

  #rows(sql: string, parameter: string | number): Run[] {
    return this.#db
      .prepare(sql)
      .all(parameter)
      .map((row) => Run.parse(row));
  }
}

function migrate(db: DatabaseSync): void {
  const version = Number(db.prepare("PRAGMA user_version").get()?.["user_version"] ?? 0);
  if (version > MIGRATIONS.length)
    throw new Error(`history version ${version} is newer than this program (${MIGRATIONS.length})`);
  for (let next = version; next < MIGRATIONS.length; next++) {
    db.exec(`BEGIN; ${MIGRATIONS[next]} PRAGMA user_version = ${next + 1}; COMMIT;`);
  }
}

function isDamaged(error: unknown): boolean {
  return error instanceof Error && /not a database|malformed|corrupt/i.test(error.message);
}
