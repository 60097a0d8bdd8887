/** `dgrid submit --grid URL FILE...`: validates as a worker would, then queues all or none. */
import { readFileSync, statSync } from "node:fs";
import { describeFault } from "../../../shared/contract/fault.ts";
import { TASK_FILE_MAX_BYTES } from "../../../shared/domain/task.ts";
import { validate, type Candidate, type Refused } from "../../engine/core/submission.ts";
import { submitTasks } from "../../engine/submit-tasks.ts";
import { withGrid, type GridAccess } from "../../worker/grid-access.ts";

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
    const submitted = await submitTasks(repo, accepted, signal);
    if (!submitted.ok) {
      process.stderr.write(`${describeFault(submitted.fault)}\n`);
      return 1;
    }
    if (submitted.value.kind === "refused") return refuse(submitted.value.refused);
    process.stdout.write(`${accepted.length} queued: ${accepted.map(({ task }) => task.task_id).join(", ")}\n`);
    return 0;
  });
}

function refuse(refused: readonly Refused[]): number {
  for (const { source, code, message } of refused) process.stderr.write(`${source}: ${code}: ${message}\n`);
  process.stderr.write("Nothing was queued.\n");
  return 2;
}
