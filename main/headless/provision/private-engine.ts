/**
 * A container engine of our own, for the time of one command: its data, its socket and its
 * configuration are in one folder, and it touches neither the system's engine nor the network's
 * rules (our containers have no network, so it needs no bridge).
 *
 * Invariant: whatever happens after the engine was spawned, it is stopped and its folder removed.
 */
import { spawn, type ChildProcess } from "node:child_process";
import { closeSync, existsSync, mkdtempSync, openSync, readFileSync, writeFileSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { failure, success, type Outcome } from "../../../shared/contract/fault.ts";
import { findEngine } from "../../adapters/docker/find-engine.ts";
import { systemClock } from "../../adapters/sensors/clock.ts";
import type { Log } from "../../engine/ports.ts";
import { markOwner, readPid, removeAbandonedEngines } from "./abandoned-engines.ts";
import { removeMountedFolder } from "./mounted-folder.ts";
import { endGroup } from "./run-program.ts";
import { findProgram } from "./this-system.ts";

export interface PrivateEngine {
  /** As DOCKER_HOST wants it. */
  readonly dockerHost: string;
  /** Stops it and removes what it kept. Later calls wait for the first. */
  stop(): Promise<void>;
}

interface StartOptions {
  readonly dockerd: string;
  /** Where its folder is made; the system's temporary folder where absent or too long. */
  readonly dataDir?: string;
  readonly log: Log;
  readonly signal: AbortSignal;
}

const FOLDER_PREFIX = "dgrid-engine-";
const READY_WITHIN_MS = 60_000;
const ASK_EVERY_MS = 200;
/** dockerd gives its containers 15 s. */
const STOPPED_WITHIN_MS = 30_000;
/**
 * A socket's address has 108 bytes (unix(7)); the longest path below our folder is
 * exec/containerd/containerd.sock.ttrpc.
 */
const FOLDER_MAX_CHARACTERS = 64;

export async function startPrivateEngine({
  dockerd,
  dataDir,
  log,
  signal,
}: StartOptions): Promise<Outcome<PrivateEngine>> {
  const folder = await makeFolder(dataDir, log);
  const dockerHost = `unix://${join(folder, "docker.sock")}`;
  log.info({ folder }, `Starting a private container engine in ${folder}`);
  const child = spawnEngine(dockerd, folder);
  const exit = new Promise<void>((resolve) => {
    child.once("exit", () => resolve());
    child.once("error", () => resolve());
  });
  let stopping: Promise<void> | undefined;
  const stop = (): Promise<void> => (stopping ??= stopEngine({ child, exit, folder, log }));

  const where = {
    env: { DOCKER_HOST: dockerHost },
    platform: process.platform,
    home: homedir(),
    uid: process.getuid?.(),
  };
  const deadlineMs = systemClock.monotonic() + READY_WITHIN_MS;
  while (!hasEnded(child) && !signal.aborted && systemClock.monotonic() < deadlineMs) {
    const found = await findEngine(where, signal);
    if (found.ok && !signal.aborted) return success({ dockerHost, stop });
    await systemClock.sleep(ASK_EVERY_MS, AbortSignal.any([signal, whenSettled(exit)]));
  }
  const said = lastLines(join(folder, "dockerd.log"));
  const why = signal.aborted
    ? "stopped"
    : `the private engine ${hasEnded(child) ? "ended at once" : "did not answer in a minute"}:\n${said}`;
  await stop();
  return failure("docker_unreachable", why);
}

async function makeFolder(dataDir: string | undefined, log: Log): Promise<string> {
  const bases = [...(dataDir === undefined ? [] : [dataDir]), tmpdir()];
  const base = bases.find((path) => join(path, `${FOLDER_PREFIX}XXXXXX`).length <= FOLDER_MAX_CHARACTERS) ?? "/tmp";
  await removeAbandonedEngines(base, FOLDER_PREFIX, log);
  const folder = mkdtempSync(join(base, FOLDER_PREFIX));
  markOwner(folder);
  return folder;
}

function spawnEngine(dockerd: string, folder: string): ChildProcess {
  const config = join(folder, "daemon.json");
  // The system's own configuration may name what we name here, which dockerd refuses.
  writeFileSync(config, "{}\n");
  const args = [
    ["--config-file", config],
    ["--data-root", join(folder, "data")],
    ["--exec-root", join(folder, "exec")],
    ["--pidfile", join(folder, "pid")],
    ["-H", `unix://${join(folder, "docker.sock")}`],
    // A containerd that already runs is shared: a namespace of our own keeps our containers apart.
    ["--containerd-namespace", `dgrid-${process.pid}`],
    ["--containerd-plugins-namespace", `dgrid-plugins-${process.pid}`],
    ["--iptables=false"],
    ["--bridge=none"],
  ].flat();
  // Where this process is killed without a chance to clean up, the kernel stops the engine.
  const setpriv = findProgram("setpriv", process.env);
  const command = setpriv === undefined ? [dockerd, ...args] : [setpriv, "--pdeathsig", "TERM", "--", dockerd, ...args];
  const output = openSync(join(folder, "dockerd.log"), "w");
  try {
    // A group of its own: Ctrl-C reaches us alone, and we stop the engine in order.
    return spawn(command[0] ?? dockerd, command.slice(1), { detached: true, stdio: ["ignore", output, output] });
  } finally {
    closeSync(output);
  }
}

interface Started {
  readonly child: ChildProcess;
  readonly exit: Promise<void>;
  readonly folder: string;
  readonly log: Log;
}

async function stopEngine({ child, exit, folder, log }: Started): Promise<void> {
  if (!hasEnded(child)) {
    child.kill("SIGTERM");
    await systemClock.sleep(STOPPED_WITHIN_MS, whenSettled(exit));
    if (!hasEnded(child)) {
      log.warn({ folder }, "The private container engine did not stop in time and is killed");
      endGroup(child.pid, "SIGKILL");
      // It starts its containerd as the leader of a group of its own, which would stay.
      endGroup(readPid(join(folder, "exec/containerd/containerd.pid")), "SIGKILL");
      await exit;
    }
  }
  if (!(await removeMountedFolder(folder)))
    log.warn({ folder }, `Something is still mounted in ${folder}: it was not removed`);
}

function hasEnded({ pid, exitCode, signalCode }: ChildProcess): boolean {
  return pid === undefined || exitCode !== null || signalCode !== null;
}

function lastLines(file: string): string {
  return existsSync(file) ? readFileSync(file, "utf8").trim().split("\n").slice(-8).join("\n") : "";
}

/** A signal that aborts when the promise, which never rejects, settles. */
function whenSettled(promise: Promise<void>): AbortSignal {
  const settled = new AbortController();
  void promise.then(() => settled.abort());
  return settled.signal;
}
