/**
 * `npm run dev`: the interface with hot reload, against a real worker on a demo grid. Vite serves the
 * sources and passes what is for the worker on to it; Ctrl-C stops both, and the engine if it was
 * started here.
 */
import { mkdtempSync, rmSync } from "node:fs";
import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createServer } from "vite";
import { describeFault, type Outcome } from "../shared/contract/fault.ts";
import { makeDemoGrid } from "../main/worker/demo-grid.ts";
import { provisionEngine } from "../main/headless/provision/provision-engine.ts";
import { provisionImage } from "../main/headless/provision/provision-image.ts";
import type { Log } from "../main/engine/ports.ts";
import { startWorkerProcess } from "../tests/support/worker-process.ts";

const say = (_fields: unknown, message: string): void => console.log(message);
const log: Log = { debug: () => undefined, info: say, warn: say, error: say };
const interrupt = new AbortController();
for (const name of ["SIGINT", "SIGTERM"] as const) process.on(name, () => interrupt.abort());
const { signal } = interrupt;

const folder = mkdtempSync(join(tmpdir(), "dgrid-dev-"));
const engine = must(await provisionEngine({ env: process.env, log, signal }));
try {
  const { dockerHost } = engine;
  const image = must(await provisionImage({ env: process.env, dockerHost, log, signal }));
  const grid = must(await makeDemoGrid(join(folder, "grid.git"), log, signal));
  const worker = await startWorkerProcess({
    dataDir: join(folder, "data"),
    env: { DOCKER_HOST: dockerHost, DGRID_IMAGE: image, DGRID_REPO_URL: grid },
  });
  const server = await createServer({
    configFile: join(import.meta.dirname, "../vite.config.ts"),
    server: { host: "127.0.0.1", proxy: await proxyTo(worker.link) },
  });
  await server.listen();
  // The proxy speaks in the name of a page that was let in, so only Vite's own pages may use it.
  server.httpServer?.prependListener("upgrade", (request: IncomingMessage, socket: Duplex) => {
    const { origin, host = "" } = request.headers;
    if (origin !== `http://${host}` || !/^(127\.0\.0\.1|localhost):\d+$/.test(host)) socket.destroy();
  });
  server.printUrls();
  console.log(`The worker's own dashboard: ${worker.link}\nIts data: ${folder}`);
  await Promise.race([worker.run.exited, new Promise((resolve) => signal.addEventListener("abort", resolve))]);
  await server.close();
  await worker.stop();
} finally {
  await engine.stop();
  rmSync(folder, { recursive: true, force: true });
}

/** Vite asks in the name of a page that was let in: the worker knows no page of Vite's. */
async function proxyTo(link: string): Promise<Record<string, object>> {
  const target = new URL(link).origin;
  const entered = await fetch(link, { redirect: "manual" });
  const cookie = entered.headers
    .getSetCookie()
    .map((one) => one.split(";")[0])
    .join("; ");
  const common = { target, changeOrigin: true, headers: { cookie, origin: target } };
  return { "/ws": { ...common, ws: true }, "/api": common };
}

function must<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(describeFault(outcome.fault));
  return outcome.value;
}
