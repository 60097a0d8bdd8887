/** What the interface costs a person: how much is loaded, how soon it is there, how smoothly it moves. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import type { Page } from "playwright-core";
import { WebSocket } from "ws";
import { connect, type Client } from "../shared/rpc/connect.ts";
import { Inbox } from "../shared/rpc/inbox.ts";
import { WEBSOCKET_PATH } from "../shared/rpc/port.ts";
import { openBrowser } from "../tests/e2e/support/browser.ts";
import { goTo, openPage } from "../tests/e2e/support/worker-page.ts";
import { addFiles, createBareGrid } from "../tests/support/bare-grid.ts";
import { fillHistory } from "../tests/support/fill-history.ts";
import { startWorkerProcess } from "../tests/support/worker-process.ts";
import { pageMoment } from "./page-moment.ts";

export interface InterfaceScale {
  readonly queued: number;
  readonly runs: number;
  readonly repetitions: number;
  readonly scrollMs: number;
}

export interface InterfaceFigures {
  /** Bytes, each file by itself, as a server that compresses sends them. */
  readonly initialJavaScriptGzipBytes: number;
  readonly homeInteractiveMs: readonly number[];
  readonly firstRowsMs: readonly number[];
  readonly scrollFramesPerSecond: readonly number[];
  readonly eventVisibleMs: readonly number[];
  readonly snapshotBytes: number;
  /** What one more task in the queue sends. */
  readonly changeBytes: number;
}

const RENDERER = join(import.meta.dirname, "../dist/renderer");
/** A donor who has paused: what is queued stays queued while it is looked at. */
const PAUSED = {
  version: 1,
  nodeId: "bench-node",
  instanceId: "7d9d5a2e-4f9a-4d0e-9b7b-000000000002",
  mode: { kind: "paused", resumeAs: "donate" },
};

/** Donating is switched on and off while it is measured, and nothing may come of it. */
const NO_CONTAINERS = { DOCKER_HOST: "unix:///no/such/socket", DGRID_IMAGE: "no-such-image:none" };

export async function measureInterface(
  scale: InterfaceScale,
  progress: (line: string) => void,
): Promise<InterfaceFigures> {
  const folder = mkdtempSync(join(tmpdir(), "dgrid-bench-interface-"));
  const dataDir = join(folder, "data");
  mkdirSync(dataDir);
  writeFileSync(join(dataDir, "donor.json"), JSON.stringify({ donor: PAUSED }));
  progress(`a history of ${scale.runs} runs, a queue of ${scale.queued} tasks`);
  fillHistory(join(dataDir, "history.db"), scale.runs);
  const tasks = Array.from({ length: scale.queued }, (_, i) => ({
    task_id: `task-${i}`,
    script: "true",
    priority: "high",
  }));
  const grid = await createBareGrid({ dir: join(folder, "grid.git"), tasks });
  const worker = await startWorkerProcess({ dataDir, env: { DGRID_REPO_URL: grid.url, ...NO_CONTAINERS } });
  const browser = await openBrowser();
  try {
    const page = (await openPage(browser, worker.link)).page;
    await page.getByRole("switch").waitFor();
    const client = await openClient(worker.link);
    const { snapshotBytes, changeBytes } = await sizes(client, grid.dir);
    progress("Home");
    const homeInteractiveMs = await repeat(scale.repetitions, () => homeInteractive(page, worker.url));
    progress("events");
    const eventVisibleMs = await repeat(scale.repetitions * 2, (round) => eventVisible(page, client, round));
    progress("history");
    const firstRowsMs = await repeat(scale.repetitions, () => firstRows(page));
    const scrollFramesPerSecond = await repeat(scale.repetitions, () => scroll(page, scale.scrollMs));
    client.close();
    return {
      initialJavaScriptGzipBytes: initialJavaScript(),
      homeInteractiveMs,
      firstRowsMs,
      scrollFramesPerSecond,
      eventVisibleMs,
      snapshotBytes,
      changeBytes,
    };
  } finally {
    await browser.close();
    await worker.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function repeat(times: number, measure: (round: number) => Promise<number>): Promise<number[]> {
  const figures: number[] = [];
  for (let round = 0; round < times; round++) figures.push(await measure(round));
  return figures;
}

/** What index.html names, and what that imports before anything else. */
function initialJavaScript(): number {
  const seen = new Set<string>();
  let bytes = 0;
  const visit = (name: string): void => {
    if (seen.has(name)) return;
    seen.add(name);
    const text = readFileSync(join(RENDERER, "assets", name));
    bytes += gzipSync(text).byteLength;
    for (const match of text.toString("utf8").matchAll(/(?:from|import)\s*"\.\/([^"]+\.js)"/g)) visit(match[1] ?? "");
  };
  const html = readFileSync(join(RENDERER, "index.html"), "utf8");
  for (const match of html.matchAll(/assets\/([^"]+\.js)/g)) visit(match[1] ?? "");
  return bytes;
}

/** From the navigation until the switch can be used, by the page's own clock. */
async function homeInteractive(page: Page, url: string): Promise<number> {
  await page.goto("about:blank");
  await page.goto(`${url}/`, { waitUntil: "commit" });
  return page.evaluate<number>(
    pageMoment("performance.now()", `document.querySelector("[role=switch]:not(:disabled)") !== null`),
  );
}

/** From the click on History until its rows are there. */
async function firstRows(page: Page): Promise<number> {
  await goTo(page, "#/grids");
  await page.getByRole("heading", { level: 1, name: "Grids" }).waitFor();
  return page.evaluate<number>(`(async () => {
    const began = performance.now();
    location.hash = "#/history";
    return (${pageMoment("performance.now()", `document.querySelector("[role=row][aria-rowindex='2'] [role=cell]") !== null`)}) .then((at) => at - began);
  })()`);
}

/** Scrolls far in every frame, so that none shows what the one before did. */
async function scroll(page: Page, forMs: number): Promise<number> {
  await page.locator("[role=row][aria-rowindex='2']").waitFor();
  return page.evaluate<number>(`new Promise((resolve) => {
    let box = document.querySelector("[role=row][aria-rowindex='2']");
    while (box !== null && !(box.scrollHeight > box.clientHeight + 1000 && /auto|scroll/.test(getComputedStyle(box).overflowY))) box = box.parentElement;
    box.scrollTop = 0;
    const began = performance.now();
    let frames = 0;
    const step = (now) => {
      frames++;
      box.scrollTop += 400;
      if (now - began < ${forMs}) requestAnimationFrame(step);
      else { box.scrollTop = 0; resolve((frames * 1000) / (now - began)); }
    };
    requestAnimationFrame(step);
  })`);
}

/** From a command to the engine until the page of another connection shows what came of it. */
async function eventVisible(page: Page, client: Client, round: number): Promise<number> {
  const on = round % 2 === 0;
  await goTo(page, "#/");
  await page.locator(`[role=switch][aria-checked=${!on}]`).waitFor();
  const shown = page.evaluate<number>(
    pageMoment("Date.now()", `document.querySelector("[role=switch][aria-checked=${on}]") !== null`),
  );
  const toldMs = Date.now();
  await client.call("mode.set", on ? { to: "donate" } : { to: "pause", for: "until_resumed" });
  return (await shown) - toldMs;
}

async function openClient(link: string): Promise<Client> {
  const { origin } = new URL(link);
  const entered = await fetch(link, { redirect: "manual" });
  const cookie = entered.headers
    .getSetCookie()
    .map((one) => one.split(";")[0])
    .join("; ");
  const socket = new WebSocket(`${origin.replace("http", "ws")}${WEBSOCKET_PATH}`, { origin, headers: { cookie } });
  const inbox = new Inbox();
  socket.on("message", (data: Buffer) => inbox.receive(data.toString("utf8")));
  socket.on("close", () => inbox.close());
  await new Promise((resolve, reject) => socket.once("open", resolve).once("error", reject));
  return connect({
    send: (text) => socket.send(text),
    onMessage: (listener) => inbox.onMessage(listener),
    onClose: (listener) => inbox.onClose(listener),
    close: () => socket.close(),
  });
}

/** Bytes of a snapshot, and of the one event that a new task makes. */
async function sizes(client: Client, gridDir: string): Promise<{ snapshotBytes: number; changeBytes: number }> {
  const queued = new Promise<number>((resolve) => {
    client.onEvent((event) => {
      if (event.name === "queue" && event.payload.upserted.some(({ file }) => file === "one-more.json"))
        resolve(Buffer.byteLength(JSON.stringify(event)));
    });
  });
  const snapshot = await client.call("snapshot", {});
  if (!snapshot.ok) throw new Error(snapshot.fault.code);
  const task = { task_id: "one-more", script: "true" };
  await addFiles(gridDir, [{ path: "tasks/queue/one-more.json", content: task }], "one more");
  return { snapshotBytes: Buffer.byteLength(JSON.stringify(snapshot.value)), changeBytes: await queued };
}
