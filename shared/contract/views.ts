/**
 * What the interface sees of the engine. Shapes only: the engine owns the truth, these are
 * pictures of it, and every text that came from a grid is still hostile here.
 */
import { z } from "zod";
import { Limits } from "../domain/limits.ts";
import { NodeStatus } from "../domain/node.ts";
import { TaskProblemCode } from "../domain/problem.ts";
import { ResultReason } from "../domain/result.ts";
import { RunState } from "../domain/run.ts";
import { Priority, Resources } from "../domain/task.ts";
import { Mode, Policy } from "../settings/policy.ts";
import { GridId, Images, Settings } from "../settings/settings.ts";
import { Fault } from "./fault.ts";

/** Milliseconds since the epoch, by this machine's clock. */
const EpochMs = z.number();

// ---- the switch and its reason ---------------------------------------------------------

/** What the engine does: see core/policy.ts, which decides it. */
export const State = z.enum(["donating", "holding", "finishing", "suspended", "off"]);
export type State = z.infer<typeof State>;

export const Reason = z.enum([
  "donating",
  "not_switched_on",
  "not_ready",
  "paused_by_donor",
  "finishing",
  "asleep",
  "on_battery",
  "too_hot",
  "memory_pressure",
  "outside_schedule",
  "person_active",
  "exclusive_program",
  "machine_busy",
  "rate_limit",
  "disk_low",
]);
export type Reason = z.infer<typeof Reason>;

export const StatusView = z.object({
  mode: Mode,
  state: State,
  reason: Reason,
  /** For not_ready: what is missing. */
  fault: Fault.nullable(),
});
export type StatusView = z.infer<typeof StatusView>;

// ---- this machine ----------------------------------------------------------------------

export const MachineView = z.object({
  nodeId: z.string(),
  name: z.string(),
  version: z.string(),
  platform: z.string(),
  /** Which host shows this: what it can do beyond the engine differs. */
  host: z.enum(["headless", "electron"]),
  dataDir: z.string(),
  cpuCount: z.number(),
  memoryBytes: z.number(),
  diskBytes: z.number(),
  /** The machine's time zone, in which the schedule is meant. */
  timeZone: z.string(),
});
export type MachineView = z.infer<typeof MachineView>;

export const RuntimeView = z.object({
  engine: z.string(),
  version: z.string(),
  address: z.string(),
  cgroupVersion: z.union([z.literal(1), z.literal(2)]),
  cpus: z.number(),
  memoryBytes: z.number(),
});
export type RuntimeView = z.infer<typeof RuntimeView>;

export const ImageView = z.object({
  image: z.string(),
  state: z.enum(["unknown", "asking", "ready", "missing"]),
  fault: Fault.nullable(),
});
export type ImageView = z.infer<typeof ImageView>;

/** The container engine. `runtime` is there once its limits were proven. */
export const EngineView = z.object({
  runtime: RuntimeView.nullable(),
  fault: Fault.nullable(),
  images: z.array(ImageView),
});
export type EngineView = z.infer<typeof EngineView>;

/** A moment's use; `cpus` are cores in use. */
export const Use = z.object({ cpus: z.number(), memoryBytes: z.number() });
export type Use = z.infer<typeof Use>;

export const UsageView = z.object({
  atMs: EpochMs,
  /** Everything on the machine, our containers included. */
  machine: Use,
  diskFreeBytes: z.number().nullable(),
  /** By claim_id; `ranMs` leaves frozen time out. */
  runs: z.record(z.string(), Use.extend({ ranMs: z.number() })),
});
export type UsageView = z.infer<typeof UsageView>;

// ---- grids -----------------------------------------------------------------------------

export const PeerView = z.object({
  nodeId: z.string(),
  name: z.string(),
  status: NodeStatus,
  /** What its own clock wrote; null where that is no time. */
  lastHeartbeatMs: EpochMs.nullable(),
  cpuCount: z.number().nullable(),
  memoryGb: z.number().nullable(),
  running: z.number().nullable(),
  self: z.boolean(),
});
export type PeerView = z.infer<typeof PeerView>;

export const GridView = z.object({
  id: GridId,
  url: z.string(),
  /** The end of the address, for people. */
  name: z.string(),
  kind: z.enum(["https", "http", "ssh", "file"]),
  enabled: z.boolean(),
  weight: z.number(),
  /** Named by the environment: it is there for this start, and settings do not hold it. */
  fromEnvironment: z.boolean(),
  /** Being left: what it held is on its way back. */
  leaving: z.boolean(),
  /** Whether a token is known for it; the token itself never leaves the worker. */
  hasToken: z.boolean(),
  /** When the last snapshot was taken; null before the first. */
  syncedAtMs: EpochMs.nullable(),
  fault: Fault.nullable(),
  queued: z.number(),
  eligible: z.number(),
  inProgress: z.number(),
  completed: z.number(),
  failed: z.number(),
  /** Claims of this machine. */
  held: z.number(),
  requireSignatures: z.boolean(),
  /** Images the grid allows; null where it restricts nothing. */
  images: z.array(z.string()).nullable(),
  /** At most 200, this machine first, then by last heartbeat. */
  peers: z.array(PeerView),
  peersOnline: z.number(),
});
export type GridView = z.infer<typeof GridView>;

/** Why a valid task is not taken by this machine. */
export const NotTaken = z.enum([
  "image_not_allowed",
  "image_not_on_grid_list",
  "image_unavailable",
  "too_big",
  "dependency_waiting",
  "signature_required",
  "path_taken",
  "stopped_by_donor",
]);
export type NotTaken = z.infer<typeof NotTaken>;

/**
 * One file of a grid's queue. What a valid task leaves out stays out, because ten thousand of these
 * travel at once. Of a valid task the file is `<task_id>.json`.
 */
export const QueueRow = z.object({
  file: z.string(),
  verdict: z.union([z.literal("eligible"), NotTaken, TaskProblemCode]),
  /** What the problem's code leaves open. */
  detail: z.string().optional(),
  priority: Priority.optional(),
  /** As the task itself says. */
  createdAtMs: EpochMs.optional(),
  image: z.string().optional(),
  timeoutSeconds: z.number().optional(),
  /** Who committed the file, and when; absent while unknown. */
  author: z.string().optional(),
  addedAtMs: EpochMs.optional(),
});
export type QueueRow = z.infer<typeof QueueRow>;

export const AuthorView = z.object({
  name: z.string(),
  email: z.string(),
  atMs: EpochMs,
  commit: z.string(),
  subject: z.string(),
});
export type AuthorView = z.infer<typeof AuthorView>;

/** One thing the container engine is told, in the engine's own words. */
export const Flag = z.object({ name: z.string(), value: z.string() });
export type Flag = z.infer<typeof Flag>;

/** Exactly what the container engine is asked for; made by the adapter from the real request. */
export const ConfinementView = z.object({
  image: z.string(),
  imageId: z.string().nullable(),
  flags: z.array(Flag),
});
export type ConfinementView = z.infer<typeof ConfinementView>;

export const ShareView = z.object({
  cpus: z.number(),
  memoryBytes: z.number(),
  pids: z.number(),
  tmpBytes: z.number(),
});

/** What would run, were this machine to take the task now. */
export const TaskView = z.object({
  gridId: GridId,
  file: z.string(),
  verdict: QueueRow.shape.verdict,
  detail: z.string().optional(),
  taskId: z.string().nullable(),
  script: z.string().nullable(),
  priority: Priority,
  timeoutSeconds: z.number().nullable(),
  dependsOn: z.array(z.string()),
  resources: Resources.nullable(),
  /** The file as it is in the grid, cut at 64 KiB; null where it is no text. */
  text: z.string().nullable(),
  share: ShareView.nullable(),
  confinement: ConfinementView.nullable(),
  /** null: not known, because it is older than the history this machine keeps. */
  author: AuthorView.nullable(),
});
export type TaskView = z.infer<typeof TaskView>;

// ---- runs ------------------------------------------------------------------------------

/** A claim of ours that is not over. */
export const RunView = z.object({
  claimId: z.string(),
  gridId: GridId,
  taskId: z.string(),
  state: z.enum(["waiting", "starting", "running", "finished", "returning"]),
  frozen: z.boolean(),
  image: z.string(),
  attempt: z.number(),
  timeoutMs: z.number(),
  share: ShareView.nullable(),
  claimedAtMs: EpochMs,
  startingAtMs: EpochMs.nullable(),
  startedAtMs: EpochMs.nullable(),
  finishedAtMs: EpochMs.nullable(),
});
export type RunView = z.infer<typeof RunView>;

/** How a run ended, as the history is filtered by it. */
export const OutcomeKind = z.enum([
  "open",
  "success",
  "failed",
  "timed_out",
  "out_of_memory",
  "stopped",
  "given_back",
  "superseded",
]);
export type OutcomeKind = z.infer<typeof OutcomeKind>;

/** A run as a row of the history. */
export const HistoryRow = z.object({
  claimId: z.string(),
  grid: z.string(),
  taskId: z.string(),
  state: RunState,
  outcome: OutcomeKind,
  reason: ResultReason.nullable(),
  exitCode: z.number().nullable(),
  attempt: z.number(),
  claimedAtMs: EpochMs,
  startedAtMs: EpochMs.nullable(),
  finishedAtMs: EpochMs.nullable(),
  reportedAtMs: EpochMs.nullable(),
  durationMs: z.number().nullable(),
});
export type HistoryRow = z.infer<typeof HistoryRow>;

/** A sample of a run's curves: seconds since its start, cores, bytes. */
export const Sample = z.tuple([z.number(), z.number(), z.number()]);
export type Sample = z.infer<typeof Sample>;

/** Everything known of one run, under way or over. */
export const RunDetails = z.object({
  row: HistoryRow,
  startingAtMs: EpochMs.nullable(),
  /** null where the history no longer keeps it. */
  script: z.string().nullable(),
  image: z.string().nullable(),
  imageId: z.string().nullable(),
  limits: ShareView.nullable(),
  timeoutSeconds: z.number().nullable(),
  confinement: ConfinementView.nullable(),
  message: z.string().nullable(),
  /** Of a run that is over: what the result holds of its output. */
  output: z
    .object({
      stdout: z.string(),
      stderr: z.string(),
      stdoutBytes: z.number(),
      stderrBytes: z.number(),
      truncated: z.boolean(),
    })
    .nullable(),
  samples: z.array(Sample),
  /** Whether `log.read` has its live output. */
  hasLog: z.boolean(),
});
export type RunDetails = z.infer<typeof RunDetails>;

export const Totals = z.object({ tasks: z.number(), succeeded: z.number(), computeMs: z.number() });
export type Totals = z.infer<typeof Totals>;

export const StatsView = z.object({ today: Totals, allTime: Totals });
export type StatsView = z.infer<typeof StatsView>;

/** A local calendar day, YYYY-MM-DD. */
export const DayTotals = Totals.extend({ day: z.string() });
export type DayTotals = z.infer<typeof DayTotals>;

// ---- settings and health ---------------------------------------------------------------

/** A setting that the environment decides; `setting` is its path, "limits.cpus". */
export const Override = z.object({ setting: z.string(), variable: z.string() });
export type Override = z.infer<typeof Override>;

export const SettingsView = z.object({
  settings: Settings,
  /** What is in force: the donor's choice, the machine's default, the environment's override. */
  limits: Limits,
  policy: Policy,
  images: Images,
  /** The machine's own defaults, for what the donor has not chosen. */
  defaults: Limits,
  overrides: z.array(Override),
  /** Whether a token given here outlives this process. */
  tokensKept: z.boolean(),
});
export type SettingsView = z.infer<typeof SettingsView>;

export const CheckName = z.enum([
  "git",
  "engine",
  "limits",
  "image",
  "disk",
  "secrets",
  "data",
  /** A grid: whether it can be read. */
  "grid",
  /** Steps of testing an address, beside "git" and "grid". */
  "address",
  "layout",
  "write",
]);
export type CheckName = z.infer<typeof CheckName>;

/** One thing the worker needs: running, fine (with what was found), or what is wrong and its mend. */
export const CheckView = z.object({
  name: CheckName,
  /** Of which grid or image, where there are several. */
  subject: z.string(),
  state: z.enum(["running", "fine", "note", "fault"]),
  /** What was found, free of secrets: "Docker 28.0 at unix:///var/run/docker.sock". */
  found: z.string(),
  fault: Fault.nullable(),
});
export type CheckView = z.infer<typeof CheckView>;

export const LogLine = z.object({
  number: z.number(),
  atMs: EpochMs,
  level: z.enum(["debug", "info", "warn", "error"]),
  message: z.string(),
  /** The line's fields as text. */
  fields: z.string(),
});
export type LogLine = z.infer<typeof LogLine>;

// ---- the desktop application -----------------------------------------------------------

export const UpdateView = z.object({
  /** off: the donor does not want it, or this package cannot update itself. ready: fetched. */
  state: z.enum(["off", "idle", "checking", "current", "fetching", "ready", "failed"]),
  /** Of the new version; null where there is none. */
  version: z.string().nullable(),
  /** What is new, as plain text; null where the release says nothing. */
  notes: z.string().nullable(),
  /** Fetched so far, 0..1; null unless fetching. */
  progress: z.number().nullable(),
  /** Whether quitting installs what was fetched; a system's packages are installed only when they are asked for. */
  installsOnQuit: z.boolean(),
  fault: Fault.nullable(),
});
export type UpdateView = z.infer<typeof UpdateView>;

/** What the desktop application shows beside the engine. */
export const DesktopView = z.object({
  /** Whether the desktop has a place for the tray icon: without one closing the window minimises it. */
  tray: z.boolean(),
  update: UpdateView,
});
export type DesktopView = z.infer<typeof DesktopView>;

// ---- the whole -------------------------------------------------------------------------

export const Snapshot = z.object({
  /** The last event of this connection that is already in it. */
  seq: z.number(),
  machine: MachineView,
  status: StatusView,
  engine: EngineView,
  settings: SettingsView,
  grids: z.array(GridView),
  /** By grid id. */
  queues: z.record(z.string(), z.array(QueueRow)),
  runs: z.array(RunView),
  stats: StatsView,
  usage: UsageView.nullable(),
  /** What was found damaged at this start, put aside, and begun anew; `detail` says where the old is kept. */
  recovered: z.array(Fault),
  /** null where the host is not the desktop application. */
  desktop: DesktopView.nullable(),
});
export type Snapshot = z.infer<typeof Snapshot>;
