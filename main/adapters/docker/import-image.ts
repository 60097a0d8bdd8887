import { createReadStream } from "node:fs";
import { failure, success, type Outcome } from "../../../shared/contract/fault.ts";
import { ask } from "./engine-answer.ts";
import { record, type Engine } from "./engine.ts";

/** Makes an image of one layer out of a tar file of a root file system (`docker import`). */
export async function importImage(
  engine: Engine,
  tar: string,
  image: string,
  signal: AbortSignal,
): Promise<Outcome<void>> {
  const imported = await ask(`import ${image}`, (abortSignal) => upload(engine, tar, image, abortSignal), {
    signal,
    timeoutMs: Number.POSITIVE_INFINITY,
  });
  if (!imported.ok) return imported;
  return imported.value === undefined
    ? success(undefined)
    : failure("image_missing", `import ${image}: ${imported.value}`);
}

/** @returns what the engine says went wrong, or undefined. */
async function upload(
  engine: Engine,
  tar: string,
  image: string,
  abortSignal: AbortSignal,
): Promise<string | undefined> {
  const [repo, tag] = image.split(":");
  const file = createReadStream(tar);
  try {
    const stream = await engine.docker.importImage(file, { repo, tag, abortSignal });
    let problem: string | undefined;
    const end = Promise.withResolvers<void>();
    const onProgress = (event: unknown): void => {
      const { error } = record(event);
      if (typeof error === "string") problem = error;
    };
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
    }
    return problem;
  } finally {
    file.destroy();
  }
}
