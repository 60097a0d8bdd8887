/** A grid on this machine with a dozen tasks: to see the whole thing work without anybody else. */
import { existsSync, mkdtempSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { failure, success, type Outcome } from "../../shared/contract/fault.ts";
import { createBareRepository } from "../adapters/git/bare-repository.ts";
import { queuePath } from "../engine/core/layout.ts";
import type { Log } from "../engine/ports.ts";
import { createGrid } from "./create-grid.ts";
import { DEMO_TASKS } from "./demo-tasks.ts";
import { withGrid } from "./grid-access.ts";

/** Makes the grid in a folder where there is none yet; its address is the folder. */
export async function makeDemoGrid(folder: string, log: Log, signal: AbortSignal): Promise<Outcome<string>> {
  if (existsSync(folder)) return success(folder);
  // Made beside its place and moved there whole: half a grid would be taken for one the next time.
  const beside = mkdtempSync(`${folder}.`);
  try {
    const made = await make(join(beside, "grid"), log, signal);
    if (!made.ok) return made;
    if (!existsSync(folder)) renameSync(join(beside, "grid"), folder);
    return success(folder);
  } finally {
    rmSync(beside, { recursive: true, force: true });
  }
}

async function make(folder: string, log: Log, signal: AbortSignal): Promise<Outcome<string>> {
  const address = { url: folder, kind: "file" } as const;
  const created = await createBareRepository(folder, process.env, signal);
  if (!created.ok) return created;
  // On this machine a push costs nobody anything: the budget for GitHub is lifted.
  const inited = await createGrid({ address, token: undefined }, { protocol: 1, push_budget_per_minute: 600 });
  if (!inited.ok) return inited;
  return withGrid({ address, token: undefined, log }, async (repo) => {
    const ops = DEMO_TASKS.map((task) => ({
      op: "write" as const,
      path: queuePath(task.task_id),
      text: `${JSON.stringify(task, null, 2)}\n`,
    }));
    const outcome = await repo.transact(
      () => [],
      () => ({ message: `${ops.length} tasks submitted`, ops }),
      { signal },
    );
    return outcome.kind === "pushed"
      ? success(folder)
      : failure("clone_broken", `the demo tasks could not be queued (${outcome.kind})`);
  });
}
