import { once } from "node:events";

/**
 * Says that this process is loaded and waits for the common start. Only under the harness, which
 * sets the variable; by hand a worker starts at once. To be called before anything is fetched, so
 * that both sides' first clone is inside what is timed.
 */
export async function awaitStart(): Promise<void> {
  if (process.env["DGRID_BENCH_BARRIER"] === undefined) return;
  process.stdout.write(`${READY}\n`);
  await once(process.stdin, "data");
  process.stdin.destroy();
}

/** The line a worker prints when it stands at the barrier. */
export const READY = "ready";
