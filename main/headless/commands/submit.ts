/** `dgrid submit --grid URL FILE...`: validates as a worker would, then queues all or none. */
import { readFileSync, statSync } from "node:fs";
import { describeFault } from "../../../shared/contract/fault.ts";
import { TASK_FILE_MAX_BYTES } from "../../../shared/domain/task.ts";
import { GridReader } from "../../engine/core/grid-view.ts";
import { conflicts, queueChange, validate, type Candidate, type Refused } from "../../engine/core/submission.ts";
import { withGrid, type GridAccess } from "../grid-access.ts";

export async function runSubmit(access: GridAccess, files: readonly string[]): Promise<number> {
  const candidates: Candidate[] = [];
  for (const source of files) {
    try {
      // A byte more than allowed is enough to refuse it; a huge file is never read whole.
      const content =
        statSync(source).size > TASK_FILE_MAX_BYTES ? new Uint8Array(TASK_FILE_MAX_BYTES + 1) : readFileSync(source);
      candidates.push({ source, content });
    } catch (error) {
      process.stderr.write(
        `${source}: cannot be read (${error instanceof Error && "code" in error ? String(error.code) : String(error)})\n`,
      );
      return 2;
    }
  }
  const { accepted, refused } = validate(candidates);
  if (refused.length > 0) return refuse(refused);
  return withGrid(access, async (repo, signal) => {
    const reader = new GridReader(accepted.map(({ task }) => task.task_id));
    let found: Refused[] = [];
    const outcome = await repo.transact(
      (tree) => reader.needs(tree),
      (tree) => {
        found = conflicts(reader.read(tree), accepted);
        return found.length > 0 ? undefined : queueChange(accepted);
      },
      { signal },
    );
    switch (outcome.kind) {
      case "pushed":
        process.stdout.write(`${accepted.length} queued: ${accepted.map(({ task }) => task.task_id).join(", ")}\n`);
        return 0;
      case "nothing":
        return refuse(found);
      case "contended":
        process.stderr.write("Other nodes were faster each time; nothing was queued. Try again.\n");
        return 1;
      case "unknown":
        process.stderr.write(
          `The server did not answer; look with dgrid status whether the tasks are queued. ${describeFault(outcome.fault)}\n`,
        );
        return 1;
      case "refused":
      case "failed":
        process.stderr.write(`${describeFault(outcome.fault)}\n`);
        return 1;
    }
  });
}

function refuse(refused: readonly Refused[]): number {
  for (const { source, code, message } of refused) process.stderr.write(`${source}: ${code}: ${message}\n`);
  process.stderr.write("Nothing was queued.\n");
  return 2;
}
