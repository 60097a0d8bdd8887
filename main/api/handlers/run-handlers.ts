import { failure, success, type Outcome } from "../../../shared/contract/fault.ts";
import type { ConfinementView, RunDetails } from "../../../shared/contract/views.ts";
import { TaskResult } from "../../../shared/domain/result.ts";
import type { Run } from "../../../shared/domain/run.ts";
import type { Held } from "../../engine/held-claim.ts";
import type { ApiContext, HandlersOf } from "./context.ts";

export function runHandlers(context: ApiContext): HandlersOf<"runs"> & HandlersOf<"log"> {
  const { host } = context;
  return {
    "runs.inspect": ({ claimId }, { signal }) => inspect(context, claimId, signal),
    "runs.stop": ({ claimId }) => {
      if (host.engine.stopRun(claimId)) return success({});
      return failure(host.history.get(claimId) === undefined ? "run_unknown" : "run_not_running", claimId);
    },
    "log.read": ({ claimId, from, maxChars }) => {
      const read = host.runLogs.read(claimId, from, maxChars);
      return read === undefined ? failure("run_unknown", claimId) : success(read);
    },
  };
}

async function inspect(
  { host, publisher }: ApiContext,
  claimId: string,
  signal: AbortSignal,
): Promise<Outcome<RunDetails>> {
  const run = host.history.get(claimId);
  const row = host.history.row(claimId);
  if (run === undefined || row === undefined) return failure("run_unknown", claimId);
  const held = host.engine.held().find((one) => one.claimId === claimId);
  const result = resultOf(run);
  return success({
    row,
    startingAtMs: run.starting_at_ms,
    script: run.script,
    image: result?.image ?? (held === undefined ? null : host.engine.imageOf(held.task)),
    imageId: result?.image_id ?? held?.container?.imageId ?? null,
    limits: limitsOf(result) ?? (held === undefined ? null : (host.engine.shareOf(held) ?? null)),
    timeoutSeconds: result?.limits?.timeout_seconds ?? held?.task.timeout_seconds ?? null,
    confinement: held === undefined ? null : await confinement(host, held, signal),
    message: result?.message ?? null,
    output: outputOf(result),
    samples: [...publisher.sampler.samplesOf(claimId)],
    hasLog: host.runLogs.has(claimId),
  });
}

/** What its container was really made with; of one that is not made yet, or taken over, what would be asked for. */
async function confinement(
  { engine, runtime }: ApiContext["host"],
  held: Held,
  signal: AbortSignal,
): Promise<ConfinementView | null> {
  if (held.container?.confinement !== undefined) return held.container.confinement;
  const spec = engine.specOf(held.grid, held.task);
  if (spec === undefined) return null;
  const asked = await runtime.confinement({ ...spec, claimId: held.claimId }, signal);
  return asked.ok ? asked.value : null;
}

function resultOf(run: Run): TaskResult | undefined {
  if (run.result === null) return undefined;
  const parsed = TaskResult.safeParse(JSON.parse(run.result));
  return parsed.success ? parsed.data : undefined;
}

function limitsOf(result: TaskResult | undefined): RunDetails["limits"] {
  const limits = result?.limits;
  if (limits === undefined) return null;
  return { cpus: limits.cpus, memoryBytes: limits.memory_bytes, pids: limits.pids, tmpBytes: limits.tmp_bytes };
}

function outputOf(result: TaskResult | undefined): RunDetails["output"] {
  if (result === undefined) return null;
  const { stdout, stderr } = result;
  return {
    stdout,
    stderr,
    stdoutBytes: result.stdout_bytes ?? new TextEncoder().encode(stdout).byteLength,
    stderrBytes: result.stderr_bytes ?? new TextEncoder().encode(stderr).byteLength,
    truncated: result.stdout_truncated === true || result.stderr_truncated === true,
  };
}
