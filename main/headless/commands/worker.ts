/** `dgrid worker`: donates to one grid until it is told to stop, or until nothing is left. */
import { describeFault } from "../../../shared/contract/fault.ts";
import type { Engine } from "../../engine/engine.ts";
import type { Log } from "../../engine/ports.ts";
import type { Configuration } from "../configuration.ts";
import { openWorker, type WorkerOverrides } from "../worker-host.ts";

export interface WorkerFlags {
  readonly exitWhenIdle: boolean;
  readonly acceptRewrite: boolean;
}

/** Runs until a signal or idleness; resolves to the exit code. */
export async function runWorker(
  configuration: Configuration,
  flags: WorkerFlags,
  log: Log,
  overrides?: WorkerOverrides,
): Promise<number> {
  const opened = openWorker(configuration, log, overrides);
  if (!opened.ok) {
    log.error({ fault: opened.fault.code }, describeFault(opened.fault));
    return 1;
  }
  const { engine, nodeId, close } = opened.value;
  log.info({ node: nodeId, grid: configuration.address.url, limits: configuration.limits }, "worker started");
  if (flags.acceptRewrite) engine.acceptRewrite();
  engine.start();
  const end = await waitForEnd(engine, flags);
  log.info({ how: end.how, why: end.why }, "worker stops");
  const second = onSignals(() => {
    void engine.stop("give_back");
  });
  await engine.stop(end.how);
  second();
  close();
  log.info({}, "worker stopped");
  return end.code;
}

interface End {
  readonly how: "finish" | "give_back";
  readonly why: string;
  readonly code: number;
}

function waitForEnd(engine: Engine, { exitWhenIdle }: WorkerFlags): Promise<End> {
  return new Promise((resolve) => {
    const done = (end: End): void => {
      stopSignals();
      stopWatching();
      resolve(end);
    };
    // An impatient person asks twice; a service manager that sends SIGTERM will not wait long.
    const stopSignals = onSignals((signal) =>
      done({ how: signal === "SIGINT" ? "finish" : "give_back", why: signal, code: 0 }),
    );
    const stopWatching = engine.subscribe((status) => {
      const taken = status.grids.find(({ fault }) => fault?.code === "node_id_taken")?.fault;
      if (taken !== undefined) return done({ how: "give_back", why: describeFault(taken), code: 1 });
      if (exitWhenIdle && engine.idle) done({ how: "finish", why: "idle", code: 0 });
    });
  });
}

function onSignals(act: (signal: "SIGINT" | "SIGTERM") => void): () => void {
  const interrupt = (): void => act("SIGINT");
  const terminate = (): void => act("SIGTERM");
  process.on("SIGINT", interrupt);
  process.on("SIGTERM", terminate);
  return () => {
    process.off("SIGINT", interrupt);
    process.off("SIGTERM", terminate);
  };
}
