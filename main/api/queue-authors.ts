import type { AuthorView } from "../../shared/contract/views.ts";
import { DIRECTORIES } from "../engine/core/layout.ts";
import type { GridEntry } from "../engine/engine.ts";
import type { Log } from "../engine/ports.ts";
import type { Author } from "./queue-rows.ts";

/**
 * Who committed what is queued, asked of the local history once a file. Nothing is fetched for it:
 * what is older than the local history stays unknown until somebody opens that task.
 */
export class QueueAuthors {
  readonly #log: Log;
  readonly #onChange: () => void;
  /** By grid and file; null was asked for and is not known. */
  readonly #known = new Map<string, Map<string, Author | null>>();
  readonly #asking = new Set<string>();
  readonly #stop = new AbortController();

  constructor(log: Log, onChange: () => void) {
    this.#log = log;
    this.#onChange = onChange;
  }

  of(gridId: string, file: string): Author | undefined {
    return this.#known.get(gridId)?.get(file) ?? undefined;
  }

  learn(gridId: string, file: string, author: AuthorView): void {
    this.#grid(gridId).set(file, { name: author.name, atMs: author.atMs });
    this.#onChange();
  }

  /** Asks for what is new in a queue; one question a grid at a time. */
  ask({ id, repo }: GridEntry, files: ReadonlySet<string>): void {
    const known = this.#grid(id);
    for (const file of known.keys()) if (!files.has(file)) known.delete(file);
    const unknown = [...files].filter((file) => !known.has(file));
    if (unknown.length === 0 || this.#asking.has(id)) return;
    this.#asking.add(id);
    const paths = unknown.map((file) => `${DIRECTORIES.queue}/${file}`);
    repo
      .authors(paths, { signal: this.#stop.signal, deepen: false })
      .then((found) => {
        if (!found.ok) this.#log.debug({ fault: found.fault.code }, "who queued the tasks is not known");
        for (const file of unknown) {
          const author = found.ok ? found.value.get(`${DIRECTORIES.queue}/${file}`) : undefined;
          known.set(file, author === undefined ? null : { name: author.name, atMs: author.atMs });
        }
        this.#onChange();
      })
      .catch((error: unknown) => this.#log.error({ error: String(error) }, "a bug in asking who queued the tasks"))
      .finally(() => this.#asking.delete(id));
  }

  close(): void {
    this.#stop.abort();
  }

  #grid(id: string): Map<string, Author | null> {
    let known = this.#known.get(id);
    if (known === undefined) this.#known.set(id, (known = new Map<string, Author | null>()));
    return known;
  }
}
