import { existsSync, readFileSync } from "node:fs";
import { failure, success, type Outcome } from "../../../shared/contract/fault.ts";
import type { Log } from "../../engine/ports.ts";
import { runProgram } from "./run-program.ts";
import { isProgram } from "./this-system.ts";

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The packages that are missing for a container engine to run here. A Docker client without an
 * engine is common (the client is a package of its own), so it is dockerd that is looked for.
 */
export function enginePackages(env: Environment): string[] {
  const packages: string[] = [];
  if (!isProgram("dockerd", env)) packages.push("docker.io");
  if (!existsSync("/etc/ssl/certs/ca-certificates.crt")) packages.push("ca-certificates");
  // With AppArmor in the kernel the engine must load its profile, or no container starts.
  const apparmor = "/sys/module/apparmor/parameters/enabled";
  if (existsSync(apparmor) && readFileSync(apparmor, "utf8").startsWith("Y") && !isProgram("apparmor_parser", env)) {
    packages.push("apparmor");
  }
  if (!cgroupsAreMounted() && !isProgram("cgroupfs-mount", env)) packages.push("cgroupfs-mount");
  return packages;
}

/** Mounts the control groups where no init system has: without them no limit can be set. */
export async function prepareCgroups(env: Environment, log: Log, signal: AbortSignal): Promise<Outcome<void>> {
  if (cgroupsAreMounted() || !isProgram("cgroupfs-mount", env)) return success(undefined);
  log.info({}, "Mounting the control groups (cgroupfs-mount)");
  const ended = await runProgram("cgroupfs-mount", [], { signal });
  return ended.status === 0 ? success(undefined) : failure("docker_unreachable", `cgroupfs-mount: ${ended.tail}`);
}

function cgroupsAreMounted(): boolean {
  if (process.platform !== "linux") return true;
  const mounts = existsSync("/proc/self/mounts") ? readFileSync("/proc/self/mounts", "utf8") : "";
  return mounts.split("\n").some((line) => /^cgroup2?$/.test(line.split(" ")[2] ?? ""));
}
