import { success, type Outcome } from "../../../shared/contract/fault.ts";
import type { ContainerSpec, OutputLine } from "../../engine/ports.ts";
import { ContainerOutput } from "./container-output.ts";
import { createContainer, removeOrOwe } from "./create-container.ts";
import { DockerRun } from "./docker-run.ts";
import { ask } from "./engine-answer.ts";
import type { EngineSession } from "./engine-session.ts";
import { Stopwatch } from "./stopwatch.ts";

/**
 * Creates, attaches, arms the dead-man's switch and starts, in this order: output from the first
 * byte is kept, and no container runs that nobody would end. Where a step fails nothing is left
 * behind.
 */
export async function launch(
  session: EngineSession,
  spec: ContainerSpec,
  onOutput: (line: OutputLine) => void,
): Promise<Outcome<DockerRun>> {
  const { engine, clock, deadman } = session;
  const created = await createContainer(session, spec);
  if (!created.ok) return created;
  const { id, name } = created.value;
  const container = engine.container(id);
  const attached = await ask("attach to the container", (abortSignal) =>
    container.attach({ stream: true, stdout: true, stderr: true, hijack: true, abortSignal }),
  );
  if (!attached.ok) {
    await removeOrOwe(session, id);
    return attached;
  }
  const output = new ContainerOutput(attached.value, { ...session, onOutput });
  const armed = await deadman.arm({ id, name, engine: engine.address, remainingMs: spec.timeoutMs });
  const started: Outcome<unknown> = armed.ok
    ? await ask("start the container", (abortSignal) => container.start({ abortSignal }) as Promise<unknown>)
    : armed;
  if (!started.ok) {
    output.stop();
    await removeOrOwe(session, id);
    return started;
  }
  const stopwatch = new Stopwatch(clock.monotonic());
  return success(new DockerRun({ session, spec, ...created.value, output, stopwatch, startedAtMs: clock.now() }));
}
