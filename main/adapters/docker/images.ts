import { failure, success, type Outcome } from "../../../shared/contract/fault.ts";
import type { Log } from "../../engine/ports.ts";
import { ask } from "./engine-answer.ts";
import { record, type Engine } from "./engine.ts";

export interface LocalImage {
  readonly id: string;
  /** Paths that the image declares as volumes. */
  readonly volumes: readonly string[];
}

/** Progress is logged at most this often. */
const PROGRESS_EVERY_MS = 2_000;

/** The image as it is on this machine; `image_missing` where it is not. */
export async function findImage(engine: Engine, image: string, signal?: AbortSignal): Promise<Outcome<LocalImage>> {
  // The name is put into the path of a request as it is.
  if (/(^|\/)\.\.?(\/|$)/.test(image)) return failure("image_missing", `${image} is no image reference`);
  const found = await ask(
    `look for the image ${image}`,
    () => engine.docker.getImage(image).inspect(),
    signal === undefined ? {} : { signal },
  );
  if (found.ok) {
    // An image without configuration comes without the field, whatever its declared type says.
    const volumes = Object.keys(record(record(found.value.Config).Volumes));
    return success({ id: found.value.Id, volumes });
  }
  return found.status === 404 ? failure("image_missing", image) : found;
}

/** Pulls an image and waits for its end. */
export async function pullImage(engine: Engine, image: string, log: Log, signal: AbortSignal): Promise<Outcome<void>> {
  log.info({ image }, "pulling the image");
  // A pull lasts as long as the network needs; the signal ends it.
  const pulled = await ask(`pull ${image}`, (abortSignal) => pull(engine, image, log, abortSignal), {
    signal,
    timeoutMs: Number.POSITIVE_INFINITY,
  });
  if (!pulled.ok) return pulled.status === undefined ? pulled : failure("image_pull_failed", pulled.fault.detail);
  if (pulled.value !== undefined) return failure("image_pull_failed", `${image}: ${pulled.value}`.slice(0, 300));
  log.info({ image }, "the image is here");
  return success(undefined);
}

/** @returns what the engine says went wrong, or undefined. */
async function pull(engine: Engine, image: string, log: Log, abortSignal: AbortSignal): Promise<string | undefined> {
  const stream = await engine.docker.pull(withTag(image), { abortSignal });
  let loggedMs = 0;
  let problem: string | undefined;
  const onProgress = (event: unknown): void => {
    const { status, error, id, progress } = record(event);
    if (typeof error === "string") problem = error;
    if (performance.now() - loggedMs < PROGRESS_EVERY_MS) return;
    loggedMs = performance.now();
    log.info({ image, layer: id, progress }, typeof status === "string" ? status : "pulling");
  };
  const end = Promise.withResolvers<void>();
  engine.docker.modem.followProgress(
    stream,
    (error) => (error === null ? end.resolve() : end.reject(error)),
    onProgress,
  );
  const onAbort = (): void => end.reject(abortSignal.reason);
  abortSignal.addEventListener("abort", onAbort, { once: true });
  try {
    await end.promise;
  } catch (error) {
    // The engine's own refusal arrives as an error without code; a cut connection has one.
    if (problem === undefined) throw error;
  } finally {
    abortSignal.removeEventListener("abort", onAbort);
    (stream as NodeJS.ReadableStream & { destroy(): void }).destroy();
  }
  return problem;
}

/** Without tag and digest the engine's interface pulls every tag there is. */
function withTag(image: string): string {
  const name = image.slice(image.lastIndexOf("/") + 1);
  return name.includes(":") || name.includes("@") ? image : `${image}:latest`;
}
