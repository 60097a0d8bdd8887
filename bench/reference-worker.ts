import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { ReferenceClone } from "./reference-clone.ts";

const BACK_OFF_FIRST_MS = 200;
const BACK_OFF_MOST_MS = 1000;

/** One task after the other, as the seed's worker takes them. */
export class ReferenceWorker {
  readonly #clone: ReferenceClone;
  readonly #node: string;

  constructor(clone: ReferenceClone, node: string) {
    this.#clone = clone;
    this.#node = node;
  }

  /** How many tasks this worker claimed and reported, once the queue is empty. */
  async workUntilEmpty(): Promise<number> {
    let tasks = 0;
    for (;;) {
      const claimed = await this.#claim();
      if (claimed === undefined) return tasks;
      await this.#report(claimed);
      tasks += 1;
    }
  }

  /**
   * The claimed file's name, or undefined where the queue is empty. The seed waits for its next
   * cycle after five attempts; here the back-off stays at its most instead, which is faster.
   */
  async #claim(): Promise<string | undefined> {
    for (let attempt = 0; ; attempt += 1) {
      // Nothing unpushed is left at this point, so a rebase has nothing to conflict with.
      if (!this.#clone.pull()) throw new Error("a clean clone conflicts with its upstream");
      const name = this.#firstQueued();
      if (name === undefined) return undefined;
      const file = `${this.#node}-${name}`;
      this.#makeDirectory("in_progress");
      this.#clone.commitMove(`tasks/queue/${name}`, `tasks/in_progress/${file}`, `Claim ${file}`);
      if (this.#clone.push()) return file;
      this.#clone.resetToUpstream();
      await backOff(attempt);
    }
  }

  /** Never given up: a task that was run must be reported. */
  async #report(file: string): Promise<void> {
    this.#commitReport(file);
    for (let attempt = 0; !this.#clone.push(); attempt += 1) {
      await backOff(attempt);
      if (this.#clone.pull()) continue;
      this.#clone.resetToUpstream();
      this.#clone.pull();
      this.#commitReport(file);
    }
  }

  #commitReport(file: string): void {
    this.#makeDirectory("completed");
    const path = join(this.#clone.dir, "tasks", "in_progress", file);
    if (!existsSync(path)) throw new Error(`${file} is no longer in progress`);
    const task: unknown = JSON.parse(readFileSync(path, "utf8"));
    const log = `tasks/completed/${file}.log`;
    writeFileSync(join(this.#clone.dir, log), `${JSON.stringify(resultOf(task, this.#node), null, 2)}\n`);
    this.#clone.commitMove(`tasks/in_progress/${file}`, `tasks/completed/${file}`, `Complete ${file}`, [log]);
  }

  #firstQueued(): string | undefined {
    const queue = join(this.#clone.dir, "tasks", "queue");
    // Git keeps no empty directory.
    if (!existsSync(queue)) return undefined;
    return readdirSync(queue)
      .filter((name) => name.endsWith(".json"))
      .toSorted()[0];
  }

  #makeDirectory(name: "in_progress" | "completed"): void {
    mkdirSync(join(this.#clone.dir, "tasks", name), { recursive: true });
  }
}

function resultOf(task: unknown, node: string): Record<string, unknown> {
  const id = typeof task === "object" && task !== null && "task_id" in task ? task.task_id : undefined;
  const timestamp = new Date().toISOString();
  return { task_id: id, node_id: node, exit_code: 0, stdout: "ok\n", stderr: "", timestamp, status: "success" };
}

/** Exponential with full jitter. */
async function backOff(attempt: number): Promise<void> {
  await sleep(Math.random() * Math.min(BACK_OFF_MOST_MS, BACK_OFF_FIRST_MS * 2 ** attempt));
}
