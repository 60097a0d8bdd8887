import { failure, success, type FaultCode, type Outcome } from "../../../shared/contract/fault.ts";
import type { Log } from "../../engine/ports.ts";
import { runProgram } from "./run-program.ts";
import type { ThisSystem } from "./this-system.ts";

interface InstallOptions {
  /** What the packages are for: "the container engine". */
  readonly purpose: string;
  readonly code: FaultCode;
  readonly log: Log;
  readonly signal: AbortSignal;
}

/** Another apt or dpkg may be at work: on a fresh machine the system's own updates often are. */
const WAIT_FOR_LOCK = ["-o", "DPkg::Lock::Timeout=300"];

/** The command that installs packages, as one would type it. */
export function installCommand(packages: readonly string[], { root }: Pick<ThisSystem, "root">): string {
  const sudo = root ? "" : "sudo ";
  return `${sudo}apt-get update && ${sudo}apt-get install -y --no-install-recommends ${packages.join(" ")}`;
}

/**
 * Installs packages of the distribution, saying so before. Call it only where the system says
 * that it may (root, apt, allowed).
 */
export async function installPackages(packages: readonly string[], options: InstallOptions): Promise<Outcome<void>> {
  const { purpose, code, log, signal } = options;
  if (packages.length === 0) return success(undefined);
  log.info(
    { packages },
    `Installing ${purpose} from the distribution (DGRID_PROVISION=0 forbids it): ${packages.join(", ")}`,
  );
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  const onLine = (line: string): void => log.debug({}, line);
  const install = ["install", "-y", "-q", "--no-install-recommends", ...WAIT_FOR_LOCK];
  const steps = [
    { args: ["update", "-q"], signal },
    { args: [...install, "--download-only", ...packages], signal },
    // Stopping dpkg half way leaves a broken system: this step, seconds long, runs to its end.
    { args: [...install, ...packages], signal: undefined },
  ];
  for (const step of steps) {
    if (signal.aborted) return failure(code, "stopped");
    const ended = await runProgram(
      "apt-get",
      step.args,
      step.signal === undefined ? { env, onLine } : { env, onLine, signal },
    );
    if (signal.aborted) return failure(code, "stopped");
    // A source that is away does not matter as long as the packages are found.
    if (ended.status !== 0 && step.args[0] !== "update") {
      return failure(code, `apt-get ${step.args.join(" ")} failed:\n${ended.tail}`);
    }
  }
  return success(undefined);
}
