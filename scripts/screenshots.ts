/**
 * `npm run screenshots`: pictures of every screen, from the real worker on the demo grid, into
 * docs/screenshots/. The tasks that run are real; some months of history are filled in, so that
 * there is something to see.
 */
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { describeFault, type Outcome } from "../shared/contract/fault.ts";
import { provisionEngine } from "../main/headless/provision/provision-engine.ts";
import { provisionImage } from "../main/headless/provision/provision-image.ts";
import type { Log } from "../main/engine/ports.ts";
import { openBrowser } from "../tests/e2e/support/browser.ts";
import { goTo, openPage } from "../tests/e2e/support/worker-page.ts";
import { addFiles } from "../tests/support/bare-grid.ts";
import { fillHistory } from "../tests/support/fill-history.ts";
import { startWorkerProcess } from "../tests/support/worker-process.ts";
import { provisionBrowser } from "./provision-browser.ts";

const TARGET = join(import.meta.dirname, "../docs/screenshots");
const SIZE = { width: 1280, height: 800 };

const say = (_fields: unknown, message: string): void => console.log(message);
const log: Log = { debug: () => undefined, info: say, warn: say, error: say };
const { signal } = new AbortController();

/** Something to look at while it runs: progress with colours, for some minutes. */
const SIMULATION = `for step in $(seq 1 600); do
  printf '\\033[36mstep %3d\\033[0m  energy \\033[33m-%s.%02d\\033[0m  \\033[32mok\\033[0m\\n' $step $((4000 + step * 3)) $((step % 100))
  python3 -c 'sum(i * i for i in range(400000))'
  sleep 0.3
done`;

const TASKS = [
  { task_id: "protein-energy-17", script: SIMULATION, timeout_seconds: 300, priority: "critical" },
  { task_id: "protein-energy-18", script: SIMULATION, timeout_seconds: 300, priority: "critical" },
  { task_id: "render-frame-0412", script: "python3 render.py --frame 412", priority: "high", resources: { cpus: 16 } },
  {
    task_id: "combine-energies",
    script: "python3 -c 'print(42)'",
    depends_on: ["protein-energy-17", "protein-energy-18"],
  },
  { task_id: "train-classifier", script: "python train.py", image: "pytorch/pytorch:2.9", priority: "low" },
  { task_id: "weather-2026-11", script: "python3 forecast.py", timeout_seconds: 120, depends_on: ["combine-energies"] },
  { task_id: "summarise", script: "cat results | sort | uniq -c", depends_on: ["not-queued-anywhere"] },
];

const folder = mkdtempSync(join(tmpdir(), "dgrid-screenshots-"));
const engine = must(await provisionEngine({ env: process.env, log, signal }));
try {
  const { dockerHost } = engine;
  const image = must(await provisionImage({ env: process.env, dockerHost, log, signal }));
  process.env["DGRID_BROWSER"] = must(await provisionBrowser({ env: process.env, log, signal }));
  const browser = await openBrowser();
  try {
    await takeAll(browser, { DOCKER_HOST: dockerHost, DGRID_IMAGE: image });
  } finally {
    await browser.close();
  }
} finally {
  await engine.stop();
  rmSync(folder, { recursive: true, force: true });
}

async function takeAll(browser: Browser, env: Readonly<Record<string, string>>): Promise<void> {
  const dataDir = join(folder, "d-grid");
  mkdirSync(dataDir, { recursive: true });
  mkdirSync(TARGET, { recursive: true });
  fillHistory(join(dataDir, "history.db"), 1_400, {
    grids: ["https://github.com/open-science/protein-grid.git"],
    open: 0,
  });
  const worker = await startWorkerProcess({ dataDir, env: { ...env, NODE_ID: "my-laptop-4f2a9c" } });
  try {
    const { page } = await openPage(browser, worker.link, SIZE);
    await firstRun(page);
    await goTo(page, "#/history");
    await page.getByRole("row").filter({ hasText: "mandelbrot" }).waitFor();
    const demoGrid = join(dataDir, "demo-grid.git");
    const files = TASKS.map((task) => ({ path: `tasks/queue/${task.task_id}.json`, content: task }));
    await addFiles(demoGrid, files, "[D-GRID] Energies, frames and the weather");
    await goTo(page, "#/running");
    await page.getByText("protein-energy-18").first().waitFor();
    for (const theme of ["light", "dark"] as const) {
      const view = await openPage(browser, worker.link, { ...SIZE, colorScheme: theme });
      await takeScreens(view.page, theme);
      await view.context.close();
    }
  } finally {
    await worker.stop();
  }
}

async function firstRun(page: Page): Promise<void> {
  const next = page.getByRole("button", { name: /^(Next|Skip)$/ });
  await page.getByRole("button", { name: "Check again" }).waitFor();
  await shot(page, "first-run", "light");
  await next.click();
  await page.getByRole("button", { name: "Use the demo grid" }).click();
  await page.getByText("1 grid is chosen").waitFor();
  await next.click();
  await page.getByRole("button", { name: /^Generous/ }).click();
  await next.click();
  await page.getByRole("button", { name: "Start donating" }).click();
}

async function takeScreens(page: Page, theme: "light" | "dark"): Promise<void> {
  await page.getByRole("heading", { name: "Donating", exact: true }).waitFor();
  await page.getByText("Watch the output").first().waitFor();
  await shot(page, "home", theme);
  await screen(page, "queue", theme, () => page.getByRole("row").filter({ hasText: "weather-2026-11" }).waitFor());
  await page.getByRole("button", { name: "combine-energies" }).click();
  await page
    .getByRole("dialog")
    .getByText(/NetworkMode/)
    .first()
    .waitFor();
  await shot(page, "what-will-run", theme);
  await goTo(page, "#/running");
  await page.getByRole("link", { name: /protein-energy-17/ }).click();
  await page.getByRole("log").getByText("energy").nth(8).waitFor();
  await shot(page, "running", theme);
  await screen(page, "history", theme, () => page.getByRole("row").nth(5).waitFor());
  await page.getByRole("button", { name: "mandelbrot" }).click();
  await page.getByRole("dialog").getByText("exit code 0", { exact: false }).first().waitFor();
  await shot(page, "run", theme);
  await screen(page, "limits", theme, () => page.getByText("In use now", { exact: false }).first().waitFor());
  await screen(page, "grids", theme, () => page.getByText("Completed").waitFor());
  await goTo(page, "#/submit");
  await page.getByRole("textbox", { name: "Id", exact: true }).fill("hello-grid");
  await page.getByRole("textbox", { name: "Script" }).fill('echo "Hello from $(nproc) cores"\npython3 --version');
  await page.getByText("A worker would accept this task.").waitFor();
  await shot(page, "submit", theme);
  await screen(page, "settings", theme, () => page.getByRole("button", { name: "Check again" }).waitFor());
}

async function screen(page: Page, name: string, theme: "light" | "dark", ready: () => Promise<void>): Promise<void> {
  await goTo(page, `#/${name}`);
  await page.getByRole("heading", { level: 1 }).waitFor();
  await ready();
  await shot(page, name, theme);
}

async function shot(page: Page, name: string, theme: "light" | "dark"): Promise<void> {
  await page.evaluate("document.fonts.ready");
  await page.screenshot({
    path: join(TARGET, `${name}${theme === "light" ? "" : "-dark"}.png`),
    animations: "disabled",
  });
  console.log(`${name} (${theme})`);
}

function must<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(describeFault(outcome.fault));
  return outcome.value;
}
