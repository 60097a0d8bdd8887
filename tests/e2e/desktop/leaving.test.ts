/** Quitting during a task: what was chosen is done, and nothing is left behind. */
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { createBareGrid } from "../../support/bare-grid.ts";
import { containersOf, until } from "../../support/docker.ts";
import { inspectGrid } from "../../support/inspect-grid.ts";
import { answerNext, clickTray, dialogs, power, powerEvent, trayMenu } from "./support/desktop.ts";
import { desktopHome, quietSettings, expectTray, type DesktopHome } from "./support/desktop-stage.ts";
import type { DesktopApp } from "./support/launch.ts";

async function atWork(
  script: string,
  onQuit: "ask" | "finish" | "give_back",
  timeoutSeconds = 300,
): Promise<{ home: DesktopHome; app: DesktopApp }> {
  const home = desktopHome({
    settings: quietSettings({ setUp: true, desktop: { onQuit } }),
    mode: { kind: "donate" },
  });
  const grid = join(home.home, "grid.git");
  const { url } = await createBareGrid({
    dir: grid,
    tasks: [{ task_id: "the-task", script, timeout_seconds: timeoutSeconds } as { task_id: string }],
  });
  const app = await home.start({ args: ["--hidden"], env: { DGRID_REPO_URL: url } });
  await until(
    "the task runs",
    async () => (await trayMenu(app)).some(({ label }) => label === "1 task is running"),
    90_000,
  );
  return { home, app };
}

async function leftBehind(
  home: DesktopHome,
): Promise<{ containers: number; queued: number; claimed: number; done: number }> {
  const { tasks, claims } = await inspectGrid(join(home.home, "grid.git"));
  return {
    containers: (await containersOf(home.instanceId)).length,
    queued: tasks.queue.length,
    claimed: tasks.in_progress.length + claims.length,
    done: tasks.completed.length,
  };
}

describe("quitting while a task runs", () => {
  it("asks, and goes on working where the answer is no", async () => {
    const { app } = await atWork("sleep 300", "ask");
    await clickTray(app, "Quit D-GRID");
    await until("the question was asked", async () => (await dialogs(app)).length === 1);
    expect((await dialogs(app))[0]).toMatchObject({
      message: "Tasks are running. What should become of them?",
      buttons: ["Finish them, then quit", "Give them back and quit", "Keep running"],
      response: 2,
    });
    await expectTray(app, "Donating");
    expect((await trayMenu(app)).some(({ label }) => label === "1 task is running")).toBe(true);
    // And gives the task back where that is the answer.
    await answerNext(app, 1);
    await clickTray(app, "Quit D-GRID");
    expect(await app.exited).toBe(0);
  });

  it("gives the task back where that was chosen: no container and no claim stays", async () => {
    const { app, home } = await atWork("sleep 300", "give_back");
    await clickTray(app, "Quit D-GRID");
    expect(await app.exited).toBe(0);
    expect(await leftBehind(home)).toEqual({ containers: 0, queued: 1, claimed: 0, done: 0 });
  });

  it("finishes the task where that was chosen, and says meanwhile that it does", async () => {
    const { app, home } = await atWork("sleep 15; echo finished", "finish");
    await clickTray(app, "Quit D-GRID");
    await expectTray(app, "Quitting when running tasks are finished");
    expect(await app.exited).toBe(0);
    expect(await leftBehind(home)).toEqual({ containers: 0, queued: 0, claimed: 0, done: 1 });
  });

  it("asked a second time does not wait any longer", async () => {
    const { app, home } = await atWork("sleep 300", "finish");
    await clickTray(app, "Quit D-GRID");
    await expectTray(app, "Quitting when running tasks are finished");
    await clickTray(app, "Quit D-GRID");
    expect(await app.exited).toBe(0);
    expect(await leftBehind(home)).toEqual({ containers: 0, queued: 1, claimed: 0, done: 0 });
  });

  it("does not ask when the machine is shut down", async () => {
    const { app, home } = await atWork("sleep 300", "ask");
    await powerEvent(app, "shutdown");
    expect(await app.exited).toBe(0);
    expect(await leftBehind(home)).toMatchObject({ containers: 0, queued: 1, claimed: 0 });
  });

  it("thaws what a rule had frozen, so that it can finish", async () => {
    const { app, home } = await atWork("sleep 8; echo finished", "finish");
    await power(app, { battery: true });
    await powerEvent(app, "on-battery");
    await expectTray(app, "Paused: on battery");
    await clickTray(app, "Quit D-GRID");
    expect(await app.exited).toBe(0);
    expect(await leftBehind(home)).toMatchObject({ containers: 0, claimed: 0, done: 1 });
  });
});

describe("an application that is killed", () => {
  it("leaves its dead-man's switch, which ends the container at its deadline", async () => {
    const { app, home } = await atWork("sleep 300", "give_back", 20);
    await app.kill();
    expect(await containersOf(home.instanceId)).toHaveLength(1);
    await until("the container is gone", async () => (await containersOf(home.instanceId)).length === 0, 120_000);
  });
});
