import type { QueueRow } from "../../shared/contract/views.ts";
import type { TaskProblem } from "../../shared/domain/problem.ts";
import type { Task } from "../../shared/domain/task.ts";
import { parseTimestamp } from "../../shared/domain/timestamp.ts";
import type { Choice } from "../engine/core/choose.ts";
import type { GridView } from "../engine/core/grid-view.ts";
import { DIRECTORIES } from "../engine/core/layout.ts";
import type { Author, GridAuthors } from "./queue-authors.ts";

type Verdict = QueueRow["verdict"];

const FOLDER = `${DIRECTORIES.queue}/`;

/**
 * A queue as rows. What did not change keeps its object from one time to the next, so that a change
 * of one task among ten thousand is found by comparing references.
 */
export class QueueRows {
  readonly #rows = new WeakMap<Task, QueueRow>();
  #last:
    | {
        readonly view: GridView;
        readonly choice: Choice | undefined;
        readonly version: number;
        readonly rows: ReadonlyMap<string, QueueRow>;
      }
    | undefined;

  /** The same map again where nothing it is made of changed. */
  of(view: GridView, choice: Choice | undefined, authors: GridAuthors): ReadonlyMap<string, QueueRow> {
    const { version } = authors;
    const last = this.#last;
    if (last?.view === view && last.choice === choice && last.version === version) return last.rows;
    const rows = this.#make(view, choice, authors);
    this.#last = { view, choice, version, rows };
    return rows;
  }

  #make(view: GridView, choice: Choice | undefined, authors: GridAuthors): ReadonlyMap<string, QueueRow> {
    const rows = new Map<string, QueueRow>();
    const files = view.tree.list(DIRECTORIES.queue);
    const authorOf = (file: string): Author | undefined => authors.of(file, files.get(file)?.oid ?? "");
    const problems = new Map<string, TaskProblem>();
    for (const problem of [...view.problems, ...(choice?.problems ?? [])]) {
      if (problem.path.startsWith(FOLDER)) problems.set(problem.path, problem);
    }
    for (const { path, task } of view.queue) {
      const file = path.slice(FOLDER.length);
      const problem = problems.get(path);
      problems.delete(path);
      const verdict: Verdict = problem?.code ?? choice?.notTaken.get(path) ?? "eligible";
      rows.set(file, this.#row(task, { file, verdict, ...detailOf(problem), ...authored(authorOf(file)) }));
    }
    for (const [path, problem] of problems) {
      const file = path.slice(FOLDER.length);
      rows.set(file, { file, verdict: problem.code, ...detailOf(problem), ...authored(authorOf(file)) });
    }
    return rows;
  }

  #row(task: Task, known: QueueRow): QueueRow {
    const before = this.#rows.get(task);
    const same =
      before?.file === known.file &&
      before.verdict === known.verdict &&
      before.detail === known.detail &&
      before.author === known.author;
    if (before !== undefined && same) return before;
    const createdAtMs = task.created_at === undefined ? undefined : parseTimestamp(task.created_at);
    const row: QueueRow = {
      ...known,
      ...(task.priority === undefined ? {} : { priority: task.priority }),
      ...(task.image === undefined ? {} : { image: task.image }),
      ...(createdAtMs === undefined ? {} : { createdAtMs }),
      timeoutSeconds: task.timeout_seconds,
    };
    this.#rows.set(task, row);
    return row;
  }
}

/** What changed between two queues. Rows of problems are made anew each time and compared by content. */
export function queueChange(
  before: ReadonlyMap<string, QueueRow>,
  after: ReadonlyMap<string, QueueRow>,
): { readonly upserted: QueueRow[]; readonly removed: string[] } {
  const upserted: QueueRow[] = [];
  for (const [file, row] of after) {
    const old = before.get(file);
    if (old !== row && (old === undefined || JSON.stringify(old) !== JSON.stringify(row))) upserted.push(row);
  }
  const removed = [...before.keys()].filter((file) => !after.has(file));
  return { upserted, removed };
}

function detailOf(problem: TaskProblem | undefined): { detail?: string } {
  return problem === undefined || problem.detail === "" ? {} : { detail: problem.detail.slice(0, 300) };
}

function authored(author: Author | undefined): { author?: string; addedAtMs?: number } {
  return author === undefined ? {} : { author: author.name, addedAtMs: author.atMs };
}
