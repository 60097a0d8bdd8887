/**
 * A worker that is made to be killed: starts the containers it is told of on its command line,
 * says so, and stays. Freezes them where told to.
 */
import { nodeDeadman } from "../../main/adapters/docker/deadman-switch.ts";
import type { ContainerSpec } from "../../main/engine/ports.ts";
import { must, openRuntime } from "./docker.ts";

export interface DoomedOrders {
  readonly specs: readonly ContainerSpec[];
  readonly graceMs: number;
  readonly freeze: boolean;
  /** Waits for the tasks' ends and then has nothing more to do; closes nothing. */
  readonly finish?: boolean;
}

if (process.argv[2] !== undefined) {
  const { specs, graceMs, freeze, finish } = JSON.parse(process.argv[2]) as DoomedOrders;
  const runtime = openRuntime({ deadman: { ...nodeDeadman(), env: { DGRID_DEADMAN_GRACE_MS: String(graceMs) } } });
  for (const spec of specs) {
    const running = must(await runtime.start(spec, () => undefined));
    if (finish === true) await running.finished;
    if (freeze) must(await running.freeze());
  }
  process.stdout.write("started\n");
}
