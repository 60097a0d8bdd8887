import type { AuthorView } from "../../shared/contract/views.ts";
import type { GridView } from "../engine/core/grid-view.ts";
import { DIRECTORIES } from "../engine/core/layout.ts";
import type { GridEntry } from "../engine/engine.ts";
import type { Log } from "../engine/ports.ts";

/** Who committed a queued file, as far as it is known. */
export interface Author {
  readonly name: string;
  readonly atMs: number;
}

/** What is known of one grid. `version` grows with every change, so that rows need not be compared. */
export interface GridAuthors {
  readonly version: number;
  of(file: string, oid: string): Author | undefined;
}

class KnownAuthors implements GridAuthors {
  version = 0;
  asking = false;
  /** By file and content: who rewrites a file is its author. null was asked for and is not known. */
  readonly known = new Map<string, Author | null>();

  of(file: string, oid: string): Author | undefined {
    return this.known.get(keyOf(file, oid)) ?? undefined;
  }
}

/**
 * Who committed what is queued, asked of the local history once for each content. Nothing is fetched
 * for it: what is older than the local history stays unknown until somebody opens that task.
 */
export class QueueAuthors {
  readonly #log: Log;
  readonly #onChange: () => void;
  readonly #grids = new Map<string, KnownAuthors>();
  readonly #stop = new AbortController();

  constructor(log: Log, onChange: () => void) {
    this.#log = log;
    this.#onChange = onChange;
  }

  grid(id: string): GridAuthors {
    return this.#grid(id);
  }

  learn(gridId: string, { file, oid }: { readonly file: string; readonly oid: string }, author: AuthorView): void {
    const authors = this.#grid(gridId);
    authors.known.set(keyOf(file, oid), { name: author.name, atMs: author.atMs });
    authors.version++;
    this.#onChange();
  }

  /** Asks for what is new in a queue; one question a grid at a time. */
  ask({ id, repo }: GridEntry, view: GridView): void {
    const authors = this.#grid(id);
    const files = [...view.tree.list(DIRECTORIES.queue)].map(([file, { oid }]) => ({ file, key: keyOf(file, oid) }));
    const keys = new Set(files.map(({ key }) => key));
    for (const key of authors.known.keys()) if (!keys.has(key)) authors.known.delete(key);
    const unknown = files.filter(({ key }) => !authors.known.has(key));
    if (unknown.length === 0 || authors.asking) return;
    authors.asking = true;
    const paths = unknown.map(({ file }) => pathOf(file));
    repo
      .authors(paths, { signal: this.#stop.signal, deepen: false })
      .then((found) => {
        // What could not be asked now is asked again with the next change.
        if (!found.ok) return this.#log.debug({ fault: found.fault.code }, "who queued the tasks is not known");
        for (const { file, key } of unknown) {
          const author = found.value.get(pathOf(file));
          authors.known.set(key, author === undefined ? null : { name: author.name, atMs: author.atMs });
        }
        authors.version++;
        this.#onChange();
      })
      .catch((error: unknown) => this.#log.error({ error: String(error) }, "a bug in asking who queued the tasks"))
      .finally(() => {
        authors.asking = false;
      });
  }

  close(): void {
    this.#stop.abort();
  }

  #grid(id: string): KnownAuthors {
    let authors = this.#grids.get(id);
    if (authors === undefined) this.#grids.set(id, (authors = new KnownAuthors()));
    return authors;
  }
}

function keyOf(file: string, oid: string): string {
  return `${oid} ${file}`;
}

function pathOf(file: string): string {
  return `${DIRECTORIES.queue}/${file}`;
}
