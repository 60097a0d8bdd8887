/** One claim and one report as a worker makes them: the real adapter and the real decisions. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gitTaskRepo } from "../main/adapters/git/task-repo.ts";
import { systemClock, systemRandom } from "../main/adapters/sensors/clock.ts";
import { GridReader, type GridView } from "../main/engine/core/grid-view.ts";
import { plan, type Intents, type NewClaim } from "../main/engine/core/transaction.ts";
import type { Log, TaskRepo } from "../main/engine/ports.ts";
import { parseGridAddress } from "../shared/domain/grid-address.ts";
import type { TaskResult } from "../shared/domain/result.ts";
import { formatTimestamp } from "../shared/domain/timestamp.ts";
import type { SizeStep } from "./size.ts";

const NODE = "size-node";
const silent = (): void => undefined;
const log: Log = { debug: silent, info: silent, warn: silent, error: silent };

export async function sizeWorker(url: string, done: (step: SizeStep) => void): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "dgrid-size-"));
  const address = parseGridAddress(url);
  if ("problem" in address) throw new Error(address.problem);
  const repo = gitTaskRepo({
    address,
    directory: join(folder, "clone"),
    author: { name: NODE, email: `${NODE}@nodes.dgrid.invalid` },
    env: () => process.env,
    clock: systemClock,
    log,
    retryAfterMs: () => 0,
  });
  try {
    const reader = new GridReader();
    const { signal } = new AbortController();
    const synced = await repo.sync((tree) => reader.needs(tree), signal);
    if (!synced.ok) throw new Error(synced.fault.detail);
    done("clone");
    const claim = await claimOne(repo, reader);
    done("claim");
    await commit(repo, reader, () => ({ results: [{ ...claim, result: resultOf(claim) }] }));
    done("report");
  } finally {
    await repo.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function claimOne(repo: TaskRepo, reader: GridReader): Promise<NewClaim> {
  const claimIds = [systemRandom.id()];
  const [claim] = await commit(repo, reader, (view) => ({ wanted: view.queue, claimIds }));
  if (claim === undefined) throw new Error("nothing could be claimed");
  return claim;
}

async function commit(
  repo: TaskRepo,
  reader: GridReader,
  intents: (view: GridView) => Partial<Intents>,
): Promise<readonly NewClaim[]> {
  let claimed: readonly NewClaim[] = [];
  const outcome = await repo.transact(
    (tree) => reader.needs(tree),
    (tree) => {
      const view = reader.read(tree);
      const decided = plan(view, { ...nothing(), ...intents(view) });
      claimed = decided.claimed;
      return decided.change;
    },
    { signal: new AbortController().signal },
  );
  if (outcome.kind !== "pushed") throw new Error(`the commit was not pushed: ${outcome.kind}`);
  return claimed;
}

function nothing(): Intents {
  return {
    nodeId: NODE,
    instanceId: NODE,
    nowEpochMs: Date.now(),
    leaseSeconds: 600,
    results: [],
    giveBack: [],
    renew: [],
    renewDue: false,
    expired: [],
    wanted: [],
    claimIds: [],
    node: { node_id: NODE, last_heartbeat: formatTimestamp(Date.now()), status: "active" },
    heartbeatDue: false,
    tidy: true,
  };
}

function resultOf({ taskId, claimId }: NewClaim): TaskResult {
  const timestamp = formatTimestamp(Date.now());
  return {
    task_id: taskId,
    node_id: NODE,
    exit_code: 0,
    stdout: "ok\n",
    stderr: "",
    timestamp,
    status: "success",
    claim_id: claimId,
  };
}
