import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createBareGrid } from "../tests/support/bare-grid.ts";
import { startGitServer } from "../tests/support/git-server.ts";
import { smallTasks } from "../tests/support/grid-file.ts";
import type { Transport } from "./claims.ts";

/** A fresh grid with queued tasks. */
export interface ClaimGrid {
  readonly dir: string;
  readonly url: string;
  readonly taskIds: readonly string[];
  /** Pushes begun, rejected ones too, as the server saw them; undefined without a server. */
  countedPushes(): number | undefined;
  /** Ends the server and deletes the repository. */
  remove(): Promise<void>;
}

export async function createClaimGrid(tasks: number, transport: Transport, delayMs: number): Promise<ClaimGrid> {
  const root = mkdtempSync(join(tmpdir(), "dgrid-claims-"));
  const dir = join(root, "grid.git");
  // The budget that GitHub recommends would be what is measured, not the protocol.
  const gridJson = { protocol: 1, push_budget_per_minute: 100_000 };
  const grid = await createBareGrid({ dir, tasks, gridJson });
  const server = transport === "http" ? await startGitServer({ root, delayMs }) : undefined;
  return {
    dir,
    url: server?.url("grid.git") ?? grid.url,
    taskIds: smallTasks(tasks).map((task) => task.task_id),
    countedPushes: () => server?.traffic.pushAttempts,
    async remove() {
      await server?.close();
      rmSync(root, { recursive: true, force: true });
    },
  };
}
