import type { Fault, Outcome } from "../../shared/contract/fault.ts";
import type { GridAddress } from "../../shared/domain/grid-address.ts";
import type { DesktopView, LogLine, MachineView, Override } from "../../shared/contract/views.ts";
import type { Given } from "../../shared/settings/effective.ts";
import type { GridSetting, Settings } from "../../shared/settings/settings.ts";
import type { Engine } from "../engine/engine.ts";
import type {
  Clock,
  ContainerRuntime,
  HistoryStore,
  Log,
  MachineMeter,
  Secrets,
  SettingsStore,
  TaskRepo,
} from "../engine/ports.ts";
import type { RunLogs } from "./run-logs.ts";

/** What only the desktop application has. */
export interface DesktopHost {
  view(): DesktopView;
  /** Calls back after the view changed; returns what ends that. */
  subscribe(listener: () => void): () => void;
  checkForUpdate(): Outcome<void>;
  installUpdate(): Outcome<void>;
  /** The donor's choices changed. */
  apply(): void;
}

/** What a host puts behind the interface: the engine, and the ways to what is not the engine's. */
export interface ApiHost {
  readonly engine: Engine;
  readonly runtime: ContainerRuntime;
  readonly history: HistoryStore;
  readonly settings: SettingsStore<Settings>;
  readonly secrets: Secrets;
  readonly meter: MachineMeter;
  readonly clock: Clock;
  readonly log: Log;
  readonly machine: Omit<MachineView, "timeZone">;
  readonly runLogs: RunLogs;
  /** The grid that the environment names; the donor's settings do not hold it. */
  readonly environmentGrid: GridSetting | undefined;
  readonly given: Given;
  readonly overrides: readonly Override[];
  /** The program's own log: lines after a number, secrets taken out. */
  readonly programLog: (after: number) => readonly LogLine[];
  /** The grid's repository with its clone in the data directory. */
  readonly openRepo: (url: string) => Outcome<TaskRepo>;
  /** Gives `work` a repository whose clone is gone afterwards. */
  readonly withScratchRepo: <T>(
    address: GridAddress,
    token: string | undefined,
    work: (repo: TaskRepo) => Promise<T>,
  ) => Promise<T>;
  readonly checkGit: (signal: AbortSignal) => Promise<Outcome<string>>;
  /** A grid with a dozen tasks on this machine, made where there is none yet; its address. */
  readonly makeDemoGrid: (signal: AbortSignal) => Promise<Outcome<string>>;
  readonly gridId: (url: string) => string;
  /** What was damaged at this start, put aside and begun anew. */
  readonly recovered: () => readonly Fault[];
  /** undefined: this is not the desktop application. */
  readonly desktop: DesktopHost | undefined;
}
