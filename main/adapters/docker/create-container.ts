import { failure, success, type Outcome } from "../../../shared/contract/fault.ts";
import type { ConfinementView } from "../../../shared/contract/views.ts";
import type { ContainerSpec } from "../../engine/ports.ts";
import { confinementView } from "./confinement.ts";
import { containerRequest } from "./container-request.ts";
import { ask, type Answer } from "./engine-answer.ts";
import type { EngineSession } from "./engine-session.ts";
import { record } from "./engine.ts";
import { removeContainer } from "./remove-container.ts";

export interface CreatedContainer {
  readonly id: string;
  readonly name: string;
  readonly imageId: string;
  /** What the engine was asked for. */
  readonly confinement: ConfinementView;
}

/**
 * Creates a container and looks at what the engine made of it. Where that fails, nothing is left
 * behind: a request may have been carried out although its answer was lost.
 */
export async function createContainer(session: EngineSession, spec: ContainerSpec): Promise<Outcome<CreatedContainer>> {
  const { engine } = session;
  const requested = await containerRequest(session, spec);
  if (!requested.ok) return requested;
  const { options, imageId } = requested.value;
  if (imageId === null) return failure("image_missing", spec.image);
  const made = await ask("create the container", (abortSignal) =>
    engine.docker.createContainer({ ...options, abortSignal }),
  );
  if (!made.ok) {
    await removeClaim(session, spec);
    return made.status === 404 ? failure("image_missing", made.fault.detail) : made;
  }
  const { id } = made.value;
  const seen = await ask("look at the container", (abortSignal) => engine.container(id).inspect({ abortSignal }));
  const wrong = seen.ok ? unconfined(seen.value) : undefined;
  if (seen.ok && wrong === undefined) {
    const name = seen.value.Name.replace(/^\//, "");
    return success({ id, name, imageId: seen.value.Image, confinement: confinementView(requested.value) });
  }
  await removeOrOwe(session, id);
  return seen.ok ? failure("docker_unprotected", wrong) : seen;
}

/** Removes a container, or leaves a note that it is still to be removed. */
export async function removeOrOwe(session: EngineSession, id: string): Promise<Answer<void>> {
  const removed = await removeContainer(session.engine, id, session.clock);
  if (removed.ok) session.deadman.disarm(id);
  else {
    session.log.warn(
      { container: id, fault: removed.fault.code, detail: removed.fault.detail },
      "a container could not be removed yet",
    );
    session.owe(id);
  }
  return removed;
}

async function removeClaim(session: EngineSession, { claimId, instanceId }: ContainerSpec): Promise<void> {
  const label = [`dgrid.claim=${claimId}`, `dgrid.instance=${instanceId}`];
  const found = await ask("look for a half-made container", (abortSignal) =>
    session.engine.docker.listContainers({ all: true, filters: { label }, abortSignal }),
  );
  // An engine that doesn't answer now keeps what it made; the labels find it at the next start.
  if (!found.ok) return;
  await Promise.all(found.value.map(({ Id }) => removeOrOwe(session, Id)));
}

/** What of the engine's own description of a new container contradicts what it was asked for. */
function unconfined(seen: unknown): string | undefined {
  const { HostConfig, Mounts } = record(seen);
  const host = record(HostConfig);
  const mounts = (Array.isArray(Mounts) ? Mounts : []).map(record).filter(({ Type }) => Type !== "tmpfs");
  if (mounts.length > 0) return `the engine mounted ${mounts.map((mount) => String(mount.Destination)).join(", ")}`;
  if (host.Privileged !== false) return "the engine made the container privileged";
  if (host.NetworkMode !== "none") return "the engine gave the container a network";
  if (host.ReadonlyRootfs !== true) return "the engine made the root filesystem writable";
  return undefined;
}
