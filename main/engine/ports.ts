/**
 * What the engine needs of the world. Each port has one adapter in main/adapters; a fake of a
 * port stands in unit tests. Nothing here names a library.
 *
 * Invariant: a port reports what can be expected to go wrong as a Fault; it throws only for bugs.
 */
import type { Fault, Outcome } from "../../shared/contract/fault.ts";
import type { ContainerOutcome } from "./core/container-outcome.ts";
import type { Readings } from "./core/readings.ts";
import type { Change, RepoTree } from "./core/tree.ts";
import type { HistoryFilter, HistorySort } from "../../shared/contract/methods.ts";
import type {
  AuthorView,
  ConfinementView,
  DayTotals,
  HistoryRow,
  RuntimeView,
  Totals,
  Use,
} from "../../shared/contract/views.ts";
import type { Share } from "../../shared/domain/limits.ts";
import type { Run } from "../../shared/domain/run.ts";

export type { CapturedStream, ContainerOutcome } from "./core/container-outcome.ts";
export type { Readings } from "./core/readings.ts";
export type { Change, FileMode, FileOp, RepoTree, TreeFile } from "./core/tree.ts";

// ---- the grid's repository -------------------------------------------------------------

/** Paths whose blobs deciding needs. Asked again while it names ones that are not there yet. */
export type Needs = (tree: RepoTree) => Iterable<string>;

export type TransactOutcome =
  | { readonly kind: "nothing"; readonly tree: RepoTree }
  | { readonly kind: "pushed"; readonly tree: RepoTree; readonly before: RepoTree }
  /** Every attempt lost against another node. */
  | { readonly kind: "contended"; readonly tree: RepoTree }
  /** The push may or may not have been applied; the next snapshot tells. */
  | { readonly kind: "unknown"; readonly fault: Fault }
  /** The server refused the commit for what is in it. */
  | { readonly kind: "refused"; readonly fault: Fault }
  | { readonly kind: "failed"; readonly fault: Fault };

export interface TransactOptions {
  readonly signal: AbortSignal;
  /** Writes down what is about to be pushed; a fault here stops the push. */
  readonly beforePush?: () => Outcome<void>;
}

/** One shard of a grid: a branch of a repository (protocol, "Growing past one branch"). */
export interface TaskRepo {
  /** Names the shard in history and logs: address and branch, no secret. */
  readonly name: string;
  sync(needs: Needs, signal: AbortSignal): Promise<Outcome<RepoTree>>;
  /** Fetch, decide, commit, push; decided again on every new snapshot. */
  transact(
    needs: Needs,
    decide: (tree: RepoTree) => Change | undefined,
    options: TransactOptions,
  ): Promise<TransactOutcome>;
  /**
   * Who gave each of these files of the last snapshot its present content, as far as the local
   * history reaches; of a task that was given back, the node that did. `deepen` lets it fetch older commits once, without blobs; what is
   * still not found is absent from the map. Never fetches otherwise.
   */
  authors(
    paths: readonly string[],
    options: { readonly signal: AbortSignal; readonly deepen: boolean },
  ): Promise<Outcome<ReadonlyMap<string, AuthorView>>>;
  /** Asks the server whether it would take a push from us, without pushing. */
  canPush(signal: AbortSignal): Promise<Outcome<void>>;
  /** The donor accepts a rewritten history. */
  acceptRewrite(): void;
  /** Ends the running command and waits for it. */
  close(): Promise<void>;
}

// ---- containers ------------------------------------------------------------------------

export interface ContainerSpec {
  readonly grid: string;
  readonly taskId: string;
  readonly claimId: string;
  readonly nodeId: string;
  readonly instanceId: string;
  readonly image: string;
  readonly script: string;
  readonly timeoutMs: number;
  readonly share: Share;
}

export interface OutputLine {
  readonly stream: "stdout" | "stderr";
  readonly chunk: Uint8Array;
}

export interface RunningContainer {
  readonly claimId: string;
  readonly imageId: string;
  /** What the engine was asked for when this container was made; undefined for one taken over. */
  readonly confinement: ConfinementView | undefined;
  /** Time running so far, frozen time left out, ms. */
  ranMs(): number;
  /** Cores and memory in use now; cores as an average since the last call of the same reader. */
  usage(signal: AbortSignal, reader?: string): Promise<Outcome<Use>>;
  /** Settles once, after the container was removed. Never rejects. */
  readonly finished: Promise<ContainerOutcome>;
  /** SIGTERM, 2 s, SIGKILL, removal; `finished` says cancelled. */
  cancel(): void;
  freeze(): Promise<Outcome<void>>;
  thaw(): Promise<Outcome<void>>;
  /** New limits for the running container; fails where it uses more than it would be allowed. */
  update(share: Share): Promise<Outcome<void>>;
}

export interface Leftover {
  readonly id: string;
  readonly claimId: string;
  readonly grid: string;
  readonly taskId: string;
}

export type RuntimeInfo = Readonly<RuntimeView>;

export interface ContainerRuntime {
  /** Finds the engine and asks what it is. Starts no container, so its limits are not proven by it. */
  look(signal: AbortSignal): Promise<Outcome<RuntimeInfo>>;
  /** What the engine would be asked for, were this task started now: the same code makes the real request. */
  confinement(spec: ContainerSpec, signal: AbortSignal): Promise<Outcome<ConfinementView>>;
  /** Finds the engine and, once for each engine start, proves that its limits hold (sandbox, "Trust, but verify"). */
  check(signal: AbortSignal): Promise<Outcome<RuntimeInfo>>;
  /** The image's id; pulls it where `pull` allows it. */
  ensureImage(image: string, pull: boolean, signal: AbortSignal): Promise<Outcome<string>>;
  start(spec: ContainerSpec, onOutput: (line: OutputLine) => void): Promise<Outcome<RunningContainer>>;
  /** Containers of this instance that an earlier process left. */
  leftovers(instanceId: string): Promise<Outcome<readonly Leftover[]>>;
  /**
   * Takes over a leftover: waits for its end within what remains of its time, or reads how it
   * ended. undefined where there is nothing to take over, or where how it ended cannot be told.
   */
  adopt(
    leftover: Leftover,
    spec: ContainerSpec,
    onOutput?: (line: OutputLine) => void,
  ): Promise<Outcome<RunningContainer | undefined>>;
  remove(leftover: Leftover): Promise<Outcome<void>>;
  close(): Promise<void>;
}

// ---- this machine ----------------------------------------------------------------------

export interface Clock {
  /** Wall clock, ms since the epoch. Only written down and shown, never trusted. */
  now(): number;
  /** Monotonic, ms since some fixed moment of this process. */
  monotonic(): number;
  /** Resolves after `ms`, or at once when the signal aborts. Never rejects. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
}

export interface Random {
  /** In [0, 1). */
  next(): number;
  /** A random UUID. */
  id(): string;
}

export interface Sensors {
  read(): Promise<Readings>;
}

export interface Machine {
  readonly name: string;
  readonly cpuCount: number;
  readonly memoryBytes: number;
  readonly diskBytes: number;
}

/** What the machine does now, everything on it together. */
export interface MachineMeter {
  /** Cores in use on average since the last call, and memory in use. */
  use(): Use;
  /** Of the disk that holds the data directory; undefined where the system does not tell. */
  freeDiskBytes(): number | undefined;
}

// ---- what is kept ----------------------------------------------------------------------

/** Every run of this machine. A write that fails (disk full) is a fault and changes nothing. */
export interface HistoryStore {
  /** Inserts or replaces, all or none. */
  save(runs: readonly Run[]): Outcome<void>;
  get(claimId: string): Run | undefined;
  /** Runs of a grid that are not over: claiming, claimed, running, finished. */
  open(grid: string): readonly Run[];
  /** How many tasks were started at or after this time, ms since the epoch. */
  startedSince(epochMs: number): number;
  recent(limit: number): readonly Run[];
  /** Rows that match, in order, and how many there are. Claims that were lost to others are never rows. */
  page(
    filter: HistoryFilter,
    sort: HistorySort,
    range: { readonly offset: number; readonly limit: number },
  ): { readonly total: number; readonly rows: readonly HistoryRow[] };
  /** One run as a row; undefined where there is none. */
  row(claimId: string): HistoryRow | undefined;
  /** Every grid that has rows. */
  grids(): readonly string[];
  /** Finished runs that began at or after this time, ms since the epoch; 0 for all. */
  totals(sinceMs: number): Totals;
  /** Days of local time that had finished runs, the oldest first. */
  days(sinceMs: number): readonly DayTotals[];
  /** Task ids of a grid whose run the donor stopped here. */
  declined(grid: string): readonly string[];
  /** Deletes at most so many rows that match and are over; says how many. */
  delete(filter: HistoryFilter, limit: number): Outcome<number>;
  close(): void;
}

/** Small values that survive a restart: ids and the donor's mode. */
export interface SettingsStore<T> {
  read(): T;
  write(value: T): Outcome<void>;
}

export interface Secrets {
  /** The token for a repository address, or undefined. */
  token(url: string): string | undefined;
  /** Keeps a token for an address; undefined forgets it. */
  keep(url: string, token: string | undefined): Outcome<void>;
  /** Whether what is kept outlives this process. */
  readonly lasting: boolean;
}

type LogFields = Readonly<Record<string, unknown>>;

export interface Log {
  debug(fields: LogFields, message: string): void;
  info(fields: LogFields, message: string): void;
  warn(fields: LogFields, message: string): void;
  error(fields: LogFields, message: string): void;
}
