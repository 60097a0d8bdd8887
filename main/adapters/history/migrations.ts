/**
 * The history's schema, one step a version; PRAGMA user_version counts those applied.
 *
 * Invariant: a step that was released is never changed, only followed by another.
 */
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

  // What a list shows is small and lies close together; what only one run's page shows, its output
  // and its script, has a table of its own, so that no list can ever come to read it.
  // `outcome` is an OutcomeKind, or NULL for what is bookkeeping and no row of the history: a claim
  // whose push has no answer yet, and one that was lost to another machine.
  // Each order has an index that also holds all that a filter asks for: any filter in any order is one
  // walk along it, which goes to the table only for the rows of the page. That is 1 KB of disk a run.
  `ALTER TABLE runs RENAME TO runs_1;
   CREATE TABLE runs (
     claim_id TEXT PRIMARY KEY,
     grid TEXT NOT NULL,
     task_id TEXT NOT NULL,
     path TEXT NOT NULL,
     state TEXT NOT NULL,
     attempt INTEGER NOT NULL,
     claimed_at_ms REAL NOT NULL,
     starting_at_ms REAL,
     started_at_ms REAL,
     finished_at_ms REAL,
     reported_at_ms REAL,
     duration_ms REAL,
     exit_code INTEGER,
     reason TEXT,
     stopped INTEGER NOT NULL DEFAULT 0 CHECK (stopped IN (0, 1)),
     outcome TEXT GENERATED ALWAYS AS (
       CASE
         WHEN state IN ('claimed', 'running', 'finished') THEN 'open'
         WHEN state = 'superseded' THEN 'superseded'
         WHEN state = 'given_back' THEN CASE stopped WHEN 1 THEN 'stopped' ELSE 'given_back' END
         WHEN state <> 'reported' THEN NULL
         WHEN reason IN ('timed_out', 'out_of_memory') THEN reason
         WHEN reason = 'cancelled' THEN 'stopped'
         WHEN exit_code = 0 AND coalesce(reason, 'exited') IN ('exited', 'output_refused') THEN 'success'
         ELSE 'failed'
       END
     ) STORED
   ) STRICT;
   CREATE TABLE outputs (
     claim_id TEXT PRIMARY KEY REFERENCES runs (claim_id) ON DELETE CASCADE,
     result TEXT,
     script TEXT
   ) STRICT;
   INSERT INTO runs (claim_id, grid, task_id, path, state, attempt, claimed_at_ms, started_at_ms,
       finished_at_ms, duration_ms, exit_code, reason)
     SELECT claim_id, grid, task_id, path, state, attempt, claimed_at_ms, started_at_ms,
       finished_at_ms, max(0, finished_at_ms - started_at_ms), exit_code, reason
     FROM runs_1 ORDER BY rowid;
   INSERT INTO outputs (claim_id, result) SELECT claim_id, result FROM runs_1 WHERE result IS NOT NULL ORDER BY rowid;
   DROP TABLE runs_1;
   CREATE INDEX runs_open ON runs (grid) WHERE state IN ('claiming', 'claimed', 'running', 'finished');
   CREATE INDEX runs_by_start ON runs (started_at_ms, outcome, duration_ms);
   CREATE INDEX runs_declined ON runs (grid, task_id) WHERE stopped = 1;
   CREATE INDEX runs_bookkeeping ON runs (claimed_at_ms) WHERE outcome IS NULL;
   CREATE INDEX runs_by_claimed ON runs (claimed_at_ms, claim_id, task_id, grid, outcome) WHERE outcome IS NOT NULL;
   CREATE INDEX runs_by_task ON runs (task_id, claim_id, claimed_at_ms, grid, outcome) WHERE outcome IS NOT NULL;
   CREATE INDEX runs_by_grid ON runs (grid, claim_id, task_id, claimed_at_ms, outcome) WHERE outcome IS NOT NULL;
   CREATE INDEX runs_by_outcome ON runs (outcome, claim_id, task_id, claimed_at_ms, grid) WHERE outcome IS NOT NULL;
   CREATE INDEX runs_by_duration ON runs (duration_ms, claim_id, task_id, claimed_at_ms, grid, outcome)
     WHERE outcome IS NOT NULL;`,
];
