import { provisionEngine } from "../main/headless/provision/provision-engine.ts";
import { provisionImage } from "../main/headless/provision/provision-image.ts";
import type { Log } from "../main/engine/ports.ts";
import { describeFault } from "../shared/contract/fault.ts";

/** Gives `work` a container engine and an image, provided as for the demo and stopped again. */
export async function withEngine<T>(progress: (line: string) => void, work: (image: string) => Promise<T>): Promise<T> {
  const say = (_fields: unknown, message: string): void => progress(message);
  const log: Log = { debug: () => undefined, info: say, warn: say, error: say };
  const { signal } = new AbortController();
  const engine = await provisionEngine({ env: process.env, log, signal });
  if (!engine.ok) throw new Error(describeFault(engine.fault));
  const before = process.env["DOCKER_HOST"];
  try {
    const { dockerHost } = engine.value;
    const image = await provisionImage({ env: process.env, dockerHost, log, signal });
    if (!image.ok) throw new Error(describeFault(image.fault));
    // The measured processes, `docker run` among them, find the engine as any program would.
    process.env["DOCKER_HOST"] = dockerHost;
    return await work(image.value);
  } finally {
    if (before === undefined) delete process.env["DOCKER_HOST"];
    else process.env["DOCKER_HOST"] = before;
    await engine.value.stop();
  }
}
