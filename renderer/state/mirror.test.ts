import { describe, expect, test } from "vitest";
import { fault } from "../../shared/contract/fault.ts";
import type { DesktopView, GridView, RunView } from "../../shared/contract/views.ts";
import { brought, type Picture } from "./mirror.ts";

// Only the lists are looked at here; the rest of a picture is replaced whole.
const picture = {
  grids: new Map([["g1", { id: "g1", name: "one" } as GridView]]),
  queues: new Map([["g1", new Map([["a.json", { file: "a.json", verdict: "eligible" as const }]])]]),
  runs: new Map([["c1", { claimId: "c1" } as RunView]]),
  logEnds: { c1: 5 },
  historyVersion: 1,
  recovered: [],
  desktop: null,
} as unknown as Picture;

describe("an event brings the picture forward", () => {
  test("rows of a queue come, change and go, and other queues stay the same objects", () => {
    const after = brought(picture, {
      name: "queue",
      payload: { gridId: "g2", upserted: [{ file: "b.json", verdict: "too_big" }], removed: [] },
    });
    expect([...(after.queues.get("g2")?.keys() ?? [])]).toEqual(["b.json"]);
    expect(after.queues.get("g1")).toBe(picture.queues.get("g1"));
    const gone = brought(after, { name: "queue", payload: { gridId: "g2", upserted: [], removed: ["b.json"] } });
    expect(gone.queues.get("g2")?.size).toBe(0);
  });
  test("a grid that goes takes its queue along", () => {
    const after = brought(picture, { name: "grids", payload: { upserted: [], removed: ["g1"] } });
    expect(after.grids.size).toBe(0);
    expect(after.queues.size).toBe(0);
  });
  test("what is removed and comes again is there", () => {
    const after = brought(picture, {
      name: "runs",
      payload: { upserted: [{ claimId: "c1", attempt: 2 } as RunView], removed: ["c1"] },
    });
    expect(after.runs.get("c1")?.attempt).toBe(2);
  });
  test("log ends are taken over run by run", () => {
    expect(brought(picture, { name: "logs", payload: { c2: 7 } }).logEnds).toEqual({ c1: 5, c2: 7 });
  });
  test("what was found damaged is replaced as a whole", () => {
    const recovered = [fault("settings_damaged", "/data/settings.json.damaged")];
    const after = brought(picture, { name: "recovered", payload: recovered });
    expect(after.recovered).toBe(recovered);
    expect(brought(after, { name: "recovered", payload: [] }).recovered).toEqual([]);
  });
  test("what the desktop application tells is taken over, and nothing else with it", () => {
    const desktop: DesktopView = {
      tray: false,
      update: { state: "fetching", version: "2.0.0", notes: null, progress: 0.5, installsOnQuit: true, fault: null },
    };
    expect(brought(picture, { name: "desktop", payload: desktop })).toEqual({ ...picture, desktop });
  });
  test("the history's version grows", () => {
    expect(brought(picture, { name: "history", payload: {} }).historyVersion).toBe(2);
  });
});
