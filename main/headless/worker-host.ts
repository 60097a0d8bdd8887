/** Puts an engine together for a headless worker: its data directory, its grid, its adapters. */
import { createHash } from "node:crypto";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { failure, success, type Outcome } from "../../shared/contract/fault.ts";
import { Policy } from "../../shared/settings/policy.ts";
import { createDockerRuntime } from "../adapters/docker/docker-runtime.ts";
import { diskFault } from "../adapters/git/clone.ts";
import { gitTaskRepo } from "../adapters/git/task-repo.ts";
import { lockDataDirectory } from "../adapters/history/data-directory-lock.ts";
import { openHistory } from "../adapters/history/sqlite-history.ts";
import { environmentSecrets } from "../adapters/secrets/environment-secrets.ts";
import { systemClock, systemRandom } from "../adapters/sensors/clock.ts";
import { thisMachine } from "../adapters/sensors/machine.ts";
import { noSensors } from "../adapters/sensors/no-sensors.ts";
import { openDonorStore } from "../adapters/settings/donor-store.ts";
import { retryAfterMs } from "../engine/core/backoff.ts";
import { Engine } from "../engine/engine.ts";
import type { Clock, ContainerRuntime, HistoryStore, Log, TaskRepo } from "../engine/ports.ts";
import type { Configuration } from "./configuration.ts";
import { VERSION } from "./version.ts";

export interface WorkerHost {
  readonly engine: Engine;
  readonly nodeId: string;
  readonly history: HistoryStore;
  /** Releases the data directory; after the engine has stopped. */
  readonly close: () => void;
}

/** What a measurement or a test puts in place of the real thing. */
export interface WorkerOverrides {
  readonly runtime?: ContainerRuntime;
  readonly claimAhead?: boolean;
  readonly clock?: Clock;
}

/** Opens everything a worker needs. Nothing runs and nothing is fetched yet. */
export function openWorker(
  configuration: Configuration,
  log: Log,
  overrides: WorkerOverrides = {},
): Outcome<WorkerHost> {
  const { dataDir, address, token } = configuration;
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  } catch (error) {
    return diskFault(error);
  }
  const lock = lockDataDirectory(dataDir);
  if (!lock.ok) return lock;
  try {
    const machine = thisMachine(dataDir);
    const donor = openDonorStore(dataDir, { name: machine.name, random: systemRandom, log });
    if (configuration.nodeId !== undefined) donor.write({ ...donor.read(), nodeId: configuration.nodeId });
    donate(donor);
    const { nodeId } = donor.read();
    const history = openHistory(join(dataDir, "history.db"), log);
    const repo = openTaskRepo(
      configuration,
      nodeId,
      environmentSecrets(token, address.url).token(address.url),
      log,
      overrides.clock,
    );
    const engine = new Engine({
      grids: [{ weight: 1, repo }],
      runtime:
        overrides.runtime ??
        createDockerRuntime({
          ...(configuration.dockerHost === undefined ? {} : { dockerHost: configuration.dockerHost }),
          env: process.env,
          log,
          probeImage: configuration.image,
        }),
      clock: overrides.clock ?? systemClock,
      random: systemRandom,
      log,
      history,
      donor,
      sensors: noSensors,
      machine,
      version: VERSION,
      limits: configuration.limits,
      policy: Policy.parse(
        configuration.tasksPerHour === undefined ? {} : { tasksPerHour: configuration.tasksPerHour },
      ),
      defaultImage: configuration.image,
      images: configuration.images,
      pullImages: true,
      pullIntervalMs: configuration.pullIntervalMs,
      heartbeatMs: configuration.heartbeatMs,
      leaseSeconds: configuration.leaseSeconds,
      claimAhead: overrides.claimAhead ?? true,
    });
    const close = (): void => {
      history.close();
      lock.value();
    };
    return success({ engine, nodeId, history, close });
  } catch (error) {
    lock.value();
    const text = String(error);
    if (/ENOSPC|EDQUOT|disk is full/.test(text)) return failure("disk_full", dataDir);
    if (/EACCES|EROFS|EPERM|readonly|unable to open/.test(text)) return failure("data_directory_unwritable", dataDir);
    throw error;
  }
}

/** One shard's repository with its clone below the data directory. */
export function openTaskRepo(
  configuration: Pick<Configuration, "address" | "dataDir">,
  nodeId: string,
  token: string | undefined,
  log: Log,
  clock: Clock = systemClock,
): TaskRepo {
  const { address, dataDir } = configuration;
  const folder = createHash("sha256").update(address.url).digest("hex").slice(0, 16);
  return gitTaskRepo({
    address,
    directory: join(dataDir, "grids", folder),
    author: { name: nodeId, email: `${nodeId}@nodes.dgrid.invalid` },
    ...(token === undefined ? {} : { token }),
    env: process.env,
    clock,
    retryAfterMs: (attempt) => retryAfterMs(attempt, systemRandom.next()),
    log,
  });
}

/** A worker given a grid donates; only a timed pause that still runs is kept. */
function donate(donor: ReturnType<typeof openDonorStore>): void {
  const state = donor.read();
  if (state.mode.kind === "donate" || state.mode.kind === "always") return;
  if (state.mode.kind === "paused" && state.mode.untilMs !== undefined) return;
  donor.write({ ...state, mode: { kind: "donate" } });
}
