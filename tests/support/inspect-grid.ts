import { Claim } from "../../shared/domain/claim.ts";
import { Node } from "../../shared/domain/node.ts";
import { TaskResult } from "../../shared/domain/result.ts";
import { gitBytes } from "./isolated-git.ts";

export interface InspectedFile {
  readonly mode: string;
  readonly oid: string;
  /** Empty for a submodule. */
  readonly content: Buffer;
}

/** `.json.log`, `.json.claim`, `.json.sig` and what else belongs to a task file. */
const COMPANION = /\.json\.[^/]*$/;

type TaskDirectory = "unapproved" | "queue" | "in_progress" | "completed" | "failed" | "attempts";

export interface InspectedGrid {
  /** Every file of the head by its path; a name that is not UTF-8 is read as if it were. */
  readonly files: ReadonlyMap<string, InspectedFile>;
  /** Task files, without their companions, by directory: file names in Git's order. */
  readonly tasks: Readonly<Record<TaskDirectory, readonly string[]>>;
  readonly results: readonly (TaskResult & { readonly path: string })[];
  readonly claims: readonly (Claim & { readonly path: string })[];
  readonly nodes: readonly Node[];
  /** Results, claims and nodes that do not keep their schema. */
  readonly unreadable: readonly { readonly path: string; readonly reason: string }[];
}

/** Everything in a grid's head, read with the schemas. */
export async function inspectGrid(dir: string, revision = "HEAD"): Promise<InspectedGrid> {
  const files = await readFiles(dir, revision);
  const unreadable: { path: string; reason: string }[] = [];
  const read = <T>(schema: { parse(value: unknown): T }, pick: (path: string) => boolean): (T & { path: string })[] =>
    Array.from(files).flatMap(([path, file]) => {
      if (!pick(path)) return [];
      try {
        return [{ ...schema.parse(JSON.parse(file.content.toString("utf8"))), path }];
      } catch (error) {
        unreadable.push({ path, reason: String(error) });
        return [];
      }
    });
  const inDirectory = (directory: TaskDirectory): string[] => {
    const prefix = `tasks/${directory}/`;
    return Array.from(files.keys())
      .filter((path) => path.startsWith(prefix) && !COMPANION.test(path))
      .map((path) => path.slice(prefix.length));
  };
  return {
    files,
    tasks: {
      unapproved: inDirectory("unapproved"),
      queue: inDirectory("queue"),
      in_progress: inDirectory("in_progress"),
      completed: inDirectory("completed"),
      failed: inDirectory("failed"),
      attempts: inDirectory("attempts"),
    },
    results: read(TaskResult, (path) => /^tasks\/(completed|failed)\/.*\.json\.log$/.test(path)),
    claims: read(Claim, (path) => /^tasks\/in_progress\/.*\.json\.claim$/.test(path)),
    nodes: read(Node, (path) => /^nodes\/[^/]*\.json$/.test(path)),
    unreadable,
  };
}

async function readFiles(dir: string, revision: string): Promise<Map<string, InspectedFile>> {
  const listing = (await gitBytes(["ls-tree", "-r", "-z", revision], { dir })).toString("utf8");
  const entries = listing
    .split("\0")
    .slice(0, -1)
    .map((line) => {
      const [mode = "", type = "", oid = ""] = line.slice(0, line.indexOf("\t")).split(" ");
      return { mode, type, oid, path: line.slice(line.indexOf("\t") + 1) };
    });
  const blobs = await readBlobs(
    dir,
    entries.filter((each) => each.type === "blob").map((each) => each.oid),
  );
  return new Map(
    entries.map(({ mode, oid, path }) => [path, { mode, oid, content: blobs.get(oid) ?? Buffer.alloc(0) }]),
  );
}

async function readBlobs(dir: string, oids: readonly string[]): Promise<Map<string, Buffer>> {
  const output = await gitBytes(["cat-file", "--batch"], { dir, input: oids.map((oid) => `${oid}\n`).join("") });
  const blobs = new Map<string, Buffer>();
  let at = 0;
  while (at < output.length) {
    const end = output.indexOf("\n", at);
    const [oid = "", , size = "0"] = output.toString("latin1", at, end).split(" ");
    blobs.set(oid, output.subarray(end + 1, end + 1 + Number(size)));
    at = end + Number(size) + 2;
  }
  return blobs;
}
