import { z } from "zod";

/** Why a task in the queue, or a claim, cannot go on. One closed union; each has a sentence. */
export const TaskProblemCode = z.enum([
  "not_a_file",
  "too_large",
  "not_utf8",
  "not_json",
  "too_deep",
  "not_a_task",
  "bad_file_name",
  "name_is_not_id",
  "already_in_progress",
  "already_finished",
  "path_taken",
  "dependency_failed",
  "dependency_missing",
  "dependency_cyclic",
  "claim_unreadable",
]);
export type TaskProblemCode = z.infer<typeof TaskProblemCode>;

export interface TaskProblem {
  readonly code: TaskProblemCode;
  readonly path: string;
  readonly detail: string;
}

export const TASK_PROBLEM_HELP: Record<TaskProblemCode, string> = {
  not_a_file: "This is a link or a submodule where a plain file should be. Replace it with the task file.",
  too_large: "The file is larger than 64 KiB. Make the script smaller.",
  not_utf8: "The file is not UTF-8 text. Save it as UTF-8.",
  not_json: "The file is not JSON. Correct it and queue it again.",
  too_deep: "The JSON is nested too deeply. A task needs two levels.",
  not_a_task: "A field is missing or has a wrong value. Correct it and queue it again.",
  bad_file_name: "A task file is named <task_id>.json with 1-64 of A-Z a-z 0-9 - _.",
  name_is_not_id: "The file name is not <task_id>.json. Rename the file or change the id.",
  already_in_progress: "A task with this id is running. Wait for it or choose another id.",
  already_finished: "A task with this id has finished. Choose another id.",
  path_taken: "Another task's file stands where this one would go. Rename the task.",
  dependency_failed: "A task this one depends on has failed. Queue it again under a new id.",
  dependency_missing: "A task this one depends on is nowhere in the grid. Queue that first.",
  dependency_cyclic: "The tasks depend on each other in a circle. Break it.",
  claim_unreadable: "The claim file cannot be read. Its node must report, or it expires.",
};
