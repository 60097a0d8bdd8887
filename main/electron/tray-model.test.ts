import { describe, expect, it } from "vitest";
import type { StatusView } from "../../shared/contract/views.ts";
import { textsOf } from "../../shared/texts/texts.ts";
import { trayModel, type TrayItem, type TrayPicture } from "./tray-model.ts";

const EN = textsOf("en", []);

function picture(changes: Partial<TrayPicture> & { status?: StatusView } = {}): TrayPicture {
  return {
    status: { mode: { kind: "donate" }, state: "donating", reason: "donating", fault: null },
    runs: [],
    hasGrid: true,
    quitting: undefined,
    ...changes,
  };
}

function labels(items: readonly TrayItem[]): string[] {
  return items.flatMap((item) => (item.kind === "line" ? [] : [item.label]));
}

describe("the tray", () => {
  it("says when a timed pause ends, in the donor's own words for a time", () => {
    const untilMs = new Date(2026, 10, 24, 18, 30).getTime();
    const status: StatusView = {
      mode: { kind: "paused", untilMs, resumeAs: "always" },
      state: "suspended",
      reason: "paused_by_donor",
      fault: null,
    };
    const { items, toolTip } = trayModel(picture({ status }), EN);
    expect(labels(items)[0]).toMatch(/^Paused by you, until .*30/);
    expect(toolTip).toContain("Paused by you, until");
    const resume = items.find((item) => item.kind === "action" && item.label === "Resume");
    // What was before the pause comes back.
    expect(resume).toMatchObject({ action: { do: "mode", input: { to: "always" } } });
  });

  it("offers nothing but the demo grid where there is no grid to give to", () => {
    const off: StatusView = { mode: { kind: "off" }, state: "off", reason: "not_switched_on", fault: null };
    expect(labels(trayModel(picture({ status: off, hasGrid: false }), EN).items)).toEqual([
      "Not donating",
      "Donate to a demo grid on this machine",
      "No task is running",
      "Open D-GRID",
      "Quit D-GRID",
    ]);
  });

  it("shows names of tasks as they are, short and without what hides", () => {
    const runs = [
      { taskId: `evil\u202egnp\u0000${"x".repeat(100)}`, claimId: "1", state: "running" as const },
      { taskId: "b", claimId: "2", state: "waiting" as const },
    ];
    const menu = trayModel(picture({ runs }), EN).items.find(
      (item) => item.kind === "menu" && /running/.test(item.label),
    );
    expect(menu).toMatchObject({ label: "1 task is running", items: [{ label: /^evil\uFFFDgnp\uFFFDx+…$/ }] });
  });

  it("says that it quits, and offers no switch meanwhile", () => {
    const { items } = trayModel(picture({ quitting: "finish" }), EN);
    expect(labels(items)).toEqual([
      "Quitting when running tasks are finished",
      "No task is running",
      "Open D-GRID",
      "Quit D-GRID",
    ]);
  });
});
