/**
 * A task's container as the engine is asked for it (sandbox, the table of controls).
 *
 * Invariant: this is the only place where the options of a container are made, for tasks and for
 * the probe alike, and of a task nothing enters but script, image, share and ids.
 */
import type Docker from "dockerode";
import { SHM_BYTES, type Share } from "../../../shared/domain/limits.ts";
import type { ContainerSpec } from "../../engine/ports.ts";
import type { EngineTraits } from "./engine.ts";

/** The user and group of every task. */
export const TASK_UID = 1000;
/** Processes may open this many files. */
const OPEN_FILES = 1024;
/** One inode of a tmpfs takes about 1 KiB of kernel memory; a page each is what files need at least. */
const BYTES_PER_INODE = 4096;
const CPU_PERIOD_US = 100_000;
/** The kernel takes no smaller quota. */
const CPU_QUOTA_LEAST_US = 1_000;

/** What the engine's declared types leave out. */
type HostConfig = Docker.HostConfig & { CgroupnsMode?: "private" };

export interface ContainerOptionsInput {
  readonly spec: ContainerSpec;
  readonly traits: EngineTraits;
  /** The image's id, so that what was looked at is what runs. */
  readonly imageId: string;
  /** Paths that the image declares as volumes. */
  readonly imageVolumes: readonly string[];
  /** When the task's time is over, ms since the epoch. */
  readonly deadlineMs: number;
  /** runsc, kata and the like; undefined is the engine's own. */
  readonly runtime?: string;
}

/** Everything that is asked of the engine for one container: each flag that confines it is here. */
export function containerOptions(input: ContainerOptionsInput): Docker.ContainerCreateOptions {
  const { spec, imageId } = input;
  return {
    Image: imageId,
    // Both are set, so that no entry point of the image runs in place of the script.
    Entrypoint: ["sh", "-c"],
    Cmd: [spec.script],
    User: `${TASK_UID}:${TASK_UID}`,
    WorkingDir: "/tmp",
    Env: ["HOME=/tmp", "TMPDIR=/tmp", "LANG=C.UTF-8", "PYTHONDONTWRITEBYTECODE=1", `TASK_ID=${spec.taskId}`],
    Labels: labels(input),
    AttachStdin: false,
    AttachStdout: true,
    AttachStderr: true,
    OpenStdin: false,
    Tty: false,
    StopSignal: "SIGTERM",
    StopTimeout: 2,
    // A health check of the image would be one more process that nobody counted.
    Healthcheck: { Test: ["NONE"] },
    HostConfig: hostConfig(input),
  };
}

/** The limits of a share as the engine takes them, at the start and in an update. */
export function shareLimits({ cpus, memoryBytes, pids }: Share): {
  readonly Memory: number;
  readonly MemorySwap: number;
  readonly CpuPeriod: number;
  readonly CpuQuota: number;
  readonly PidsLimit: number;
} {
  return {
    Memory: memoryBytes,
    // Memory and swap together, so an equal value adds no swap.
    MemorySwap: memoryBytes,
    // A quota rather than NanoCpus, which the engine refuses above its number of cores.
    CpuPeriod: CPU_PERIOD_US,
    CpuQuota: Math.max(CPU_QUOTA_LEAST_US, Math.round(cpus * CPU_PERIOD_US)),
    PidsLimit: pids,
  };
}

function hostConfig({ spec, traits, imageVolumes, runtime }: ContainerOptionsInput): HostConfig {
  return {
    ...shareLimits(spec.share),
    NetworkMode: "none",
    PortBindings: {},
    PublishAllPorts: false,
    ReadonlyRootfs: true,
    Tmpfs: tmpfs(spec.share.tmpBytes, imageVolumes),
    ShmSize: SHM_BYTES,
    Binds: [],
    Devices: [],
    Privileged: false,
    CapAdd: [],
    CapDrop: ["ALL"],
    SecurityOpt: ["no-new-privileges:true"],
    GroupAdd: [],
    IpcMode: "private",
    // Empty is the engine's word for a namespace of the container's own.
    PidMode: "",
    UTSMode: "",
    CgroupnsMode: "private",
    Init: true,
    OomKillDisable: false,
    Ulimits: [
      { Name: "nofile", Soft: OPEN_FILES, Hard: OPEN_FILES },
      { Name: "core", Soft: 0, Hard: 0 },
    ],
    LogConfig: traits.podman
      ? { Type: "k8s-file", Config: { "max-size": "1m" } }
      : { Type: "local", Config: { "max-size": "1m", "max-file": "1", compress: "false" } },
    RestartPolicy: { Name: "no" },
    AutoRemove: false,
    ...(runtime === undefined ? {} : { Runtime: runtime }),
  };
}

/**
 * /tmp, and an empty read-only cover over each volume that the image declares: without it the
 * engine would make a writable directory on the host's disk there, without any bound.
 */
function tmpfs(tmpBytes: number, imageVolumes: readonly string[]): Record<string, string> {
  const inodes = Math.ceil(tmpBytes / BYTES_PER_INODE);
  const covers: readonly (readonly [string, string])[] = imageVolumes
    .filter((path) => path !== "/tmp")
    .map((path) => [path, "ro,nosuid,nodev,noexec,size=4096,nr_inodes=2,mode=0555"]);
  return {
    ...Object.fromEntries<string>(covers),
    "/tmp": `rw,nosuid,nodev,noexec,size=${tmpBytes},nr_inodes=${inodes},uid=${TASK_UID},gid=${TASK_UID},mode=1777`,
  };
}

/** Labels by which leftovers are found and taken over. */
function labels({ spec, deadlineMs }: ContainerOptionsInput): Record<string, string> {
  return {
    "dgrid.grid": spec.grid,
    "dgrid.task": spec.taskId,
    "dgrid.claim": spec.claimId,
    "dgrid.node": spec.nodeId,
    "dgrid.instance": spec.instanceId,
    "dgrid.deadline": String(deadlineMs),
    "dgrid.timeout-ms": String(spec.timeoutMs),
    "dgrid.cpus": String(spec.share.cpus),
    "dgrid.memory-bytes": String(spec.share.memoryBytes),
    "dgrid.pids": String(spec.share.pids),
    "dgrid.tmp-bytes": String(spec.share.tmpBytes),
  };
}
