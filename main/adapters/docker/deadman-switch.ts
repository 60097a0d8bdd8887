import { spawn, type ChildProcess } from "node:child_process";
import { fileURLToPath } from "node:url";
import { failure, success, type Outcome } from "../../../shared/contract/fault.ts";
import type { Clock, Log } from "../../engine/ports.ts";
import { FIRST_ORDERS, type DeadmanOrder, type DeadmanReceipt } from "./deadman-protocol.ts";

export interface DeadmanCommand {
  readonly command: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

/** Its start takes a tenth of a second; this long means that it does not start. */
const RECEIPT_TIMEOUT_MS = 15_000;

/** Without a container for this long, the switch is let go. */
const REST_AFTER_MS = 10_000;

/** A switch that can't run must not be started in a tight loop. */
const RESTART_AFTER_MS = 1_000;

/** Plain Node with the switch's own entry, and no more memory than it needs. */
export function nodeDeadman(): DeadmanCommand {
  // Built, the entry stands beside the bundle that this module became part of.
  const built = import.meta.url.endsWith(".js") ? new URL("deadman.js", import.meta.url) : undefined;
  return {
    command: process.execPath,
    args: [
      "--disable-warning=ExperimentalWarning",
      "--max-old-space-size=32",
      "--max-semi-space-size=1",
      fileURLToPath(built ?? new URL("./deadman.ts", import.meta.url)),
    ],
  };
}

type WatchOrder = Omit<Extract<DeadmanOrder, { do: "watch" }>, "do">;

/** The worker's end of the dead-man's switch. Starts it with the first container, and again should it end. */
export class DeadmanSwitch {
  readonly #command: DeadmanCommand;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #orders = new Map<string, { readonly order: WatchOrder; readonly deadlineMs: number }>();
  readonly #receipts = new Map<string, (known: boolean) => void>();
  #process: ChildProcess | undefined;
  #resting = new AbortController();
  #closed = false;

  constructor(command: DeadmanCommand, { clock, log }: { clock: Clock; log: Log }) {
    this.#command = command;
    this.#clock = clock;
    this.#log = log;
  }

  /** Resolves once the switch has said that it knows the container: only then may it start. */
  async arm(order: WatchOrder): Promise<Outcome<void>> {
    if (this.#closed) return failure("container_failed", "the worker is closing");
    const received = Promise.withResolvers<boolean>();
    this.#receipts.set(order.id, received.resolve);
    this.extend(order);
    const giveUp = new AbortController();
    const late = this.#clock.sleep(RECEIPT_TIMEOUT_MS, giveUp.signal).then(() => false);
    const armed = await Promise.race([received.promise, late]);
    giveUp.abort();
    this.#receipts.delete(order.id);
    if (armed) return success(undefined);
    this.disarm(order.id);
    return failure("deadman_failed", `${this.#command.command} does not answer as the switch`);
  }

  /** Sets a new deadline, without waiting. */
  extend(order: WatchOrder): void {
    this.#orders.set(order.id, { order, deadlineMs: this.#clock.monotonic() + order.remainingMs });
    this.#send({ do: "watch", ...order });
  }

  /** The container is gone. */
  disarm(id: string): void {
    if (!this.#orders.delete(id)) return;
    this.#send({ do: "forget", id });
    if (this.#orders.size === 0) void this.#rest();
  }

  /** A machine without tasks needs no switch; the next container starts one again. */
  async #rest(): Promise<void> {
    this.#resting.abort();
    const resting = new AbortController();
    this.#resting = resting;
    await this.#clock.sleep(REST_AFTER_MS, resting.signal);
    if (resting.signal.aborted || this.#orders.size > 0 || this.#receipts.size > 0) return;
    const child = this.#process;
    this.#process = undefined;
    if (child?.connected === true) child.disconnect();
  }

  /** Leaves the switch to itself: it ends once none of its containers is left. */
  close(): void {
    this.#closed = true;
    this.#resting.abort();
    if (this.#process?.connected === true) this.#process.disconnect();
  }

  #send(order: DeadmanOrder): void {
    if (this.#closed) return;
    this.#process ??= this.#start();
    // Telling a switch that just ended fails; its exit is what is acted upon.
    this.#process.send(order, (error) => {
      if (error !== null) this.#log.debug({ error: error.message }, "the dead-man's switch took no order");
    });
  }

  #start(): ChildProcess {
    const { command, args, env } = this.#command;
    // Its own session, so that neither the terminal's signals nor the end of the worker's group reach it.
    const child = spawn(command, args, {
      detached: true,
      stdio: ["ignore", "ignore", "ignore", "ipc"],
      windowsHide: true,
      cwd: process.platform === "win32" ? undefined : "/",
      env: { ...env, ...inherited(), [FIRST_ORDERS]: JSON.stringify(this.#current()) },
    });
    child.on("message", (receipt) => this.#receipts.get((receipt as DeadmanReceipt).watching)?.(true));
    const onEnd = (why: string): void => this.#ended(child, why);
    child.on("error", (error) => onEnd(error.message)).on("exit", (code, signal) => onEnd(`exit ${code ?? signal}`));
    // It must not keep the worker from ending.
    child.unref();
    child.channel?.unref();
    return child;
  }

  #ended(child: ChildProcess, why: string): void {
    if (this.#process !== child) return;
    this.#process = undefined;
    if (this.#closed) return;
    this.#log.warn({ why }, "the dead-man's switch ended");
    for (const receive of this.#receipts.values()) receive(false);
    void this.#clock.sleep(RESTART_AFTER_MS, new AbortController().signal).then(() => this.#resume());
  }

  /** Gives every container that is still there to a new switch. */
  #resume(): void {
    for (const order of this.#current()) this.#send(order);
  }

  #current(): readonly (DeadmanOrder & { readonly do: "watch" })[] {
    const nowMs = this.#clock.monotonic();
    return [...this.#orders.values()].map(({ order, deadlineMs }) => ({
      do: "watch",
      ...order,
      remainingMs: deadlineMs - nowMs,
    }));
  }
}

/** What a program needs to run at all, and nothing that may hold a secret. */
function inherited(): Record<string, string> {
  const names = ["PATH", "SystemRoot", "TEMP", "TMP"];
  return Object.fromEntries(
    names.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]])),
  );
}
