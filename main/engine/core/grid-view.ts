/**
 * A grid as its files say it stands: pure reading of one tree, no decision.
 *
 * Invariant: a name only says where to look; which task it is and whose claim it is stand in
 * the files (protocol, "Paths prove nothing"). What cannot be read becomes a named problem.
 */
import { Attempts } from "../../../shared/domain/attempts.ts";
import { Claim } from "../../../shared/domain/claim.ts";
import { GRID_DEFAULTS, GridSettings } from "../../../shared/domain/grid.ts";
import { Node } from "../../../shared/domain/node.ts";
import type { TaskProblem } from "../../../shared/domain/problem.ts";
import { KnownTask, type Task } from "../../../shared/domain/task.ts";
import type { RepoTree } from "./tree.ts";
import { finishedCandidates } from "./finished.ts";
import { CLAIM_SUFFIX, DIRECTORIES, GRID_FILE, isCompanion, isSafeName } from "./layout.ts";
import { ParseCache } from "./parse-cache.ts";
import { parseJson, parseTaskFile, taskProblem, type Parsed } from "./task-file.ts";

export interface QueuedTask {
  readonly path: string;
  readonly task: Task;
}

export interface InProgress {
  readonly path: string;
  /** The file's name, kept through completed and failed. */
  readonly name: string;
  /** undefined where the task's file is not readable as a task. */
  readonly task: Task | undefined;
  readonly taskOid: string;
  /** undefined for a claim of the seed's workers, which write none, or one that is unreadable. */
  readonly claim: Claim | undefined;
  readonly claimOid: string | undefined;
}

export interface GridView {
  readonly tree: RepoTree;
  readonly settings: GridSettings;
  /** Why grid.json cannot be used; claiming stops, because it might have narrowed something. */
  readonly settingsProblem: string | undefined;
  readonly queue: readonly QueuedTask[];
  readonly problems: readonly TaskProblem[];
  readonly inProgress: ReadonlyMap<string, InProgress>;
  readonly nodes: ReadonlyMap<string, { readonly node: Node; readonly oid: string }>;
  readonly attempts: ReadonlyMap<string, Attempts>;
  /** Ids known to have a result, of those that the queue names or depends on. */
  readonly finished: ReadonlyMap<string, "completed" | "failed">;
}

/** Reads trees of one grid, remembering what it parsed: a blob is parsed once. */
export class GridReader {
  readonly #cache = new ParseCache();
  readonly #ids: readonly string[];

  /** `ids` are looked for among the finished tasks beside those that the queue names. */
  constructor(ids: readonly string[] = []) {
    this.#ids = ids;
  }

  /** Every path whose blob reading this tree needs; grows as blobs arrive (dependencies). */
  *needs(tree: RepoTree): Generator<string> {
    if (tree.list("").has(GRID_FILE)) yield GRID_FILE;
    const { queue, inProgress, nodes, attempts } = DIRECTORIES;
    for (const directory of [queue, nodes]) {
      for (const [name, file] of tree.list(directory)) {
        if (name.endsWith(".json") && !isCompanion(name) && isFile(file.mode)) yield `${directory}/${name}`;
      }
    }
    for (const [name, file] of tree.list(inProgress)) {
      const wanted = name.endsWith(CLAIM_SUFFIX) || (name.endsWith(".json") && !isCompanion(name));
      if (wanted && isFile(file.mode)) yield `${inProgress}/${name}`;
    }
    const waiting = tree.list(queue);
    for (const [name, file] of tree.list(attempts)) {
      if (isFile(file.mode) && (waiting.has(name) || tree.list(inProgress).size > 0)) yield `${attempts}/${name}`;
    }
    for (const paths of this.#candidates(tree).values()) yield* paths;
  }

  read(tree: RepoTree): GridView {
    this.#cache.nextRound();
    const problems: TaskProblem[] = [];
    const { settings, settingsProblem } = this.#settings(tree);
    const inProgress = this.#inProgress(tree, problems);
    const finished = this.#finished(tree);
    const running = new Set<string>();
    for (const { task } of inProgress.values()) if (task !== undefined) running.add(task.task_id);
    const queue: QueuedTask[] = [];
    for (const name of tree.list(DIRECTORIES.queue).keys()) {
      if (name === ".gitkeep" || isCompanion(name)) continue;
      const path = `${DIRECTORIES.queue}/${name}`;
      const parsed = this.#task(tree, path, name);
      if ("code" in parsed) problems.push(taskProblem(path, parsed));
      else if (running.has(parsed.value.task_id)) problems.push({ code: "already_in_progress", path, detail: "" });
      else if (finished.has(parsed.value.task_id)) {
        problems.push({ code: "already_finished", path, detail: finished.get(parsed.value.task_id) ?? "" });
      } else queue.push({ path, task: parsed.value });
    }
    return {
      tree,
      settings,
      settingsProblem,
      queue,
      problems,
      inProgress,
      nodes: this.#nodes(tree),
      attempts: this.#attempts(tree),
      finished,
    };
  }

  #task(tree: RepoTree, path: string, name: string): Parsed<Task> {
    const file = tree.list(path.slice(0, path.lastIndexOf("/"))).get(name);
    if (file === undefined) return { code: "not_a_file", detail: "missing" };
    return this.#cache.of("task", `${file.mode} ${file.oid} ${name}`, () =>
      parseTaskFile(name, file.mode, tree.content(path) ?? new Uint8Array()),
    );
  }

  #json<T>(
    tree: RepoTree,
    path: string,
    oid: string,
    schema: { safeParse(value: unknown): { success: boolean; data?: T } },
  ): T | undefined {
    return this.#cache.of(path.slice(0, path.lastIndexOf("/")), `${oid} ${path.slice(path.lastIndexOf("."))}`, () => {
      const content = tree.content(path);
      const json = content === undefined ? undefined : parseJson(content);
      if (json === undefined || "code" in json) return undefined;
      const parsed = schema.safeParse(json.value);
      return parsed.success ? parsed.data : undefined;
    });
  }

  #settings(tree: RepoTree): Pick<GridView, "settings" | "settingsProblem"> {
    const file = tree.list("").get(GRID_FILE);
    if (file === undefined) return { settings: GRID_DEFAULTS, settingsProblem: undefined };
    const json = isFile(file.mode)
      ? parseJson(tree.content(GRID_FILE) ?? new Uint8Array())
      : { code: "not_a_file" as const, detail: "" };
    if ("code" in json) return { settings: GRID_DEFAULTS, settingsProblem: `${json.code} ${json.detail}` };
    const parsed = GridSettings.safeParse(json.value);
    if (parsed.success) return { settings: parsed.data, settingsProblem: undefined };
    const issue = parsed.error.issues[0];
    return { settings: GRID_DEFAULTS, settingsProblem: `${issue?.path.join(".") ?? ""}: ${issue?.message ?? ""}` };
  }

  #inProgress(tree: RepoTree, problems: TaskProblem[]): Map<string, InProgress> {
    const found = new Map<string, InProgress>();
    const files = tree.list(DIRECTORIES.inProgress);
    for (const [name, file] of files) {
      if (!name.endsWith(".json") || isCompanion(name) || !isFile(file.mode)) continue;
      const path = `${DIRECTORIES.inProgress}/${name}`;
      if (!isSafeName(name)) {
        problems.push({ code: "bad_file_name", path, detail: "in progress" });
        continue;
      }
      const claimFile = files.get(name + CLAIM_SUFFIX);
      const claim =
        claimFile === undefined ? undefined : this.#json<Claim>(tree, path + CLAIM_SUFFIX, claimFile.oid, Claim);
      if (claimFile !== undefined && claim === undefined) problems.push({ code: "claim_unreadable", path, detail: "" });
      found.set(path, {
        path,
        name,
        task: this.#json<Task>(tree, path, file.oid, KnownTask),
        taskOid: file.oid,
        claim,
        claimOid: claimFile?.oid,
      });
    }
    return found;
  }

  #nodes(tree: RepoTree): Map<string, { node: Node; oid: string }> {
    const nodes = new Map<string, { node: Node; oid: string }>();
    for (const [name, file] of tree.list(DIRECTORIES.nodes)) {
      if (!name.endsWith(".json") || !isFile(file.mode)) continue;
      const node = this.#json<Node>(tree, `${DIRECTORIES.nodes}/${name}`, file.oid, Node);
      // A file that names another node says nothing of that node.
      if (node !== undefined && `${node.node_id}.json` === name) nodes.set(node.node_id, { node, oid: file.oid });
    }
    return nodes;
  }

  #attempts(tree: RepoTree): Map<string, Attempts> {
    const all = new Map<string, Attempts>();
    for (const [name, file] of tree.list(DIRECTORIES.attempts)) {
      const path = `${DIRECTORIES.attempts}/${name}`;
      if (!isFile(file.mode) || tree.content(path) === undefined) continue;
      const attempts = this.#json<Attempts>(tree, path, file.oid, Attempts);
      if (attempts !== undefined && `${attempts.task_id}.json` === name) all.set(attempts.task_id, attempts);
    }
    return all;
  }

  /** Result files that may settle an id of the queue, or one it depends on. */
  #candidates(tree: RepoTree): Map<string, string[]> {
    const ids = new Set<string>(this.#ids);
    for (const [name, file] of tree.list(DIRECTORIES.queue)) {
      if (!isFile(file.mode) || !name.endsWith(".json")) continue;
      ids.add(name.slice(0, -".json".length));
      const path = `${DIRECTORIES.queue}/${name}`;
      if (tree.content(path) === undefined) continue;
      const parsed = this.#task(tree, path, name);
      if ("value" in parsed) for (const id of parsed.value.depends_on ?? []) ids.add(id);
    }
    return finishedCandidates(tree, ids);
  }

  #finished(tree: RepoTree): Map<string, "completed" | "failed"> {
    const finished = new Map<string, "completed" | "failed">();
    for (const [id, paths] of this.#candidates(tree)) {
      for (const path of paths) {
        const proof = this.#proof(tree, path);
        if (proof?.id !== id) continue;
        if (proof.state === "completed" || !finished.has(id)) finished.set(id, proof.state);
      }
    }
    return finished;
  }

  #proof(tree: RepoTree, path: string): { id: string; state: "completed" | "failed" } | undefined {
    const directory = path.slice(0, path.lastIndexOf("/"));
    const file = tree.list(directory).get(path.slice(directory.length + 1));
    if (file === undefined) return undefined;
    const state = directory === DIRECTORIES.completed ? "completed" : "failed";
    const task = this.#json<Task>(tree, path, file.oid, KnownTask);
    return task === undefined ? undefined : { id: task.task_id, state };
  }
}

function isFile(mode: string): boolean {
  return mode === "file" || mode === "executable";
}
