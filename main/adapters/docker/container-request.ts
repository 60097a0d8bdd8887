import type Docker from "dockerode";
import { failure, success, type Outcome } from "../../../shared/contract/fault.ts";
import { leastMemoryBytes } from "../../../shared/domain/limits.ts";
import type { ContainerSpec } from "../../engine/ports.ts";
import { containerOptions } from "./container-options.ts";
import type { EngineSession } from "./engine-session.ts";
import { findImage } from "./images.ts";

export interface ContainerRequest {
  /** As the task or the donor names it. */
  readonly image: string;
  /** The image's id; null where the image is not on this machine. */
  readonly imageId: string | null;
  /** What the engine is sent. */
  readonly options: Docker.ContainerCreateOptions;
  /** Stands in the options as an argument, and is shown apart from them. */
  readonly script: string;
}

/**
 * What the engine is asked for, were the container made now. Making a container and showing how
 * it would be made both go through here, so that what is shown is what is asked for.
 *
 * Where the image is not on this machine the options hold its name in place of its id, and
 * nothing of the volumes that it may declare.
 */
export async function containerRequest(
  { engine, traits, clock, runtime }: Pick<EngineSession, "engine" | "traits" | "clock" | "runtime">,
  spec: ContainerSpec,
  signal?: AbortSignal,
): Promise<Outcome<ContainerRequest>> {
  const { image, script, share, timeoutMs } = spec;
  const least = leastMemoryBytes(share.tmpBytes);
  if (share.memoryBytes < least) {
    return failure(
      "container_failed",
      `${share.memoryBytes} bytes of memory are less than the ${least} that /tmp and /dev/shm need`,
    );
  }
  const found = await findImage(engine, image, signal);
  if (!found.ok && found.fault.code !== "image_missing") return found;
  const options = containerOptions({
    spec,
    traits,
    imageId: found.ok ? found.value.id : image,
    imageVolumes: found.ok ? found.value.volumes : [],
    deadlineMs: clock.now() + timeoutMs,
    ...(runtime === undefined ? {} : { runtime }),
  });
  return success({ image, imageId: found.ok ? found.value.id : null, options, script });
}
