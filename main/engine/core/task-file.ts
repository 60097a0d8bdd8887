import { TASK_FILE_MAX_BYTES, KnownTask, type Task } from "../../../shared/domain/task.ts";
import type { TaskProblem, TaskProblemCode } from "../../../shared/domain/problem.ts";
import type { FileMode } from "./tree.ts";

const DEPTH_MAX = 32;
const NAME = /^[A-Za-z0-9_-]{1,64}\.json$/;
const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

export type Parsed<T> = { readonly value: T } | { readonly code: TaskProblemCode; readonly detail: string };

/** Bytes to JSON, with a named problem for each way that fails. Shared by every file of a grid. */
export function parseJson(content: Uint8Array | "too_large"): Parsed<unknown> {
  if (content === "too_large" || content.byteLength > TASK_FILE_MAX_BYTES) {
    return { code: "too_large", detail: `over ${TASK_FILE_MAX_BYTES} bytes` };
  }
  let text: string;
  try {
    text = decoder.decode(content);
  } catch (error) {
    return { code: "not_utf8", detail: messageOf(error) };
  }
  if (depthOf(text) > DEPTH_MAX) return { code: "too_deep", detail: `over ${DEPTH_MAX} levels` };
  try {
    return { value: JSON.parse(text) };
  } catch (error) {
    return { code: "not_json", detail: messageOf(error) };
  }
}

/** Judges one file of the queue; what is not a valid task is never run and never moved. */
export function parseTaskFile(name: string, mode: FileMode, content: Uint8Array | "too_large"): Parsed<Task> {
  if (mode === "symlink" || mode === "submodule") return { code: "not_a_file", detail: mode };
  if (!NAME.test(name)) return { code: "bad_file_name", detail: "" };
  const json = parseJson(content);
  if ("code" in json) return json;
  const task = KnownTask.safeParse(json.value);
  if (!task.success) {
    const first = task.error.issues[0];
    return { code: "not_a_task", detail: `${first?.path.join(".") || "file"}: ${first?.message ?? "invalid"}` };
  }
  if (`${task.data.task_id}.json` !== name) {
    return { code: "name_is_not_id", detail: `task_id is ${task.data.task_id}` };
  }
  return { value: task.data };
}

export function taskProblem(path: string, problem: { code: TaskProblemCode; detail: string }): TaskProblem {
  // Written by a stranger: nothing that a terminal or a reader could take for something else.
  return { code: problem.code, path, detail: problem.detail.replace(/[^\x20-\x7e]/g, "?").slice(0, 300) };
}

/** The deepest nesting of brackets outside strings; a scan, so that depth costs no stack. */
function depthOf(text: string): number {
  let depth = 0;
  let deepest = 0;
  let inString = false;
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (inString) {
      if (c === 0x5c) i++;
      else if (c === 0x22) inString = false;
    } else if (c === 0x22) inString = true;
    else if (c === 0x5b || c === 0x7b) deepest = Math.max(deepest, ++depth);
    else if (c === 0x5d || c === 0x7d) depth--;
  }
  return deepest;
}

function messageOf(error: unknown): string {
  // The parser quotes the text it stumbled over, which a submitter chose: keep it short and plain.
  const text = error instanceof Error ? error.message : String(error);
  return text.replace(/[^\x20-\x7e]/g, "?").slice(0, 120);
}
