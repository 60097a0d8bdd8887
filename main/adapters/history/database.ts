/** The history's file: opened, brought to the newest schema, and changed all or nothing. */
import { DatabaseSync } from "node:sqlite";
import { failure, success, type Outcome } from "../../../shared/contract/fault.ts";
import { MIGRATIONS } from "./migrations.ts";

/** SQLite's own default, and what a change of very many rows may have for a moment. */
const CACHE_KIB = 2_000;
const WIDE_CACHE_KIB = 64_000;

/** Opens the file, which is made where it is missing; throws where it cannot be used. */
export function openDatabase(file: string): DatabaseSync {
  const db = new DatabaseSync(file);
  try {
    db.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA busy_timeout = 5000;");
    migrate(db);
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

/** Whether opening failed because of what is in the file, and not because it could not be read. */
export function isDamaged(error: unknown): boolean {
  return error instanceof Error && /not a database|malformed|corrupt/i.test(error.message);
}

/** Does all of `body`, or nothing and says why. */
export function transaction<T>(db: DatabaseSync, body: () => T): Outcome<T> {
  try {
    db.exec("BEGIN IMMEDIATE");
    const value = body();
    db.exec("COMMIT");
    return success(value);
  } catch (error) {
    const text = String(error);
    if (db.isTransaction) db.exec("ROLLBACK");
    return failure(
      /full|disk I\/O|SQLITE_IOERR|No space/i.test(text) ? "disk_full" : "data_directory_unwritable",
      text.slice(0, 200),
    );
  }
}

/**
 * Runs `body` with memory for many pages. A hundred thousand rows leave every index at random
 * places; in the usual cache each page would be written out and read again many times.
 */
export function withWideCache<T>(db: DatabaseSync, body: () => T): T {
  db.exec(`PRAGMA cache_size = -${WIDE_CACHE_KIB}`);
  try {
    return body();
  } finally {
    db.exec(`PRAGMA cache_size = -${CACHE_KIB}`);
  }
}

function migrate(db: DatabaseSync): void {
  const version = Number(db.prepare("PRAGMA user_version").get()?.["user_version"] ?? 0);
  if (version > MIGRATIONS.length)
    throw new Error(`history version ${version} is newer than this program (${MIGRATIONS.length})`);
  if (version === MIGRATIONS.length) return;
  withWideCache(db, () => {
    for (let next = version; next < MIGRATIONS.length; next++)
      db.exec(`BEGIN; ${MIGRATIONS[next]} PRAGMA user_version = ${next + 1}; COMMIT;`);
  });
}
