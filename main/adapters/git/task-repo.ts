/**
 * One shard of a grid as transactions over Git (protocol, "A transition is a transaction").
 *
 * Invariant: the server's reference update decides who was first; nothing here is true until it
 * was pushed, and whatever is local may be lost without losing anything of the grid.
 */
import { existsSync, renameSync, rmSync } from "node:fs";
import { failure, success, type Outcome } from "../../../shared/contract/fault.ts";
import type { GridAddress } from "../../../shared/domain/grid-address.ts";
import type {
  Change,
  Clock,
  Log,
  Needs,
  RepoTree,
  TaskRepo,
  TransactOptions,
  TransactOutcome,
} from "../../engine/ports.ts";
import { AuthorFinder } from "./authors.ts";
import { diskFault, fetchBlobs, fetchBranch, fetchedHead, openClone, type Clone } from "./clone.ts";
import { gitEnvironment } from "./environment.ts";
import type { GitOptions } from "./git-command.ts";
import { push, tryPush } from "./push.ts";
import type { Authors } from "./read-authors.ts";
import { readBlobs } from "./read-blobs.ts";
import { diffTrees, listTree } from "./read-tree.ts";
import { GitTree, type Blobs } from "./repo-tree.ts";
import { writeCommit, type Author } from "./write-commit.ts";

export interface GitTaskRepoOptions {
  readonly address: GridAddress;
  readonly branch?: string;
  /** Where the clone lives; created, thrown away and created again as needed. */
  readonly directory: string;
  readonly author: Author;
  /** Asked at every fetch: a new one takes effect at once. */
  readonly token?: () => string | undefined;
  /** What Git inherits; asked at every fetch, and another object takes effect at once. */
  readonly env: () => Environment;
  /** Told where a damaged clone was put. */
  readonly onDamaged?: (kept: string) => void;
  readonly clock: Clock;
  readonly log: Log;
  /** For one Git command. */
  readonly deadlineMs?: number;
  /** Milliseconds to wait after the n-th lost race; undefined gives up until the next cycle. */
  readonly retryAfterMs: (attempt: number) => number | undefined;
}

type Environment = Readonly<Record<string, string | undefined>>;

const DEADLINE_MS = 60_000;
/** A first fetch may bring much more than the later ones. */
const CLONE_DEADLINE_MS = 10 * 60_000;
/** Snapshots after which the clone's object database is tidied up. */
const TIDY_AFTER = 300;
/** How often reading may find that it needs more blobs. */
const NEED_ROUNDS = 4;

export function gitTaskRepo(options: GitTaskRepoOptions): TaskRepo {
  return new GitTaskRepo(options);
}

class GitTaskRepo implements TaskRepo {
  readonly name: string;
  readonly #options: GitTaskRepoOptions;
  readonly #blobs: Blobs = new Map();
  readonly #authors = new AuthorFinder();
  readonly #closing = new AbortController();
  #clone: Clone | undefined;
  /** The token that the clone's commands carry. */
  #token: string | undefined;
  #env: Environment | undefined;
  #tree: GitTree | undefined;
  #acceptRewrite = false;
  #snapshots = 0;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(options: GitTaskRepoOptions) {
    this.#options = options;
    this.name = options.branch === undefined ? options.address.url : `${options.address.url}#${options.branch}`;
  }

  sync(needs: Needs, signal: AbortSignal): Promise<Outcome<RepoTree>> {
    return this.#inTurn(() => this.#sync(needs, this.#signal(signal)));
  }

  transact(
    needs: Needs,
    decide: (tree: RepoTree) => Change | undefined,
    options: TransactOptions,
  ): Promise<TransactOutcome> {
    return this.#inTurn(() => this.#transact(needs, decide, { ...options, signal: this.#signal(options.signal) }));
  }

  authors(
    paths: readonly string[],
    { signal, deepen }: { readonly signal: AbortSignal; readonly deepen: boolean },
  ): Promise<Outcome<Authors>> {
    return this.#inTurn(async () => {
      // Before the first snapshot there is no file that anybody could have brought.
      if (this.#clone === undefined || this.#tree === undefined) return success(new Map());
      const options = { ...this.#git(this.#signal(signal)), deepen };
      return this.#authors.find(this.#clone, this.#tree, paths, options);
    });
  }

  canPush(signal: AbortSignal): Promise<Outcome<void>> {
    return this.#inTurn(async () => {
      const inside = this.#signal(signal);
      const fetched = await this.#fetch(inside);
      if (!fetched.ok) return fetched;
      const head = fetchedHead(fetched.value);
      if (head === undefined) return failure("clone_broken", "no fetched commit");
      return tryPush(fetched.value.remote, head, fetched.value.branch, this.#git(inside));
    });
  }

  acceptRewrite(): void {
    this.#acceptRewrite = true;
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await this.#turn;
  }

  /** One operation at a time: two commands must not meet in one clone. */
  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#turn.then(work);
    this.#turn = result.then(
      () => undefined,
      () => undefined,
    );
    return result;
  }

  async #transact(
    needs: Needs,
    decide: (tree: RepoTree) => Change | undefined,
    options: TransactOptions,
  ): Promise<TransactOutcome> {
    const { clock, author, retryAfterMs } = this.#options;
    for (let attempt = 1; ; attempt++) {
      const synced = await this.#sync(needs, options.signal);
      if (!synced.ok) return { kind: "failed", fault: synced.fault };
      const before = synced.value;
      const change = decide(before);
      if (change === undefined) return { kind: "nothing", tree: before };
      const written = options.beforePush?.() ?? success(undefined);
      if (!written.ok) return { kind: "failed", fault: written.fault };
      const clone = this.#clone;
      if (clone === undefined) throw new Error("a snapshot without a clone");
      const git = this.#git(options.signal);
      const commit = await writeCommit(clone.local, before.head, change, { author, epochMs: clock.now() }, git);
      if (!commit.ok) {
        this.#forget();
        const aside = commit.fault.code === "clone_broken" ? this.#putAside() : commit;
        return { kind: "failed", fault: aside.ok ? commit.fault : aside.fault };
      }
      const pushed = await push(clone.remote, commit.value, clone.branch, git);
      switch (pushed.kind) {
        case "pushed":
          this.#tree = before.after(commit.value, change.ops);
          return { kind: "pushed", tree: this.#tree, before };
        case "contended": {
          const waitMs = retryAfterMs(attempt);
          if (waitMs === undefined) return { kind: "contended", tree: before };
          this.#options.log.debug({ attempt, waitMs }, "another node pushed first");
          await clock.sleep(waitMs, options.signal);
          break;
        }
        case "refused":
        case "failed":
        case "unknown":
          return pushed;
      }
    }
  }

  /** A snapshot with every blob that `needs` names; a damaged clone is rebuilt once. */
  async #sync(needs: Needs, signal: AbortSignal): Promise<Outcome<GitTree>> {
    const first = await this.#snapshot(needs, signal);
    if (first.ok || first.fault.code !== "clone_broken") return first;
    this.#options.log.warn(
      { fault: first.fault.code, detail: first.fault.detail },
      "the local copy of the grid is built anew",
    );
    this.#forget();
    const aside = this.#putAside();
    return aside.ok ? this.#snapshot(needs, signal) : aside;
  }

  async #snapshot(needs: Needs, signal: AbortSignal): Promise<Outcome<GitTree>> {
    const fetched = await this.#fetch(signal);
    if (!fetched.ok) return fetched;
    const head = fetchedHead(fetched.value);
    if (head === undefined) return failure("clone_broken", "no fetched commit");
    const tree = await this.#treeAt(fetched.value, head, signal);
    if (!tree.ok) return tree;
    const loaded = await this.#load(fetched.value, tree.value, needs, signal);
    if (!loaded.ok) return loaded;
    this.#tree = tree.value;
    return tree;
  }

  async #fetch(signal: AbortSignal): Promise<Outcome<Clone>> {
    const { address, branch, directory } = this.#options;
    const token = this.#options.token?.();
    const env = this.#options.env();
    if (this.#clone === undefined || token !== this.#token || env !== this.#env) {
      const location = { directory, address, environment: gitEnvironment(address, token, env) };
      const opened = await openClone(location, branch, { deadlineMs: CLONE_DEADLINE_MS, signal });
      if (!opened.ok) return opened;
      this.#clone = opened.value;
      this.#token = token;
      this.#env = env;
    }
    const clone = this.#clone;
    if (++this.#snapshots % TIDY_AFTER === 0) await this.#tidy(clone, signal);
    const fetched = await fetchBranch(clone, this.#acceptRewrite, this.#git(signal));
    if (!fetched.ok) return fetched;
    if (fetched.value === "rewritten") return failure("grid_history_rewritten");
    this.#acceptRewrite = false;
    return success(clone);
  }

  async #treeAt(clone: Clone, head: string, signal: AbortSignal): Promise<Outcome<GitTree>> {
    if (this.#tree?.head === head) return success(this.#tree);
    const git = this.#git(signal);
    const before = this.#tree;
    const changes =
      before === undefined
        ? await listTree(clone.local, head, git)
        : await diffTrees(clone.local, before.head, head, git);
    if (!changes.ok) return changes;
    return success((before ?? new GitTree("", new Map(), this.#blobs)).with(head, changes.value));
  }

  async #load(clone: Clone, tree: GitTree, needs: Needs, signal: AbortSignal): Promise<Outcome<void>> {
    const git = this.#git(signal);
    const used = new Set<string>();
    for (let round = 0; round < NEED_ROUNDS; round++) {
      const lacking = new Set<string>();
      for (const path of needs(tree)) {
        const file = tree.file(path);
        if (file === undefined || (file.mode !== "file" && file.mode !== "executable")) continue;
        used.add(file.oid);
        if (!this.#blobs.has(file.oid)) lacking.add(file.oid);
      }
      if (lacking.size === 0) break;
      const absent = await readBlobs(clone.local, [...lacking], this.#blobs, git);
      if (!absent.ok) return absent;
      if (absent.value.length === 0) continue;
      const fetched = await this.#fetchBlobs(clone, absent.value, signal);
      if (!fetched.ok) return fetched;
      const wanted = absent.value.filter((oid) => !this.#blobs.has(oid));
      const still = await readBlobs(clone.local, wanted, this.#blobs, git);
      if (!still.ok) return still;
      if (still.value.length > 0) return failure("clone_broken", `${still.value.length} blobs cannot be had`);
    }
    for (const oid of this.#blobs.keys()) if (!used.has(oid)) this.#blobs.delete(oid);
    return success(undefined);
  }

  /** In one batch; one that is too large goes in halves, so that a single huge file stops nobody. */
  async #fetchBlobs(clone: Clone, oids: readonly string[], signal: AbortSignal): Promise<Outcome<void>> {
    const fetched = await fetchBlobs(clone, oids, { deadlineMs: CLONE_DEADLINE_MS, signal });
    if (fetched.ok || fetched.fault.code !== "grid_too_large") return fetched;
    const [only] = oids;
    if (oids.length === 1 && only !== undefined) {
      this.#blobs.set(only, "too_large");
      return success(undefined);
    }
    const middle = Math.ceil(oids.length / 2);
    const first = await this.#fetchBlobs(clone, oids.slice(0, middle), signal);
    return first.ok ? this.#fetchBlobs(clone, oids.slice(middle), signal) : first;
  }

  async #tidy(clone: Clone, signal: AbortSignal): Promise<void> {
    const result = await clone.tidy(["gc", "--quiet", "--prune=now"], { deadlineMs: CLONE_DEADLINE_MS, signal });
    // Untidy is not broken: what really is broken shows in the next fetch, which rebuilds.
    if (result.exitCode !== 0)
      this.#options.log.warn({ stderr: result.stderr.slice(0, 200) }, "tidying the clone failed");
  }

  #forget(): void {
    this.#tree = undefined;
    this.#clone = undefined;
    this.#blobs.clear();
  }

  /**
   * Keeps what was damaged for whoever wants to know why; one at most, because a clone can be large.
   * What cannot be moved, because a virus scanner reads it say, is removed.
   */
  #putAside(): Outcome<void> {
    const { directory, onDamaged, log } = this.#options;
    const kept = `${directory}.damaged`;
    const remove = (folder: string): void => rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    try {
      remove(kept);
      if (!existsSync(directory)) return success(undefined);
      try {
        renameSync(directory, kept);
        onDamaged?.(kept);
      } catch (error) {
        log.warn({ error: String(error) }, "the damaged copy of the grid cannot be kept, and is removed");
        remove(directory);
      }
      return success(undefined);
    } catch (error) {
      return diskFault(error);
    }
  }

  #git(signal: AbortSignal): GitOptions {
    return { deadlineMs: this.#options.deadlineMs ?? DEADLINE_MS, signal };
  }

  #signal(signal: AbortSignal): AbortSignal {
    return AbortSignal.any([signal, this.#closing.signal]);
  }
}
