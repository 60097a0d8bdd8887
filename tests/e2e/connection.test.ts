/** Who may open the dashboard, and what a page does when its worker goes away and comes back. */
import { createServer, type Server } from "node:http";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { createBareGrid } from "../support/bare-grid.ts";
import { until } from "../support/docker.ts";
import { openBrowser } from "./support/browser.ts";
import { stage } from "./support/stage.ts";
import { goTo, openPage } from "./support/worker-page.ts";
import type { WorkerProcess } from "../support/worker-process.ts";

const at = stage();
let worker: WorkerProcess;
let grid: string;

beforeAll(async () => {
  grid = (await createBareGrid({ dir: join(at.folder(), "grid.git") })).url;
  worker = await at.worker({ env: { DGRID_REPO_URL: grid } });
});

describe("a browser without the link", () => {
  it("is told in words where to find it, and gets nothing else", async () => {
    const { page } = await openPage(at.browser(), worker.url);
    expect(await page.title()).not.toBe("");
    expect(await page.locator("body").innerText()).toContain("link");
    expect(await page.locator("script").count()).toBe(0);
    const wrong = await page.goto(`${worker.url}/?token=${"x".repeat(43)}`);
    expect(wrong?.status()).toBe(401);
    expect((await page.context().cookies()).length).toBe(0);
  });

  it("is let in by the link, which then no longer stands in the address", async () => {
    const { page, context } = await openPage(at.browser(), worker.link);
    await page.getByRole("heading", { name: "Donating", exact: true }).waitFor();
    expect(page.url()).toBe(`${worker.url}/`);
    const [cookie] = await context.cookies();
    expect(cookie).toMatchObject({ httpOnly: true, sameSite: "Strict" });
    // A page of the donor's own browser that is let in is so in its next tab as well.
    const second = await context.newPage();
    await second.goto(worker.url);
    await second.getByRole("heading", { name: "Donating", exact: true }).waitFor();
  });
});

describe("a page from elsewhere in the donor's browser", () => {
  it("opens no socket, reads no answer and cannot frame the dashboard", async () => {
    const foreign = await servePage();
    at.after(() => new Promise((resolve) => foreign.close(() => resolve())));
    const { port } = foreign.address() as AddressInfo;
    const { page, context } = await openPage(at.browser(), worker.link);
    await page.getByRole("heading", { name: "Donating", exact: true }).waitFor();
    // Another port of the same host is the same site: cookies go along. Another name is another site.
    for (const host of ["127.0.0.1", "localhost"]) {
      const hostile = await context.newPage();
      await hostile.goto(`http://${host}:${port}/`);
      expect(await hostile.evaluate(tryEverything, worker.url)).toEqual({
        socket: "refused",
        read: "refused",
        post: "refused",
      });
      await hostile.evaluate(frameIt, worker.url);
      const framed = (): string => hostile.frames()[1]?.url() ?? "";
      await until("the frame shows something", () => !/^(about:blank)?$/.test(framed()));
      // Chromium's own page, because the dashboard does not let itself be framed.
      expect(framed()).toBe("chrome-error://chromewebdata/");
      await hostile.close();
    }
  });

  it("reaches nothing by a name that it points at this machine", async () => {
    const { port } = new URL(worker.url);
    const browser = await openBrowser("--host-resolver-rules=MAP rebound.example 127.0.0.1");
    at.after(() => browser.close());
    const page = await browser.newPage();
    const { search } = new URL(worker.link);
    for (const path of ["/", "/health", `/${search}`]) {
      const answer = await page.goto(`http://rebound.example:${port}${path}`);
      expect([path, answer?.status()]).toEqual([path, 421]);
    }
    expect(await page.context().cookies()).toEqual([]);
  });
});

describe("a worker that is started again under an open page", () => {
  it("is found again, and the page is right again", async () => {
    const dataDir = join(at.folder(), "data");
    const first = await at.workerForTest({ dataDir, env: { DGRID_REPO_URL: grid } });
    const port = Number(new URL(first.url).port);
    const { page } = await openPage(at.browser(), first.link);
    await page.getByRole("heading", { name: "Donating", exact: true }).waitFor();
    first.run.child.kill("SIGKILL");
    await first.run.exited;
    await page.getByText("No connection to the worker").waitFor();
    const again = await at.workerForTest({ dataDir, port, env: { DGRID_REPO_URL: grid, DGRID_TASKS_PER_HOUR: "7" } });
    await page.getByText("No connection to the worker").waitFor({ state: "detached" });
    // What the new process alone knows is shown without loading the page anew.
    await goTo(page, "#/limits");
    await page.getByText("DGRID_TASKS_PER_HOUR").first().waitFor();
    expect(new URL(again.url).port).toBe(String(port));
  });

  it("sends a page away that it does not know any more, and says what to do", async () => {
    const first = await at.workerForTest({ dataDir: join(at.folder(), "data"), env: { DGRID_REPO_URL: grid } });
    const port = Number(new URL(first.url).port);
    const { page } = await openPage(at.browser(), first.link);
    await page.getByRole("heading", { name: "Donating", exact: true }).waitFor();
    await first.stop();
    await at.workerForTest({ dataDir: join(at.folder(), "data"), port, env: { DGRID_REPO_URL: grid } });
    await page.getByText("The worker does not know this page").waitFor();
    expect(await page.locator("body").innerText()).toContain("Open the link that the worker printed");
  });
});

describe("two pages at once", () => {
  it("agree within a moment on what either does", async () => {
    const one = await openPage(at.browser(), worker.link);
    const two = await openPage(at.browser(), worker.link, { colorScheme: "dark" });
    await two.page.getByRole("heading", { name: "Donating", exact: true }).waitFor();
    await one.page.getByRole("switch", { name: "Donate computing time" }).click({ force: true });
    for (const { page } of [one, two]) await page.getByRole("heading", { name: "Paused by you" }).waitFor();
    await goTo(two.page, "#/settings");
    await two.page.getByText("Deutsch", { exact: true }).click();
    await one.page.getByRole("link", { name: "Verlauf" }).waitFor();
    await two.page.getByText("English", { exact: true }).click();
    await one.page.getByRole("link", { name: "History" }).waitFor();
    await one.page.getByRole("switch", { name: "Donate computing time" }).click({ force: true });
    await one.page.getByRole("heading", { name: "Donating", exact: true }).waitFor();
    expect([...one.errors, ...two.errors]).toEqual([]);
  });
});

async function servePage(): Promise<Server> {
  const server = createServer((_request, response) => {
    response.setHeader("content-type", "text/html");
    response.end("<!doctype html><title>elsewhere</title>");
  });
  server.listen(0);
  await once(server, "listening");
  return server;
}

/** Runs in the hostile page. */
async function tryEverything(url: string): Promise<Record<string, string>> {
  const socket = await new Promise<string>((resolve) => {
    const opened = new WebSocket(`${url.replace("http", "ws")}/ws`);
    opened.addEventListener("open", () => resolve("opened"));
    opened.addEventListener("error", () => resolve("refused"));
  });
  const asked = (init: RequestInit): Promise<string> =>
    fetch(`${url}/api/status`, { credentials: "include", ...init }).then(
      (response) => (response.ok ? "answered" : "refused"),
      () => "refused",
    );
  return { socket, read: await asked({}), post: await asked({ method: "POST", mode: "no-cors" }) };
}

/** Frames the dashboard. */
function frameIt(url: string): void {
  const frame = document.createElement("iframe");
  frame.src = `${url}/`;
  document.body.append(frame);
}
