import { describe, expect, it } from "vitest";
import { Settings } from "../../../shared/settings/settings.ts";
import { changesOf } from "./settings-changes.ts";

const grid = (id: string) => ({ id: id.repeat(16), url: `/srv/${id}`, enabled: true, weight: 1 });
const current = Settings.parse({ grids: [grid("a"), grid("b")], limits: { cpus: 2, parallel: 1 } });

describe("a settings file", () => {
  it("changes nothing when it is what was exported", () => {
    expect(changesOf(JSON.stringify(current), current)).toEqual({
      grids: { added: 0, removed: 0, kept: 2 },
      changed: [],
    });
  });

  it("is the same in whatever order its values stand", () => {
    const turned = { ...current, limits: Object.fromEntries(Object.entries(current.limits).toReversed()) };
    expect(changesOf(JSON.stringify(turned), current)?.changed).toEqual([]);
  });

  it("names the sections that change and counts the grids", () => {
    const other = { ...current, grids: [grid("b"), grid("c")], limits: { cpus: 3 }, history: { keepDays: 30 } };
    expect(changesOf(JSON.stringify(other), current)).toEqual({
      grids: { added: 1, removed: 1, kept: 1 },
      changed: ["limits", "history"],
    });
  });

  it("names what only the desktop application does, like any other section", () => {
    const other = { ...current, desktop: { ...current.desktop, onQuit: "finish" } };
    expect(changesOf(JSON.stringify(other), current)?.changed).toEqual(["desktop"]);
  });

  it("is none when it is something else", () => {
    for (const text of ["", "[]", "{}", '{"version":2}', "\0"]) expect(changesOf(text, current)).toBeUndefined();
  });
});
