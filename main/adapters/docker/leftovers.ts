import { failure, success, type Outcome } from "../../../shared/contract/fault.ts";
import type { ContainerSpec, Leftover, OutputLine } from "../../engine/ports.ts";
import { readHistory, type ContainerHistory } from "./container-history.ts";
import { ContainerOutput } from "./container-output.ts";
import { DockerRun } from "./docker-run.ts";
import { ask } from "./engine-answer.ts";
import type { EngineSession } from "./engine-session.ts";
import type { Engine } from "./engine.ts";
import { Stopwatch } from "./stopwatch.ts";

/** Containers of an instance, running or not, by their labels. */
export async function findLeftovers(engine: Engine, instanceId: string): Promise<Outcome<readonly Leftover[]>> {
  const found = await ask("look for leftover containers", (abortSignal) =>
    engine.docker.listContainers({ all: true, filters: { label: [`dgrid.instance=${instanceId}`] }, abortSignal }),
  );
  if (!found.ok) return found;
  return success(
    found.value.map(({ Id, Labels }) => ({
      id: Id,
      claimId: Labels["dgrid.claim"] ?? "",
      grid: Labels["dgrid.grid"] ?? "",
      taskId: Labels["dgrid.task"] ?? "",
    })),
  );
}

/**
 * Takes over a container of an earlier process. How it ended, or how long it ran, is read from
 * the engine's own memory; where that does not reach back to its start nothing can be told,
 * because an engine that stopped or restarted ends containers in ways that look like their own.
 */
export async function adoptLeftover(
  session: EngineSession,
  leftover: Leftover,
  spec: ContainerSpec,
  onOutput: (line: OutputLine) => void,
): Promise<Outcome<DockerRun | undefined>> {
  const { engine, clock } = session;
  const container = engine.container(leftover.id);
  const seen = await ask("look at the leftover container", (abortSignal) => container.inspect({ abortSignal }));
  if (!seen.ok) return seen.status === 404 ? success(undefined) : seen;
  const { State, Image, Config } = seen.value;
  // Its image and claim are compared, so that no other container is taken for this task's.
  if (Config.Labels["dgrid.claim"] !== spec.claimId || Config.Labels["dgrid.instance"] !== spec.instanceId)
    return success(undefined);
  const engineStartedMs = Date.parse(State.StartedAt);
  if (State.Status === "created" || Number.isNaN(engineStartedMs)) return success(undefined);
  const described = await engine.describe({});
  if (!described.ok) return described;
  const nowMs = described.value.nowMs;
  const history = await readHistory(engine, leftover.id, engineStartedMs - 1, nowMs);
  if (!history.ok) return history;
  if (!tells(history.value, State.Running)) return success(undefined);
  const untilMs = State.Running ? nowMs : Date.parse(State.FinishedAt);
  const ranMs = Math.max(0, untilMs - engineStartedMs - history.value.frozenMs);
  const name = await takeOver(session, leftover.id, spec.timeoutMs - ranMs);
  if (!name.ok) return name;
  if (State.Paused) {
    const thawed = await ask("thaw the container", () => container.unpause() as Promise<unknown>);
    if (!thawed.ok) return thawed;
  }
  // The log from its beginning and on to the end: no gap, whatever was read before.
  const logs = await ask("read the container's output", () =>
    container.logs({ follow: true, stdout: true, stderr: true }),
  );
  if (!logs.ok) return logs;
  const output = new ContainerOutput(logs.value, { ...session, onOutput });
  const stopwatch = new Stopwatch(clock.monotonic(), ranMs);
  if (!State.Running) stopwatch.freeze(clock.monotonic());
  const startedAtMs = clock.now() - (nowMs - engineStartedMs);
  return success(
    new DockerRun({
      session,
      spec,
      id: leftover.id,
      name: name.value,
      imageId: Image,
      // What it was made with is the earlier process's knowledge; its labels prove nothing of it.
      confinement: undefined,
      output,
      stopwatch,
      startedAtMs,
    }),
  );
}

/** Whether the engine's memory is enough to judge by. */
function tells(history: ContainerHistory, running: boolean): boolean {
  if (!history.started || history.signalled) return false;
  return running || history.died;
}

/** Gives the container a new name and a new switch, so that the earlier process's switch leaves it alone. */
async function takeOver(session: EngineSession, id: string, remainingMs: number): Promise<Outcome<string>> {
  const { engine, deadman, clock } = session;
  const name = `dgrid-${id.slice(0, 12)}-${Math.floor(clock.now()).toString(36)}`;
  const armed = await deadman.arm({ id, name, engine: engine.address, remainingMs: Math.max(0, remainingMs) });
  if (!armed.ok) return armed;
  const renamed = await ask("rename the container", () => engine.container(id).rename({ name }) as Promise<unknown>);
  return renamed.ok ? success(name) : failure("container_failed", renamed.fault.detail);
}
