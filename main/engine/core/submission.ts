/** Which files may be queued, judged exactly as a worker would judge them. */
import { TASK_PROBLEM_HELP, type TaskProblemCode } from "../../../shared/domain/problem.ts";
import type { Task } from "../../../shared/domain/task.ts";
import type { Change } from "./tree.ts";
import type { GridView } from "./grid-view.ts";
import { DIRECTORIES, queuePath } from "./layout.ts";
import { parseJson, parseTaskFile } from "./task-file.ts";

export interface Candidate {
  /** The name the author knows it by. */
  readonly source: string;
  readonly content: Uint8Array;
}

export interface Refused {
  readonly source: string;
  readonly code: TaskProblemCode | "already_queued" | "duplicate";
  readonly message: string;
}

export interface Accepted {
  readonly task: Task;
  readonly text: string;
}

/** The file's own name does not matter: in the queue it is named after its id. */
export function validate(candidates: readonly Candidate[]): { accepted: Accepted[]; refused: Refused[] } {
  const accepted: Accepted[] = [];
  const refused: Refused[] = [];
  const seen = new Set<string>();
  for (const { source, content } of candidates) {
    const json = parseJson(content);
    const id =
      "value" in json && typeof json.value === "object" && json.value !== null && "task_id" in json.value
        ? json.value.task_id
        : undefined;
    const parsed =
      "code" in json
        ? json
        : parseTaskFile(
            typeof id === "string" && /^[A-Za-z0-9_-]{1,64}$/.test(id) ? `${id}.json` : "task.json",
            "file",
            content,
          );
    if ("code" in parsed)
      refused.push({ source, code: parsed.code, message: `${TASK_PROBLEM_HELP[parsed.code]} ${parsed.detail}`.trim() });
    else if (seen.has(parsed.value.task_id))
      refused.push({ source, code: "duplicate", message: `task_id ${parsed.value.task_id} is given twice` });
    else {
      seen.add(parsed.value.task_id);
      accepted.push({ task: parsed.value, text: new TextDecoder().decode(content) });
    }
  }
  return { accepted, refused };
}

/** Ids that the grid already has, in whichever state. */
export function conflicts(view: GridView, accepted: readonly Accepted[]): Refused[] {
  const running = new Set([...view.inProgress.values()].map((entry) => entry.task?.task_id));
  return accepted.flatMap(({ task }): Refused[] => {
    const source = task.task_id;
    if (view.tree.list(DIRECTORIES.queue).has(`${task.task_id}.json`))
      return [{ source, code: "already_queued", message: "A task with this id is queued. Choose another id." }];
    if (running.has(task.task_id))
      return [{ source, code: "already_in_progress", message: TASK_PROBLEM_HELP.already_in_progress }];
    if (view.finished.has(task.task_id))
      return [{ source, code: "already_finished", message: TASK_PROBLEM_HELP.already_finished }];
    return [];
  });
}

export function queueChange(accepted: readonly Accepted[]): Change {
  const [first] = accepted;
  const what =
    accepted.length === 1 ? `Task ${first?.task.task_id ?? ""} submitted` : `${accepted.length} tasks submitted`;
  return {
    message: what,
    ops: accepted.map(({ task, text }) => ({ op: "write", path: queuePath(task.task_id), text })),
  };
}
