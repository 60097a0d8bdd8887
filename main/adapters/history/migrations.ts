/** The history's schema, one step a version; PRAGMA user_version counts those applied. */
export const MIGRATIONS: readonly string[] = [
  `CREATE TABLE runs (
     claim_id TEXT PRIMARY KEY,
     grid TEXT NOT NULL,
     task_id TEXT NOT NULL,
     path TEXT NOT NULL,
     state TEXT NOT NULL,
     attempt INTEGER NOT NULL,
     claimed_at_ms REAL NOT NULL,
     started_at_ms REAL,
     finished_at_ms REAL,
     exit_code INTEGER,
     reason TEXT,
     result TEXT
   ) STRICT;
   CREATE INDEX runs_open ON runs (grid) WHERE state IN ('claiming', 'claimed', 'running', 'finished');
   CREATE INDEX runs_by_start ON runs (started_at_ms);`,
];
