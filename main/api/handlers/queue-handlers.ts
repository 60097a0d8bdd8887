import { failure, success, type Outcome } from "../../../shared/contract/fault.ts";
import type { AuthorView, ConfinementView, TaskView } from "../../../shared/contract/views.ts";
import { TASK_FILE_MAX_BYTES, type Task } from "../../../shared/domain/task.ts";
import { DIRECTORIES } from "../../engine/core/layout.ts";
import type { GridEntry } from "../../engine/engine.ts";
import type { ApiContext, HandlersOf } from "./context.ts";

export function queueHandlers(context: ApiContext): HandlersOf<"queue"> {
  return { "queue.inspect": ({ gridId, file }, { signal }) => inspect(context, gridId, file, signal) };
}

/** What would run, were it taken now: everything from the file, and from the adapter that would run it. */
async function inspect(
  context: ApiContext,
  gridId: string,
  file: string,
  signal: AbortSignal,
): Promise<Outcome<TaskView>> {
  const { host, publisher } = context;
  const entry = host.engine.grids.find(({ id }) => id === gridId);
  if (entry === undefined) return failure("grid_unknown", gridId);
  const row = publisher.flush().queues.get(gridId)?.get(file);
  if (row === undefined) return failure("task_unknown", file.slice(0, 200));
  const path = `${DIRECTORIES.queue}/${file}`;
  const task = entry.loop.view?.queue.find((queued) => queued.path === path)?.task;
  const spec = task === undefined ? undefined : host.engine.specOf(entry.loop.name, task);
  const [author, asked] = await Promise.all([
    authorOf(context, entry, { path, file }, signal),
    spec === undefined ? undefined : host.runtime.confinement(spec, signal),
  ]);
  const confinement: ConfinementView | null = asked?.ok === true ? asked.value : null;
  return success({
    gridId,
    file,
    verdict: row.verdict,
    ...(row.detail === undefined ? {} : { detail: row.detail }),
    ...fieldsOf(task),
    text: textOf(entry.loop.view?.tree.content(path)),
    share: spec?.share ?? null,
    confinement,
    author,
  });
}

function fieldsOf(
  task: Task | undefined,
): Pick<TaskView, "taskId" | "script" | "priority" | "timeoutSeconds" | "dependsOn" | "resources"> {
  return {
    taskId: task?.task_id ?? null,
    script: task?.script ?? null,
    priority: task?.priority ?? "medium",
    timeoutSeconds: task?.timeout_seconds ?? null,
    dependsOn: [...(task?.depends_on ?? [])],
    resources: task?.resources ?? null,
  };
}

function textOf(content: Uint8Array | "too_large" | undefined): string | null {
  return content === undefined || content === "too_large"
    ? null
    : new TextDecoder().decode(content.subarray(0, TASK_FILE_MAX_BYTES));
}

async function authorOf(
  { host, publisher }: ApiContext,
  entry: GridEntry,
  { path, file }: { readonly path: string; readonly file: string },
  signal: AbortSignal,
): Promise<AuthorView | null> {
  const found = await entry.repo.authors([path], { signal, deepen: true });
  if (!found.ok) {
    host.log.debug({ fault: found.fault.code }, "who queued the task is not known");
    return null;
  }
  const author = found.value.get(path);
  if (author === undefined) return null;
  const oid = entry.loop.view?.tree.list(DIRECTORIES.queue).get(file)?.oid;
  if (oid !== undefined) publisher.authors.learn(entry.id, { file, oid }, author);
  return author;
}
