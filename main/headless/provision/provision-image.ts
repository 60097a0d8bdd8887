/**
 * An image to run tasks in: the one that was chosen, else the usual one where it is here or can
 * be pulled, else one built from Debian's packages, under a name of its own.
 */
import { arch, homedir } from "node:os";
import { failure, success, type Outcome } from "../../../shared/contract/fault.ts";
import { findEngine } from "../../adapters/docker/find-engine.ts";
import type { Engine } from "../../adapters/docker/engine.ts";
import { findImage, pullImage } from "../../adapters/docker/images.ts";
import { importImage } from "../../adapters/docker/import-image.ts";
import type { Log } from "../../engine/ports.ts";
import { buildImage, buildPackages, DEBIAN_RELEASE } from "./build-image.ts";
import { cachedImage, imageCacheFolder } from "./image-cache.ts";
import { installCommand } from "./system-packages.ts";
import { readThisSystem, type ThisSystem } from "./this-system.ts";

export interface ProvisionImageOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The engine that is to have the image, as DOCKER_HOST names it. */
  readonly dockerHost: string;
  readonly log: Log;
  readonly signal: AbortSignal;
  /** What may be installed here; read from the machine where absent. */
  readonly system?: ThisSystem;
}

const USUAL_IMAGE = "python:3.11-alpine";
/** Never another image's name: what is in it differs (sandbox, "Images"). */
const BUILT_IMAGE = `dgrid-task:${DEBIAN_RELEASE}`;
/** Without a network a pull may hang; with one, the usual image's 17 MB take seconds. */
const PULL_WITHIN_MS = 45_000;

/** @returns the image's name; the engine has it. */
export async function provisionImage(options: ProvisionImageOptions): Promise<Outcome<string>> {
  const { env, dockerHost, log, signal } = options;
  const where = {
    env: { ...env, DOCKER_HOST: dockerHost },
    platform: process.platform,
    home: homedir(),
    uid: process.getuid?.(),
  };
  const engine = await findEngine(where, signal);
  if (!engine.ok) return engine;
  const chosen = env["DGRID_IMAGE"] ?? "";
  if (chosen !== "" && chosen !== BUILT_IMAGE) {
    const got = await getImage(engine.value, chosen, log, signal);
    return got.ok ? success(chosen) : got;
  }
  if (chosen === "") {
    const deadline = AbortSignal.timeout(PULL_WITHIN_MS);
    const usual = await getImage(engine.value, USUAL_IMAGE, log, AbortSignal.any([signal, deadline]));
    if (usual.ok) return success(USUAL_IMAGE);
    if (signal.aborted) return failure("image_missing", "stopped");
    log.debug({}, usual.fault.detail);
    log.info({}, `${USUAL_IMAGE} cannot be pulled: taking ${BUILT_IMAGE} instead.`);
  }
  const built = await getBuiltImage(engine.value, options);
  return built.ok ? success(BUILT_IMAGE) : built;
}

/** The image is here, or is pulled. */
async function getImage(engine: Engine, image: string, log: Log, signal: AbortSignal): Promise<Outcome<unknown>> {
  const found = await findImage(engine, image, signal);
  return found.ok ? found : pullImage(engine, image, log, signal);
}

async function getBuiltImage(engine: Engine, options: ProvisionImageOptions): Promise<Outcome<unknown>> {
  const { env, log, signal, system = readThisSystem(env) } = options;
  const found = await findImage(engine, BUILT_IMAGE, signal);
  if (found.ok) return found;
  const cache = { folder: imageCacheFolder(env), name: `dgrid-task-${DEBIAN_RELEASE}-${arch()}` };
  const cached = await cachedImage(cache.folder, cache.name);
  if (cached !== undefined) {
    log.info({ tar: cached }, `Importing the task image that was built before (${cached})`);
    const imported = await importImage(engine, cached, BUILT_IMAGE, signal);
    if (imported.ok || signal.aborted) return imported;
    log.warn(
      { detail: imported.fault.detail },
      "The image that was built before cannot be imported: building it again",
    );
  }
  if (!system.root || !system.allowed || !system.apt) return failure("image_missing", whatToType(env, system));
  const tar = await buildImage({ env, system, cache, log, signal });
  return tar.ok ? importImage(engine, tar.value, BUILT_IMAGE, signal) : tar;
}

/** The command that mends it, exactly as one types it. */
function whatToType(env: ProvisionImageOptions["env"], system: ThisSystem): string {
  const pull = `docker pull ${USUAL_IMAGE}`;
  if (!system.apt) return `with a network, type: ${pull}`;
  const missing = buildPackages(env, system);
  const install = missing.length === 0 ? "" : `${installCommand(missing, system)} && `;
  const sudo = system.root ? "" : "sudo ";
  const build = `${install}${sudo}debootstrap --variant=minbase --include=python3 ${DEBIAN_RELEASE} /var/tmp/dgrid-image && ${sudo}tar -c -C /var/tmp/dgrid-image . | docker import - ${BUILT_IMAGE}`;
  return `with a network, type: ${pull}; without a registry: ${build}`;
}
