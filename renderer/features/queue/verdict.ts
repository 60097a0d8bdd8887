import type { QueueRow } from "../../../shared/contract/views.ts";

export type Verdict = QueueRow["verdict"];

/** take: it would run here. not: a valid task for others or later. problem: nobody can take it. */
export type VerdictKind = "take" | "not" | "problem";

const KINDS: Record<Verdict, VerdictKind> = {
  eligible: "take",
  image_not_allowed: "not",
  image_not_on_grid_list: "not",
  image_unavailable: "not",
  too_big: "not",
  dependency_waiting: "not",
  signature_required: "not",
  stopped_by_donor: "not",
  path_taken: "problem",
  not_a_file: "problem",
  too_large: "problem",
  not_utf8: "problem",
  not_json: "problem",
  too_deep: "problem",
  not_a_task: "problem",
  bad_file_name: "problem",
  name_is_not_id: "problem",
  already_in_progress: "problem",
  already_finished: "problem",
  dependency_failed: "problem",
  dependency_missing: "problem",
  dependency_cyclic: "problem",
  claim_unreadable: "problem",
};

export function verdictKind(verdict: Verdict): VerdictKind {
  return KINDS[verdict];
}
