import { describe, expect, test } from "vitest";
import { Policy } from "../../../shared/settings/policy.ts";
import { PROGRAM_MOST_CHARACTERS, PROGRAMS_MOST, programNames, RULE_DEFAULTS } from "./rule-defaults.ts";

test("the defaults that are shown are those of the settings", () => {
  expect(Policy.parse({})).toMatchObject(RULE_DEFAULTS);
});

describe("a list of programs", () => {
  test("loses what is blank, what is there already, and the space around a name", () => {
    expect(programNames([" steam ", "", "  ", "zoom", "steam"])).toEqual(["steam", "zoom"]);
  });

  test("is one that the settings take, whatever was pasted", () => {
    const pasted = Array.from({ length: PROGRAMS_MOST + 50 }, (_, index) => `${index} ${"x".repeat(500)}\ud800`);
    const names = programNames(pasted);
    expect(names).toHaveLength(PROGRAMS_MOST);
    expect(names.every((name) => name.length <= PROGRAM_MOST_CHARACTERS)).toBe(true);
    expect(Policy.parse({ exclusivePrograms: names }).exclusivePrograms).toEqual(names);
  });

  test("keeps a name that ends in half a character harmless", () => {
    expect(programNames(["game\ud83d"])).toEqual(["game\ufffd"]);
  });
});
