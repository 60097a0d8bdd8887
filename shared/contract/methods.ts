import { z } from "zod";
import { GridId, SettingsPatch } from "../settings/settings.ts";
import { CheckView, DayTotals, HistoryRow, LogLine, OutcomeKind, RunDetails, Snapshot, TaskView } from "./views.ts";

const None = z.strictObject({});
const ClaimId = z.string().min(1).max(100);
const Url = z.string().min(1).max(2000);
/** Judged by the worker, never echoed back. */
const Token = z.string().min(1).max(1000);

/** How long a pause lasts; "tomorrow" is the machine's next local midnight. */
export const PauseFor = z.enum(["until_resumed", "15m", "1h", "4h", "tomorrow"]);
export type PauseFor = z.infer<typeof PauseFor>;

export const HistoryFilter = z.strictObject({
  /** A part of the task's id or of the claim's. */
  text: z.string().max(200).optional(),
  /** The grid's name as the rows have it. */
  grid: z.string().max(2000).optional(),
  outcomes: z.array(OutcomeKind).max(20).optional(),
  /** Claimed at or after, and before; ms since the epoch. */
  fromMs: z.number().optional(),
  toMs: z.number().optional(),
});
export type HistoryFilter = z.infer<typeof HistoryFilter>;

export const HistorySort = z.strictObject({
  by: z.enum(["claimed", "task", "grid", "outcome", "duration"]),
  descending: z.boolean(),
});
export type HistorySort = z.infer<typeof HistorySort>;

/**
 * Everything that can be asked of the worker, each with what goes in, what comes out and, where it
 * takes a while, what is told on the way. Inputs are validated on the worker's side.
 */
export const METHODS = {
  snapshot: { input: None, output: Snapshot },

  "mode.set": {
    input: z.discriminatedUnion("to", [
      z.strictObject({ to: z.literal("donate") }),
      z.strictObject({ to: z.literal("always") }),
      z.strictObject({ to: z.literal("finish") }),
      z.strictObject({ to: z.literal("pause"), for: PauseFor }),
    ]),
    output: None,
  },

  "runs.inspect": { input: z.strictObject({ claimId: ClaimId }), output: RunDetails },
  /** Ends the run; its task goes back to the queue and is not taken here again. */
  "runs.stop": { input: z.strictObject({ claimId: ClaimId }), output: None },
  /**
   * Live output from a place on, in characters since the run began. The worker keeps the last
   * megabyte: `from` in the answer is later than asked where the start is gone.
   */
  "log.read": {
    input: z.strictObject({
      claimId: ClaimId,
      from: z.int().min(0),
      maxChars: z.int().min(1).max(262_144),
    }),
    output: z.object({
      from: z.number(),
      chunks: z.array(z.object({ stream: z.enum(["stdout", "stderr"]), text: z.string() })),
      /** Where the next read goes on. */
      to: z.number(),
      /** How long the output is by now. */
      end: z.number(),
      over: z.boolean(),
    }),
  },

  "queue.inspect": { input: z.strictObject({ gridId: GridId, file: z.string().min(1).max(1000) }), output: TaskView },

  "history.page": {
    input: z.strictObject({
      filter: HistoryFilter,
      sort: HistorySort,
      offset: z.int().min(0),
      limit: z.int().min(1).max(500),
    }),
    output: z.object({ total: z.number(), rows: z.array(HistoryRow) }),
  },
  /** A part of the export; asked again with `next` until that is null. The parts joined are the file. */
  "history.export": {
    input: z.strictObject({
      filter: HistoryFilter,
      sort: HistorySort,
      format: z.enum(["csv", "json"]),
      offset: z.int().min(0),
    }),
    output: z.object({ text: z.string(), next: z.number().nullable() }),
  },
  /** Runs that are not over stay. */
  "history.delete": { input: z.strictObject({ filter: HistoryFilter }), output: z.object({ deleted: z.number() }) },
  "history.grids": { input: None, output: z.array(z.string()) },
  /** The last days that had a run, at most this many days back. */
  "history.days": { input: z.strictObject({ days: z.int().min(1).max(400) }), output: z.array(DayTotals) },

  /** Looks at an address step by step without keeping anything. */
  "grids.test": {
    input: z.strictObject({ url: Url, token: Token.optional() }),
    progress: CheckView,
    output: z.array(CheckView),
  },
  "grids.add": {
    input: z.strictObject({ url: Url, token: Token.optional() }),
    output: z.object({ id: GridId }),
  },
  "grids.update": {
    input: z.strictObject({
      id: GridId,
      enabled: z.boolean().optional(),
      weight: z.int().min(1).max(100).optional(),
    }),
    output: None,
  },
  /** A new token for a grid whose credentials are not accepted (any more). */
  "grids.signIn": { input: z.strictObject({ id: GridId, token: Token }), output: None },
  /** What it holds goes back first; its history stays. */
  "grids.remove": { input: z.strictObject({ id: GridId }), output: None },
  "grids.acceptRewrite": { input: z.strictObject({ id: GridId }), output: None },
  /** Makes a grid with a dozen tasks on this machine and adds it. */
  "grids.demo": { input: None, output: z.object({ id: GridId }) },

  /** Judges a task file as a worker would, and, with a grid, against what that grid has. */
  "tasks.check": {
    input: z.strictObject({ text: z.string().max(70_000), gridId: GridId.optional() }),
    output: z.object({
      problems: z.array(z.object({ code: z.string(), field: z.string().nullable(), message: z.string() })),
    }),
  },
  "tasks.submit": {
    input: z.strictObject({ gridId: GridId, text: z.string().max(70_000) }),
    output: z.object({ taskId: z.string() }),
  },

  "settings.update": { input: SettingsPatch, output: None },
  "settings.export": { input: None, output: z.object({ text: z.string() }) },
  /** Replaces every section, grids included; each that is overridden by the environment stays as it is. */
  "settings.import": { input: z.strictObject({ text: z.string().max(200_000) }), output: None },

  /** Looks for a new version now; what comes of it is told by the event `desktop`. */
  "updates.check": { input: None, output: None },
  /** Ends the application as at quitting, installs what was fetched and starts again; refused while tasks run. */
  "updates.install": { input: None, output: None },

  "health.check": { input: None, progress: CheckView, output: z.array(CheckView) },
  /** The program's own log, secrets taken out: what came after a line number. */
  "health.log": {
    input: z.strictObject({ after: z.int().min(0) }),
    output: z.object({ lines: z.array(LogLine) }),
  },
} as const satisfies Record<string, { input: z.ZodType; output: z.ZodType; progress?: z.ZodType }>;

export type Methods = typeof METHODS;
export type MethodName = keyof Methods;
export type MethodInput<M extends MethodName> = z.infer<Methods[M]["input"]>;
export type MethodOutput<M extends MethodName> = z.infer<Methods[M]["output"]>;
export type MethodProgress<M extends MethodName> = Methods[M] extends { progress: infer P extends z.ZodType }
  ? z.infer<P>
  : never;
