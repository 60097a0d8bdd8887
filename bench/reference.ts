/**
 * The reference: the seed's algorithm, done faithfully with the git command line. Clone; then pull
 * with rebase, `git mv` the first queued task, commit, push, retry with exponential back-off, and
 * the same to report. No container: the result is as if the script had printed "ok".
 *
 * It is not crippled: a rejected claim is given up for the newest queue at once, the back-off is
 * short with full jitter, no garbage is collected, and it never sleeps while tasks wait.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { ReferenceClone } from "./reference-clone.ts";
import { ReferenceWorker } from "./reference-worker.ts";
import { awaitStart } from "./start-barrier.ts";

const { values } = parseArgs({ options: { url: { type: "string" }, node: { type: "string" } } });
if (values.url === undefined || values.node === undefined) throw new Error("usage: reference.ts --url URL --node N");
const dir = mkdtempSync(join(tmpdir(), "dgrid-reference-"));
try {
  await awaitStart();
  const startedAt = performance.now();
  const clone = new ReferenceClone(values.url, join(dir, "grid"), values.node);
  const tasks = await new ReferenceWorker(clone, values.node).workUntilEmpty();
  const ms = Math.round(performance.now() - startedAt);
  process.stdout.write(`${JSON.stringify({ tasks, pushes: clone.pushes, rejected: clone.rejected, ms })}\n`);
} finally {
  rmSync(dir, { recursive: true, force: true });
}
