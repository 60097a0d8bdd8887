/** A file as a test puts it into a grid's repository; nothing is checked, so that anything can be put there. */
export interface GridFile {
  /** A Buffer for a name that is not UTF-8. */
  readonly path: string | Buffer;
  /** Bytes, text, or a value written as JSON; `null` deletes the path. A submodule has none. */
  readonly content?: string | Buffer | object | null;
  readonly mode?: GridFileMode;
}

/** Git's modes: a file, an executable, a symlink, a submodule. */
export type GridFileMode = "100644" | "100755" | "120000" | "160000";

/** A queued task's file, named as it must be. */
export function queued(task: { readonly task_id: string }): GridFile {
  return { path: `tasks/queue/${task.task_id}.json`, content: task };
}

/** As many small tasks as asked, `task-0001` and so on, each printing its own id. */
export function smallTasks(count: number): { task_id: string; script: string; timeout_seconds: number }[] {
  return Array.from({ length: count }, (_, index) => {
    const id = `task-${String(index + 1).padStart(4, "0")}`;
    return { task_id: id, script: `echo ${id}`, timeout_seconds: 30 };
  });
}

/** The bytes a content stands for. */
export function contentBytes(content: string | Buffer | object): Buffer {
  if (typeof content === "string") return Buffer.from(content);
  return Buffer.isBuffer(content) ? content : Buffer.from(`${JSON.stringify(content, null, 2)}\n`);
}

/** `count` tasks that were done and reported, two files each, as a grid of that age holds them. */
export function* finishedTasks(count: number, nodeId = "node-old"): Generator<GridFile> {
  const finishedAt = "2026-01-01T00:00:00.000Z";
  for (let index = 1; index <= count; index += 1) {
    const id = `old-${String(index).padStart(6, "0")}`;
    const path = `tasks/completed/${nodeId}-${id}.json`;
    yield { path, content: { task_id: id, script: `echo ${id}`, timeout_seconds: 30 } };
    yield {
      path: `${path}.log`,
      content: {
        task_id: id,
        node_id: nodeId,
        exit_code: 0,
        stdout: `${id}\n`,
        stderr: "",
        timestamp: finishedAt,
        status: "success",
      },
    };
  }
}
