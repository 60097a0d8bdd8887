import { describe, expect, it } from "vitest";
import type { CheckView } from "../../../shared/contract/views.ts";
import { merged, verdictOf } from "./merged-checks.ts";

const check = (name: CheckView["name"], subject: string, state: CheckView["state"]): CheckView => ({
  name,
  subject,
  state,
  found: "",
  fault: null,
});

describe("checks that are told one by one", () => {
  it("come in the order in which they were first told", () => {
    const told = [check("git", "", "running"), check("engine", "", "running"), check("git", "", "fine")];
    const checks = told.reduce<readonly CheckView[]>(merged, []);
    expect(checks.map(({ name, state }) => [name, state])).toEqual([
      ["git", "fine"],
      ["engine", "running"],
    ]);
  });

  it("are told apart by their subject", () => {
    const told = [check("image", "a", "fine"), check("image", "b", "fault")];
    expect(told.reduce<readonly CheckView[]>(merged, [])).toEqual(told);
  });

  it("count faults and notes, and know whether one is under way", () => {
    const checks = [check("git", "", "note"), check("engine", "", "fault"), check("disk", "", "running")];
    expect(verdictOf(checks)).toEqual({ faults: 1, notes: 1, running: true });
  });
});
