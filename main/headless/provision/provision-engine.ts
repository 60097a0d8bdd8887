/**
 * A container engine, wherever it comes from: one that answers, else one of our own, installed
 * from the distribution's packages where we may.
 *
 * Invariant: nothing is installed or started without saying so before; what was started here is
 * stopped by `stop`; what was there before is left alone.
 */
import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { failure, success, type Outcome } from "../../../shared/contract/fault.ts";
import { showAddress } from "../../adapters/docker/engine-address.ts";
import { findEngine } from "../../adapters/docker/find-engine.ts";
import type { Log } from "../../engine/ports.ts";
import { enginePackages, prepareCgroups } from "./engine-packages.ts";
import { startPrivateEngine } from "./private-engine.ts";
import { installCommand, installPackages } from "./system-packages.ts";
import { findProgram, readThisSystem, type ThisSystem } from "./this-system.ts";

export interface ProvisionEngineOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly log: Log;
  /** Where a private engine keeps its data; the system's temporary folder where absent. */
  readonly dataDir?: string;
  readonly signal: AbortSignal;
  /** What may be installed here; read from the machine where absent. */
  readonly system?: ThisSystem;
}

export interface ProvisionedEngine {
  /** As DOCKER_HOST wants it. */
  readonly dockerHost: string;
  readonly startedByUs: boolean;
  /** Stops an engine that was started by us; does nothing otherwise. */
  stop(): Promise<void>;
}

export async function provisionEngine(options: ProvisionEngineOptions): Promise<Outcome<ProvisionedEngine>> {
  const { env, log, dataDir, signal, system = readThisSystem(env) } = options;
  const found = await answering(env, signal);
  if (found.ok) return found;
  // This engine is there and wants a group membership, not an installation.
  if (found.fault.code === "docker_forbidden") return found;
  if (signal.aborted) return failure("docker_missing", "stopped");
  const missing = enginePackages(env);
  if (!system.root || !system.allowed || (missing.length > 0 && !system.apt)) {
    return failure("docker_missing", `${found.fault.detail}; ${whatToType(missing, system)}`);
  }
  log.debug({}, found.fault.detail);
  log.info({}, "No container engine answers.");
  const installed = await installPackages(missing, {
    purpose: "a container engine",
    code: "docker_missing",
    log,
    signal,
  });
  if (!installed.ok) return installed;
  if (missing.length > 0 && existsSync("/var/run/docker.sock")) {
    // Where services start by themselves, installing has started the system's engine.
    const systems = await answering({ ...env, DOCKER_HOST: "unix:///var/run/docker.sock" }, signal);
    if (systems.ok) {
      log.info(
        {},
        "The installation started the system's container engine. It is used, and stays: systemctl disable --now docker stops it.",
      );
      return systems;
    }
  }
  const cgroups = await prepareCgroups(env, log, signal);
  if (!cgroups.ok) return cgroups;
  const dockerd = findProgram("dockerd", env);
  if (dockerd === undefined)
    return failure("docker_missing", "docker.io was installed, but there is no dockerd on the PATH");
  const started = await startPrivateEngine({ dockerd, log, signal, ...(dataDir === undefined ? {} : { dataDir }) });
  return started.ok ? success({ ...started.value, startedByUs: true }) : started;
}

async function answering(env: ProvisionEngineOptions["env"], signal: AbortSignal): Promise<Outcome<ProvisionedEngine>> {
  const where = { env, platform: process.platform, home: homedir(), uid: process.getuid?.() };
  const found = await findEngine(where, signal);
  if (!found.ok) return found;
  return success({ dockerHost: showAddress(found.value.address), startedByUs: false, stop: () => Promise.resolve() });
}

/** The command that mends it, exactly as one types it. */
function whatToType(missing: readonly string[], system: ThisSystem): string {
  const service = existsSync("/run/systemd/system") ? "systemctl start docker" : "service docker start";
  const start = `${system.root ? "" : "sudo "}${service}`;
  if (missing.length === 0) return `it is installed; type: ${start}`;
  if (system.apt) return `type: ${installCommand(missing, system)} && ${start}`;
  return "install Docker Engine, Docker Desktop, Podman or Colima and start it";
}
