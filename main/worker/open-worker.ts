/** Puts a worker together for either host: its data directory, its adapters, the engine, the interface's API. */
import { createHash } from "node:crypto";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { failure, fault, success, type Fault, type FaultCode, type Outcome } from "../../shared/contract/fault.ts";
import type { GridAddress } from "../../shared/domain/grid-address.ts";
import type { DonorState } from "../../shared/settings/donor.ts";
import { effectiveRules } from "../../shared/settings/effective.ts";
import type { Settings } from "../../shared/settings/settings.ts";
import { createDockerRuntime, type DockerRuntimeOptions } from "../adapters/docker/docker-runtime.ts";
import { diskFault } from "../adapters/git/clone.ts";
import { checkGit } from "../adapters/git/git-version.ts";
import { gitTaskRepo } from "../adapters/git/task-repo.ts";
import { lockDataDirectory } from "../adapters/history/data-directory-lock.ts";
import { openHistory } from "../adapters/history/sqlite-history.ts";
import { memorySecrets } from "../adapters/secrets/memory-secrets.ts";
import { systemClock, systemRandom } from "../adapters/sensors/clock.ts";
import { thisMachine } from "../adapters/sensors/machine.ts";
import { machineMeter } from "../adapters/sensors/machine-meter.ts";
import { noSensors } from "../adapters/sensors/no-sensors.ts";
import { openDonorStore } from "../adapters/settings/donor-store.ts";
import { openSettingsStore, type OpenFile } from "../adapters/settings/settings-store.ts";
import { createApi, type Api } from "../api/api.ts";
import { judged } from "../api/donor-grids.ts";
import { canonicalGrids } from "../api/donor-settings.ts";
import type { ApiHost, DesktopHost } from "../api/host.ts";
import { rememberingLog } from "../api/program-log.ts";
import { RunLogs } from "../api/run-logs.ts";
import { watchedHistory } from "../api/watched-history.ts";
import { retryAfterMs } from "../engine/core/backoff.ts";
import { Engine } from "../engine/engine.ts";
import type {
  Clock,
  ContainerRuntime,
  HistoryStore,
  Log,
  Machine,
  Secrets,
  Sensors,
  SettingsStore,
  TaskRepo,
} from "../engine/ports.ts";
import type { Configuration } from "./configuration.ts";
import { makeDemoGrid } from "./demo-grid.ts";
import { redact } from "./log.ts";
import { withTemporaryFolder } from "./temporary.ts";
import { VERSION } from "./version.ts";

export interface WorkerHost {
  readonly engine: Engine;
  readonly api: Api;
  readonly nodeId: string;
  readonly history: HistoryStore;
  readonly settings: SettingsStore<Settings>;
  /** Releases the data directory; after the engine has stopped. */
  readonly close: () => void;
}

/** What a measurement or a test puts in place of the real thing. */
export interface WorkerOverrides {
  readonly runtime?: ContainerRuntime;
  readonly claimAhead?: boolean;
  readonly clock?: Clock;
  /** Whether the donor can change the mode while it runs; without, a worker given a grid donates. */
  readonly interactive?: boolean;
  /** Told of a token that the donor typed, so that it is taken out of the host's own log. */
  readonly onSecret?: (secret: string) => void;
  /** What the desktop application has in place of what works everywhere. */
  readonly desktop?: DesktopParts;
}

export interface DesktopParts {
  readonly host: DesktopHost;
  readonly openFile: OpenFile;
  /** The keychain's secrets; `onKept` hears of each token the donor types, `onDamaged` of a file that was put aside. */
  readonly secrets: (
    given: Readonly<Record<string, string>>,
    on: { readonly onKept: (token: string) => void; readonly onDamaged: (kept: string) => void },
  ) => Secrets;
  readonly sensors: (worker: {
    /** There once the worker is open. */
    readonly engine: () => Engine;
    readonly machine: Machine;
    readonly policy: () => Settings["policy"];
  }) => Sensors;
  readonly deadman: NonNullable<DockerRuntimeOptions["deadman"]>;
  /** What Git inherits when it talks to an address: where Git is, and through which proxy. */
  readonly gitEnvironment: (url: string) => NodeJS.ProcessEnv;
}

/** Opens everything a worker needs. Nothing runs and nothing is fetched yet. */
export function openWorker(
  configuration: Configuration,
  outerLog: Log,
  overrides: WorkerOverrides = {},
): Outcome<WorkerHost> {
  const { dataDir } = configuration;
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  } catch (error) {
    return diskFault(error);
  }
  const lock = lockDataDirectory(dataDir);
  if (!lock.ok) return lock;
  try {
    return success(assemble(configuration, outerLog, { overrides, release: lock.value }));
  } catch (error) {
    lock.value();
    const text = String(error);
    if (/ENOSPC|EDQUOT|disk is full/.test(text)) return failure("disk_full", dataDir);
    if (/EACCES|EROFS|EPERM|readonly|unable to open/.test(text)) return failure("data_directory_unwritable", dataDir);
    throw error;
  }
}

function assemble(
  configuration: Configuration,
  outerLog: Log,
  { overrides, release }: { readonly overrides: WorkerOverrides; readonly release: () => void },
): WorkerHost {
  const { dataDir, address, token, given } = configuration;
  const hidden = token === undefined ? [] : [token];
  const recovered: Fault[] = [];
  const damaged = (code: FaultCode) => (kept: string) => {
    if (recovered.every((one) => one.code !== code || one.detail !== kept)) recovered.push(fault(code, kept));
  };
  const { desktop } = overrides;
  const files = desktop === undefined ? {} : { openFile: desktop.openFile };
  const { log, after } = rememberingLog(outerLog, (text) => redact(text, hidden));
  const clock = overrides.clock ?? systemClock;
  const machine = thisMachine(dataDir);
  const donor = openDonorStore(dataDir, {
    name: machine.name,
    random: systemRandom,
    log,
    onDamaged: damaged("identity_damaged"),
    ...files,
  });
  if (configuration.nodeId !== undefined) donor.write({ ...donor.read(), nodeId: configuration.nodeId });
  const settings = openSettingsStore(dataDir, { log, onDamaged: damaged("settings_damaged"), ...files });
  if (address !== undefined) {
    donate(donor, overrides.interactive ?? false);
    // Whoever named a grid has chosen: there is no first run to go through.
    if (!settings.read().setUp) settings.write({ ...settings.read(), setUp: true });
  }
  const grids = canonicalGrids(settings.read().grids, gridId);
  if (JSON.stringify(grids) !== JSON.stringify(settings.read().grids)) settings.write({ ...settings.read(), grids });
  const { nodeId } = donor.read();
  const history = watchedHistory(openHistory(join(dataDir, "history.db"), log, damaged("history_damaged")));
  // What the donor types is taken out of both logs from then on.
  const onKept = (typed: string): void => {
    hidden.push(typed);
    overrides.onSecret?.(typed);
  };
  const givenTokens = address !== undefined && token !== undefined ? { [address.url]: token } : {};
  const secrets =
    desktop?.secrets(givenTokens, { onKept, onDamaged: damaged("secrets_damaged") }) ??
    memorySecrets(givenTokens, onKept);
  const gitEnvironment = desktop?.gitEnvironment ?? ((): NodeJS.ProcessEnv => process.env);
  const rules = effectiveRules(settings.read(), given, machine);
  const runtime =
    overrides.runtime ??
    createDockerRuntime({
      ...(configuration.dockerHost === undefined ? {} : { dockerHost: configuration.dockerHost }),
      ...(desktop === undefined ? {} : { deadman: desktop.deadman }),
      env: process.env,
      log,
      probeImage: () => engine.rules.images.default,
    });
  const runLogs = new RunLogs();
  const engine: Engine = new Engine({
    grids: [],
    runtime,
    clock,
    random: systemRandom,
    log,
    history,
    donor,
    sensors: desktop?.sensors({ engine: () => engine, machine, policy: () => settings.read().policy }) ?? noSensors,
    machine,
    version: VERSION,
    rules,
    pullIntervalMs: configuration.pullIntervalMs,
    heartbeatMs: configuration.heartbeatMs,
    leaseSeconds: configuration.leaseSeconds,
    claimAhead: overrides.claimAhead ?? true,
    onOutput: (held, line) => runLogs.append(held.claimId, line),
  });
  const host: ApiHost = {
    engine,
    runtime,
    history,
    settings,
    secrets,
    meter: machineMeter(dataDir),
    clock,
    log,
    machine: {
      ...machine,
      nodeId,
      version: VERSION,
      platform: process.platform,
      host: desktop === undefined ? "headless" : "electron",
      dataDir,
    },
    runLogs,
    environmentGrid:
      address === undefined ? undefined : { id: gridId(address.url), url: address.url, enabled: true, weight: 1 },
    given,
    overrides: configuration.overrides,
    programLog: after,
    openRepo: (url) => {
      const known = judged(url);
      return known.ok
        ? success(
            openTaskRepo({
              address: known.value,
              dataDir,
              nodeId,
              secrets,
              log,
              clock,
              env: () => gitEnvironment(url),
              onDamaged: damaged("clone_damaged"),
            }),
          )
        : known;
    },
    withScratchRepo: (scratch, scratchToken, work) =>
      withScratchRepo(
        { address: scratch, token: scratchToken, nodeId, log, env: () => gitEnvironment(scratch.url) },
        work,
      ),
    checkGit: (signal) => checkGit(gitEnvironment(""), signal),
    makeDemoGrid: (signal) => makeDemoGrid(join(dataDir, "demo-grid.git"), log, signal),
    gridId,
    recovered: () => recovered,
    desktop: desktop?.host,
  };
  const api = createApi(host, (listener) => history.subscribe(listener));
  api.open();
  const close = (): void => {
    api.close();
    history.close();
    release();
  };
  return { engine, api, nodeId, history, settings, close };
}

/**
 * Names a grid by its address; also the name of its clone's folder. Spellings that lead to one
 * repository are one grid: it must not be worked on twice.
 */
export function gridId(url: string): string {
  const local = url.replace(/^file:\/\//, "").replace(/^\/(?=[A-Za-z]:[\\/])/, "");
  // Of a Windows drive both slashes are usual.
  const path = /^[A-Za-z]:[\\/]/.test(local) ? local.replaceAll("\\", "/") : local;
  const host = /^[a-z]+:\/\//i.test(path) && URL.canParse(path) ? new URL(path).href : path;
  const plain = host.replace(/\/+$/, "").replace(/\.git$/, "");
  return createHash("sha256").update(plain).digest("hex").slice(0, 16);
}

interface RepoOptions {
  readonly address: GridAddress;
  readonly dataDir: string;
  readonly nodeId: string;
  readonly secrets: Pick<Secrets, "token">;
  readonly log: Log;
  readonly clock?: Clock;
  readonly env?: () => NodeJS.ProcessEnv;
  readonly onDamaged?: (kept: string) => void;
}

/** One shard's repository with its clone below the data directory. */
export function openTaskRepo({
  address,
  dataDir,
  nodeId,
  secrets,
  log,
  clock = systemClock,
  env = () => process.env,
  onDamaged,
}: RepoOptions): TaskRepo {
  return gitTaskRepo({
    address,
    directory: join(dataDir, "grids", gridId(address.url)),
    author: { name: nodeId, email: `${nodeId}@nodes.dgrid.invalid` },
    token: () => secrets.token(address.url),
    env,
    ...(onDamaged === undefined ? {} : { onDamaged }),
    clock,
    retryAfterMs: (attempt) => retryAfterMs(attempt, systemRandom.next()),
    log,
  });
}

/** Gives `work` a repository whose clone is gone afterwards. */
export function withScratchRepo<T>(
  {
    token,
    ...options
  }: Omit<RepoOptions, "dataDir" | "secrets" | "onDamaged"> & { readonly token: string | undefined },
  work: (repo: TaskRepo) => Promise<T>,
): Promise<T> {
  return withTemporaryFolder(async (dataDir) => {
    const repo = openTaskRepo({ ...options, dataDir, secrets: { token: () => token } });
    try {
      return await work(repo);
    } finally {
      await repo.close();
    }
  });
}

/**
 * A worker given a grid donates. Only a pause is kept: one that ends by itself, and one that the
 * donor can end, because there is an interface.
 */
function donate(donor: SettingsStore<DonorState>, interactive: boolean): void {
  const state = donor.read();
  if (state.mode.kind === "donate" || state.mode.kind === "always") return;
  if (state.mode.kind === "paused" && (interactive || state.mode.untilMs !== undefined)) return;
  donor.write({ ...state, mode: { kind: "donate" } });
}
