/** What the interface knows of the engine's words: where each belongs, and which value its sentence is true of. */
import type { Flag } from "../../../shared/contract/views.ts";
import type { en } from "../../i18n/en/en.ts";

export type FlagName = keyof (typeof en)["confinement"]["flag"];
export const GROUPS = ["network", "files", "rights", "resources", "process", "output", "labels", "other"] as const;
export type Group = (typeof GROUPS)[number];

export interface ExplainedFlag {
  readonly flag: Flag;
  readonly group: Group;
  /** The flag whose sentence explains it; undefined where there is none. */
  readonly known: FlagName | undefined;
  /** false: the value is not the one the sentence is about. */
  readonly usual: boolean;
}

interface Known {
  readonly group: Group;
  /** The value the sentence is true of; absent where it is true of every value. */
  readonly usual?: (value: string) => boolean;
}

const empty = (value: string): boolean => ["", "[]", "{}", "null", "none"].includes(value);
const is =
  (...values: readonly string[]) =>
  (value: string): boolean =>
    values.includes(value);
const no = is("false", "");
const yes = is("true");

const KNOWN: Record<FlagName, Known> = {
  NetworkMode: { group: "network", usual: is("none") },
  NetworkDisabled: { group: "network", usual: yes },
  PortBindings: { group: "network", usual: empty },
  PublishAllPorts: { group: "network", usual: no },
  Hostname: { group: "network" },
  ReadonlyRootfs: { group: "files", usual: yes },
  Tmpfs: {
    group: "files",
    usual: (value) => ["noexec", "nosuid", "nodev", "size="].every((word) => value.includes(word)),
  },
  ShmSize: { group: "files" },
  Binds: { group: "files", usual: empty },
  Mounts: { group: "files", usual: empty },
  Volumes: { group: "files", usual: empty },
  Devices: { group: "files", usual: empty },
  User: { group: "rights", usual: (value) => value !== "" && !/^(0|root)(:|$)/.test(value) },
  Privileged: { group: "rights", usual: no },
  CapAdd: { group: "rights", usual: empty },
  CapDrop: { group: "rights", usual: (value) => /^\[?"?ALL"?\]?$/i.test(value) },
  SecurityOpt: {
    group: "rights",
    usual: (value) => value.includes("no-new-privileges") && !value.includes("unconfined"),
  },
  GroupAdd: { group: "rights", usual: empty },
  IpcMode: { group: "rights", usual: is("private", "none") },
  PidMode: { group: "rights", usual: is("", "private") },
  UTSMode: { group: "rights", usual: is("", "private") },
  CgroupnsMode: { group: "rights", usual: is("private") },
  UsernsMode: { group: "rights" },
  Runtime: { group: "rights" },
  Memory: { group: "resources", usual: (value) => Number(value) > 0 },
  MemorySwap: { group: "resources", usual: (value) => Number(value) > 0 },
  CpuPeriod: { group: "resources" },
  CpuQuota: { group: "resources", usual: (value) => Number(value) > 0 },
  NanoCpus: { group: "resources" },
  PidsLimit: { group: "resources", usual: (value) => Number(value) > 0 },
  OomKillDisable: { group: "resources", usual: no },
  Ulimits: { group: "resources" },
  Image: { group: "process" },
  Entrypoint: { group: "process", usual: (value) => value.includes("sh") },
  Cmd: { group: "process" },
  WorkingDir: { group: "process" },
  Env: { group: "process" },
  Init: { group: "process", usual: yes },
  Healthcheck: { group: "process", usual: (value) => value.includes("NONE") },
  AttachStdin: { group: "output", usual: no },
  OpenStdin: { group: "output", usual: no },
  Tty: { group: "output", usual: no },
  AttachStdout: { group: "output", usual: yes },
  AttachStderr: { group: "output", usual: yes },
  StopSignal: { group: "output" },
  StopTimeout: { group: "output" },
  LogConfig: { group: "output" },
  RestartPolicy: { group: "output", usual: (value) => value === "no" || value === "" || value.includes('"no"') },
  AutoRemove: { group: "output", usual: no },
  Labels: { group: "labels" },
};

/** A flag with its place and, where there is one, its sentence. */
export function explained(flag: Flag): ExplainedFlag {
  const known = knownName(flag.name);
  if (known === undefined) {
    const label = flag.name.startsWith("Labels") || flag.name.startsWith("dgrid.");
    const cover = flag.name.startsWith(TMPFS);
    return { flag, group: label ? "labels" : cover ? "files" : "other", known: undefined, usual: true };
  }
  const { group, usual } = KNOWN[known];
  return { flag, group, known, usual: usual?.(plain(flag.value)) ?? true };
}

const TMPFS = "HostConfig.Tmpfs.";

/** Flags that are parts of one and the same, together: a sentence is said once. */
export function together(flags: readonly ExplainedFlag[]): readonly (readonly ExplainedFlag[])[] {
  const rows: ExplainedFlag[][] = [];
  for (const flag of flags) {
    const last = rows.at(-1);
    const same = last?.[0]?.known !== undefined && last[0].known === flag.known && last[0].usual === flag.usual;
    if (same) last.push(flag);
    else rows.push([flag]);
  }
  return rows;
}

/** The part of a dotted path that is known: "HostConfig.LogConfig.Type" is LogConfig. */
function knownName(name: string): FlagName | undefined {
  // The sentence is about /tmp: what else is mounted so has none.
  if (name.startsWith(TMPFS) && name !== `${TMPFS}/tmp`) return undefined;
  const parts = name.replace(/^HostConfig\./, "").split(/[.[]/);
  const first = parts[0] ?? "";
  return Object.hasOwn(KNOWN, first) ? (first as FlagName) : undefined;
}

/** A JSON string without its quotes; anything else as it is. */
function plain(value: string): string {
  const text = value.trim();
  return text.length > 1 && text.startsWith('"') && text.endsWith('"') ? text.slice(1, -1) : text;
}

export function valueOf(flags: readonly Flag[], name: FlagName): string | undefined {
  const found = flags.find((flag) => knownName(flag.name) === name);
  return found === undefined ? undefined : plain(found.value);
}

/** Whether the engine is told this flag with the value that its sentence promises. */
export function holds(flags: readonly Flag[], name: FlagName): boolean {
  const found = flags.filter((flag) => knownName(flag.name) === name);
  return found.length > 0 && found.every((flag) => explained(flag).usual);
}
