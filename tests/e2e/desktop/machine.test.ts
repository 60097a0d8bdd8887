/** What the system tells of the machine, and what the engine makes of it: the reason stands in tray and window. */
import { spawn, type ChildProcess } from "node:child_process";
import { copyFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import type { Page } from "playwright-core";
import { createBareGrid } from "../../support/bare-grid.ts";
import { containersOf, engineRequest, until } from "../../support/docker.ts";
import { power, powerEvent, toolTip, trayMenu } from "./support/desktop.ts";
import {
  desktopHome,
  type DesktopHome,
  expectHome,
  pageOf,
  quietSettings,
  expectTray,
} from "./support/desktop-stage.ts";
import type { DesktopApp } from "./support/launch.ts";

const QUIET = { busyAbove: 1, freeMemoryFloorBytes: 0, freeDiskFloorBytes: 0 };

interface AtWork {
  readonly app: DesktopApp;
  readonly page: Page;
  readonly home: DesktopHome;
}

async function atWork(policy: Readonly<Record<string, unknown>> = {}): Promise<AtWork> {
  const home = desktopHome({
    settings: quietSettings({ setUp: true, policy: { ...QUIET, ...policy } }),
    mode: { kind: "donate" },
  });
  const { url } = await createBareGrid({
    dir: join(home.home, "grid.git"),
    tasks: [{ task_id: "long", script: "while :; do :; done", timeout_seconds: 300 } as { task_id: string }],
  });
  const app = await home.start({ env: { DGRID_REPO_URL: url } });
  const page = await pageOf(app);
  await until(
    "the task runs",
    async () => (await trayMenu(app)).some(({ label }) => label === "1 task is running"),
    90_000,
  );
  return { app, page, home };
}

async function frozen({ instanceId }: DesktopHome): Promise<boolean> {
  const [container] = await containersOf(instanceId);
  if (container === undefined) throw new Error("there is no container");
  const { json } = await engineRequest("GET", `/containers/${container.Id}/json`);
  return (json as { State: { Paused: boolean } }).State.Paused;
}

/** In window and tray, and of the container. */
async function expectSuspended({ app, page, home }: AtWork, title: string): Promise<void> {
  await expectTray(app, title);
  await expectHome(page, title);
  expect(await toolTip(app)).toContain(title);
  await until("the task is frozen", () => frozen(home));
}

async function expectGoesOn({ app, page, home }: AtWork): Promise<void> {
  await expectTray(app, "Donating");
  await expectHome(page, "Donating");
  await until("the task runs on", async () => !(await frozen(home)));
}

describe("the machine", () => {
  it("on battery freezes tasks, plugged in again it goes on", async () => {
    const work = await atWork();
    const { app } = work;
    await power(app, { battery: true });
    await powerEvent(app, "on-battery");
    await expectSuspended(work, "Paused: on battery");
    await power(app, { battery: false });
    await powerEvent(app, "on-ac");
    await expectGoesOn(work);
  });

  it("going to sleep freezes tasks at once, and awake again it goes on", async () => {
    const work = await atWork();
    const { app } = work;
    await powerEvent(app, "suspend");
    await expectSuspended(work, "Paused: the machine sleeps");
    await powerEvent(app, "resume");
    await expectGoesOn(work);
  });

  it("used by a person waits where that was chosen, and a locked screen is nobody's", async () => {
    const work = await atWork({ whenActive: "suspend", idleMinutes: 3 });
    const { app } = work;
    await power(app, { idleSeconds: 5 });
    await expectSuspended(work, "Paused: you are here");
    await powerEvent(app, "lock-screen");
    await expectGoesOn(work);
    await powerEvent(app, "unlock-screen");
    await expectSuspended(work, "Paused: you are here");
    await power(app, { idleSeconds: 181 });
    await expectGoesOn(work);
  });

  it("too hot freezes tasks, cooled down it goes on", async () => {
    const work = await atWork();
    const { app } = work;
    await power(app, { thermal: "critical" });
    await expectSuspended(work, "Paused: too hot");
    await power(app, { thermal: "nominal" });
    await expectGoesOn(work);
  });

  it("that runs a program which goes first waits for its end", async () => {
    const work = await atWork({ exclusivePrograms: ["Vitest-Game", "dgrid-host-game"] });
    const child = startProgram(work.home);
    await expectSuspended(work, "Paused: another program goes first");
    child.kill();
    await expectGoesOn(work);
  });
});

/** A program by the name of one that the donor gave the machine to; its file is gone with the home. */
function startProgram({ home }: DesktopHome): ChildProcess {
  const program = join(home, "dgrid-host-game");
  copyFileSync("/bin/sleep", program);
  const child = spawn(program, ["600"], { stdio: "ignore" });
  onTestFinished(() => void child.kill("SIGKILL"));
  return child;
}
