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

export interface RuntimeInfo {
  readonly engine: string;
  readonly version: string;
  readonly address: string;
  readonly cgroupVersion: 1 | 2;
  readonly cpus: number;
  readonly memoryBytes: number;
}

export interface ContainerRuntime {
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
  adopt(leftover: Leftover, spec: ContainerSpec): Promise<Outcome<RunningContainer | undefined>>;
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
}

type LogFields = Readonly<Record<string, unknown>>;

export interface Log {
  debug(fields: LogFields, message: string): void;
  info(fields: LogFields, message: string): void;
  warn(fields: LogFields, message: string): void;
  error(fields: LogFields, message: string): void;
}
