/**
 * One process holds a data directory, whichever host it is. An exclusive SQLite lock is released
 * by the operating system when its process dies, so there is no stale lock to judge.
 */
import { DatabaseSync } from "node:sqlite";
import { join } from "node:path";
import { failure, success, type Outcome } from "../../../shared/contract/fault.ts";

/** Takes the directory or says who may have it; the value releases it. */
export function lockDataDirectory(directory: string): Outcome<() => void> {
  let db: DatabaseSync | undefined;
  try {
    db = new DatabaseSync(join(directory, "lock.db"));
    db.exec("PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE;");
    const held = db;
    return success(() => held.close());
  } catch (error) {
    db?.close();
    const text = String(error);
    if (/locked|busy/i.test(text)) return failure("data_directory_in_use", directory);
    return failure(/full|No space/i.test(text) ? "disk_full" : "data_directory_unwritable", text.slice(0, 200));
  }
}
