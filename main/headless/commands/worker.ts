/** `dgrid worker`: donates until it is told to stop, or until nothing is left; serves the dashboard meanwhile. */
import { join } from "node:path";
import { describeFault, success, type Outcome } from "../../../shared/contract/fault.ts";
import type { Engine } from "../../engine/engine.ts";
import type { Log } from "../../engine/ports.ts";
import type { Configuration } from "../../worker/configuration.ts";
import type { Dashboard } from "../dashboard/dashboard-server.ts";
import { interfaceFiles } from "../../worker/interface-files.ts";
import { VERSION } from "../../worker/version.ts";
import { openWorker, type WorkerHost, type WorkerOverrides } from "../../worker/open-worker.ts";

export interface WorkerFlags {
  readonly exitWhenIdle: boolean;
  readonly acceptRewrite: boolean;
  readonly dashboard: boolean;
}

const DEFAULT_PORT = 8000;
const EXIT_USAGE = 2;

/** Runs until a signal or idleness; resolves to the exit code. */
export async function runWorker(
  configuration: Configuration,
  flags: WorkerFlags,
  log: Log,
  overrides?: WorkerOverrides,
): Promise<number> {
  const opened = openWorker(configuration, log, { ...overrides, interactive: flags.dashboard });
  if (!opened.ok) {
    log.error({ fault: opened.fault.code }, describeFault(opened.fault));
    return 1;
  }
  const worker = opened.value;
  const { engine, nodeId } = worker;
  const withoutGrid = engine.grids.length === 0;
  if (withoutGrid && (!flags.dashboard || flags.exitWhenIdle)) {
    process.stderr.write(
      "DGRID_REPO_URL (--repo-url): is needed: the address of the grid's Git repository. The dashboard can choose one.\n",
    );
    await stop(worker, undefined, "give_back");
    return EXIT_USAGE;
  }
  const dashboard = flags.dashboard ? await serveDashboard(configuration, worker, log) : success(undefined);
  if (!dashboard.ok) {
    log.error({ fault: dashboard.fault.code }, describeFault(dashboard.fault));
    await stop(worker, undefined, "give_back");
    return 1;
  }
  log.info({ node: nodeId, grid: configuration.address?.url, limits: engine.rules.limits }, "worker started");
  if (flags.acceptRewrite) engine.acceptRewrite();
  if (!flags.dashboard && engine.status().mode.kind === "off")
    log.warn(
      {},
      "donating is switched off, and without a dashboard nobody can switch it on: name a grid, or leave out --no-dashboard",
    );
  engine.start();
  if (dashboard.value !== undefined) {
    if (withoutGrid) process.stdout.write("No grid is chosen yet: open the dashboard to choose one.\n");
    // Standard output, and never the log: whoever has this link has the worker.
    process.stdout.write(`Dashboard: ${dashboard.value.link}\n`);
  }
  const end = await waitForEnd(engine, flags);
  log.info({ how: end.how, why: end.why }, "worker stops");
  await stop(worker, dashboard.value, end.how);
  log.info({}, "worker stopped");
  return end.code;
}

async function stop(worker: WorkerHost, dashboard: Dashboard | undefined, how: End["how"]): Promise<void> {
  const second = onSignals(() => {
    void worker.engine.stop("give_back");
  });
  // The interface stays while running tasks end: it shows what is waited for.
  await worker.engine.stop(how);
  await dashboard?.close();
  second();
  worker.close();
}

/** On the port that was asked for; where none was, on 8000 or any that is free. */
async function serveDashboard(
  { dashboard, dataDir }: Configuration,
  { api, engine, nodeId }: WorkerHost,
  log: Log,
): Promise<Outcome<Dashboard>> {
  const { startDashboard } = await import("../dashboard/dashboard-server.ts");
  const options = {
    server: api,
    staticDir: interfaceFiles(),
    host: dashboard.host,
    port: dashboard.port ?? DEFAULT_PORT,
    ...(dashboard.token === undefined ? {} : { token: dashboard.token }),
    allowedHosts: dashboard.names,
    secretFile: join(dataDir, "dashboard.key"),
    status: () => ({ version: VERSION, node_id: nodeId, ...engine.status() }),
    log,
  };
  const started = await startDashboard(options);
  if (started.ok || started.fault.code !== "dashboard_port_taken" || dashboard.port !== undefined) return started;
  return startDashboard({ ...options, port: 0 });
}

interface End {
  readonly how: "finish" | "give_back";
  readonly why: string;
  readonly code: number;
}

function waitForEnd(engine: Engine, { exitWhenIdle, dashboard }: WorkerFlags): Promise<End> {
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
    const stopWatching = engine.subscribe(() => {
      const taken = engine.status().grids.find(({ fault }) => fault?.code === "node_id_taken")?.fault;
      // Where somebody can look, the grid's own fault says it, and other grids go on.
      if (taken !== undefined && !dashboard) return done({ how: "give_back", why: describeFault(taken), code: 1 });
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
