import { failure, success, type Outcome } from "../../../shared/contract/fault.ts";
import type { ContainerSpec } from "../../engine/ports.ts";
import type { EngineSession } from "./engine-session.ts";
import { launch } from "./launch.ts";
import { judgeProbe, PROBE_SCRIPT, PROBE_SHARE } from "./probe-report.ts";

const PROBE_TIMEOUT_MS = 30_000;

/**
 * Runs a container that reads its own limits (sandbox, "Trust, but verify the engine"). It is
 * made like any task's: what holds for it holds for them.
 */
export async function probe(session: EngineSession, image: string, signal: AbortSignal): Promise<Outcome<void>> {
  const spec: ContainerSpec = {
    grid: "",
    taskId: "dgrid-probe",
    claimId: `dgrid-probe-${process.pid}`,
    nodeId: "",
    instanceId: "dgrid-probe",
    image,
    script: PROBE_SCRIPT,
    timeoutMs: PROBE_TIMEOUT_MS,
    share: PROBE_SHARE,
  };
  const run = await launch(session, spec, () => undefined);
  if (!run.ok) return run;
  const cancel = (): void => run.value.cancel();
  signal.addEventListener("abort", cancel, { once: true });
  if (signal.aborted) cancel();
  const outcome = await run.value.finished;
  signal.removeEventListener("abort", cancel);
  switch (outcome.reason) {
    case "cancelled":
    case "interrupted":
      return failure("docker_unreachable", `the probe was ${outcome.reason}`);
    case "engine_error":
      return failure("container_failed", `the probe: ${outcome.message ?? "engine error"}`);
    case "timed_out":
      return failure("container_failed", "the probe did not finish in time");
    case "exited":
    case "out_of_memory":
      break;
  }
  const problems = judgeProbe(outcome.stdout.text, { share: spec.share, ownKernel: session.runtime !== undefined });
  if (problems.length === 0) return success(undefined);
  const said = outcome.stderr.text.trim();
  return failure(
    "docker_unprotected",
    `not enforced: ${problems.join("; ")}${said === "" ? "" : ` (${said})`}`.slice(0, 500),
  );
}
