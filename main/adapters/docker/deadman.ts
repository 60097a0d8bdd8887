/**
 * The dead-man's switch: a process of its own that ends containers whose time is over, whether
 * the worker that started them lives or not (sandbox, "time").
 *
 * Invariant: no container that it was told of runs longer than GRACE_MS after its last known
 * deadline, as long as its engine answers.
 *
 * The worker's orders come over the channel between parent and child; its end is the worker's end.
 * What was told last stays in force then, and the process ends once none of its containers is left.
 */
import { FIRST_ORDERS, type DeadmanOrder, type DeadmanReceipt } from "./deadman-protocol.ts";
import { askEngine, type EngineReply } from "./deadman-engine.ts";
import type { EngineAddress } from "./engine-address.ts";

/** Of the 30 s that the sandbox allows, five are for the engine to do it. */
const GRACE_MS = Number(process.env.DGRID_DEADMAN_GRACE_MS ?? 25_000);
/** An end that a restarted worker can still read and report is kept this long after the deadline. */
const KEEP_ENDED_MS = Number(process.env.DGRID_DEADMAN_KEEP_MS ?? 10 * 60_000);
const LOOK_EVERY_MS = 10_000;
const RETRY_MS = 1_000;
/** An engine that is away for so long after the deadline has taken its containers with it. */
const GIVE_UP_MS = 15 * 60_000;

interface Watched {
  readonly engine: EngineAddress;
  readonly name: string;
  deadlineMs: number;
}

const watched = new Map<string, Watched>();
let workerLives = true;
let wake: (() => void) | undefined;

/** Monotonic: a wall clock that is set would end containers early or late. */
const now = (): number => performance.now();

// The terminal's and the service manager's signals are meant for the worker; it tells by closing.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT", "SIGUSR1", "SIGUSR2"] as const) {
  if (process.platform !== "win32" || signal === "SIGINT") process.on(signal, () => undefined);
}

function takeOrder(order: DeadmanOrder): void {
  if (order.do === "forget") watched.delete(order.id);
  else {
    watched.set(order.id, { engine: order.engine, name: order.name, deadlineMs: now() + order.remainingMs });
    const receipt: DeadmanReceipt = { watching: order.id };
    // A receipt that cannot be sent any more says what the end of the channel says.
    process.send?.(receipt, undefined, undefined, (error) => error !== null && workerEnded());
  }
  wake?.();
}

function workerEnded(): void {
  workerLives = false;
  wake?.();
}

for (const order of JSON.parse(process.env[FIRST_ORDERS] ?? "[]") as DeadmanOrder[]) takeOrder(order);
// Only the worker that started this process has the other end.
process.on("message", (order) => takeOrder(order as DeadmanOrder)).on("disconnect", workerEnded);
// It may have ended before this process listened.
if (!process.connected) workerEnded();

/** Sleeps until the next deadline, an order, or the time to look whether anything is left. */
async function pause(): Promise<void> {
  const due = [...watched.values()].map(({ deadlineMs }) => deadlineMs + GRACE_MS - now());
  const ms = Math.min(LOOK_EVERY_MS, ...due.map((left) => (left > 0 ? left : RETRY_MS)));
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, ms);
  wake = resolve;
  await promise;
  clearTimeout(timer);
  wake = undefined;
}

async function look(id: string, container: Watched): Promise<void> {
  const overdueMs = now() - container.deadlineMs;
  if (overdueMs > GIVE_UP_MS) return void watched.delete(id);
  const due = overdueMs >= GRACE_MS;
  if (!due && workerLives) return;
  const found = await askEngine(container.engine, "GET", `/containers/${id}/json`);
  // An order may have come in meanwhile.
  if (found.status === undefined || watched.get(id) !== container) return;
  if (found.status === 404 || isAnothers(found, container.name)) return void watched.delete(id);
  if (!due) return;
  if (isRunning(found)) await end(id, container.engine);
  // What never ran has no result that a restarted worker could report.
  else if (hasRun(found) && overdueMs < KEEP_ENDED_MS) return;
  const removed = await askEngine(container.engine, "DELETE", `/containers/${id}?force=1&v=1`);
  if (removed.status === 204 || removed.status === 404) watched.delete(id);
}

async function end(id: string, engine: EngineAddress): Promise<void> {
  // A frozen process takes no signal. Each answer is judged by what the removal then finds.
  await askEngine(engine, "POST", `/containers/${id}/unpause`);
  await askEngine(engine, "POST", `/containers/${id}/kill?signal=SIGKILL`);
}

interface Inspected {
  readonly Name?: string;
  readonly State?: { readonly Running?: boolean; readonly Status?: string };
}

function parse({ body }: EngineReply): Inspected {
  try {
    return JSON.parse(body) as Inspected;
  } catch {
    // Half an answer: to be on the safe side the container counts as ours and running.
    return {};
  }
}

function isAnothers(reply: EngineReply, name: string): boolean {
  const found = parse(reply).Name;
  return found !== undefined && found.replace(/^\//, "") !== name;
}

function isRunning(reply: EngineReply): boolean {
  return parse(reply).State?.Running !== false;
}

function hasRun(reply: EngineReply): boolean {
  return parse(reply).State?.Status !== "created";
}

const needed = (): boolean => workerLives || watched.size > 0;

while (needed()) {
  await Promise.all([...watched].map(([id, container]) => look(id, container)));
  if (needed()) await pause();
}
