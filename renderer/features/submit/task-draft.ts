/**
 * A task as the form shows it, and the text of the file it stands for.
 *
 * Invariant: the text is what is queued. Fields the form does not know stay in it untouched.
 */
import type { Priority } from "../../../shared/domain/task.ts";

export interface TaskDraft {
  readonly taskId: string;
  readonly script: string;
  /** undefined: left to the worker's default, like everything else that is empty. */
  readonly timeoutSeconds: number | undefined;
  readonly priority: Priority | undefined;
  readonly image: string;
  readonly cpus: number | undefined;
  readonly memoryMib: number | undefined;
  readonly dependsOn: readonly string[];
  /** What else is in the file. */
  readonly others: Readonly<Record<string, unknown>>;
}

export const PRIORITIES: readonly Priority[] = ["critical", "high", "medium", "low"];
export const SCRIPT_MOST_CHARACTERS = 5_000;

export const EMPTY_DRAFT: TaskDraft = {
  taskId: "",
  script: "",
  timeoutSeconds: 30,
  priority: undefined,
  image: "",
  cpus: undefined,
  memoryMib: undefined,
  dependsOn: [],
  others: {},
};

/** The file of a draft. */
export function textOf(draft: TaskDraft): string {
  const resources = {
    ...(draft.cpus !== undefined && { cpus: draft.cpus }),
    ...(draft.memoryMib !== undefined && { memory_mb: draft.memoryMib }),
  };
  const task = {
    task_id: draft.taskId,
    script: draft.script,
    ...(draft.timeoutSeconds !== undefined && { timeout_seconds: draft.timeoutSeconds }),
    ...(draft.priority !== undefined && { priority: draft.priority }),
    ...(draft.image !== "" && { image: draft.image }),
    ...(Object.keys(resources).length > 0 && { resources }),
    ...(draft.dependsOn.length > 0 && { depends_on: draft.dependsOn }),
    ...draft.others,
  };
  return `${JSON.stringify(task, null, 2)}\n`;
}

/** The draft of a file, or undefined where the form could not show everything that is in it. */
export function draftOf(text: string): TaskDraft | undefined {
  const json = parsed(text);
  if (!isObject(json)) return undefined;
  const { task_id, script, timeout_seconds, priority, image, resources, depends_on, ...others } = json;
  const { cpus, memory_mb, ...moreResources } = isObject(resources) ? resources : {};
  const dependsOn = depends_on ?? [];
  const known =
    isTextOrNone(task_id) &&
    isTextOrNone(script) &&
    isNumberOrNone(timeout_seconds) &&
    (priority === undefined || PRIORITIES.includes(priority as Priority)) &&
    isTextOrNone(image) &&
    (resources === undefined || isObject(resources)) &&
    Object.keys(moreResources).length === 0 &&
    isNumberOrNone(cpus) &&
    isNumberOrNone(memory_mb) &&
    Array.isArray(dependsOn) &&
    dependsOn.every((id) => typeof id === "string");
  if (!known) return undefined;
  return {
    taskId: task_id ?? "",
    script: script ?? "",
    timeoutSeconds: timeout_seconds,
    priority: priority as Priority | undefined, // It was just found among them.
    image: image ?? "",
    cpus,
    memoryMib: memory_mb,
    dependsOn,
    others,
  };
}

/** A new id: what it is, and the moment it was made, so that no other task has it. */
export function suggestedId(nowMs: number): string {
  return `task-${nowMs.toString(36)}`;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isTextOrNone(value: unknown): value is string | undefined {
  return value === undefined || typeof value === "string";
}

function isNumberOrNone(value: unknown): value is number | undefined {
  return value === undefined || typeof value === "number";
}
