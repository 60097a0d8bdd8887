import { failure, fault, success, type Fault, type Outcome } from "../../shared/contract/fault.ts";
import { GridReader } from "./core/grid-view.ts";
import { conflicts, queueChange, type Accepted, type Refused } from "./core/submission.ts";
import type { TaskRepo } from "./ports.ts";

export type Submitted =
  | { readonly kind: "queued" }
  /** The grid has some of the ids already; nothing was queued. */
  | { readonly kind: "refused"; readonly refused: readonly Refused[] };

/** Queues all or none in one push, judged on the snapshot that the push builds on. */
export async function submitTasks(
  repo: TaskRepo,
  accepted: readonly Accepted[],
  signal: AbortSignal,
): Promise<Outcome<Submitted>> {
  const reader = new GridReader(accepted.map(({ task }) => task.task_id));
  let refused: readonly Refused[] = [];
  const outcome = await repo.transact(
    (tree) => reader.needs(tree),
    (tree) => {
      refused = conflicts(reader.read(tree), accepted);
      return refused.length > 0 ? undefined : queueChange(accepted);
    },
    { signal },
  );
  switch (outcome.kind) {
    case "pushed":
      return success({ kind: "queued" });
    case "nothing":
      return success({ kind: "refused", refused });
    case "contended":
      return failure("grid_contended");
    case "unknown":
      return { ok: false, fault: unanswered(outcome.fault) };
    case "refused":
    case "failed":
      return { ok: false, fault: outcome.fault };
  }
}

function unanswered(cause: Fault): Fault {
  return fault("push_unanswered", `${cause.code} ${cause.detail}`.trim());
}
