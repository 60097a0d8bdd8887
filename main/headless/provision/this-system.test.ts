import { expect, it } from "vitest";
import { parseOsRelease, readThisSystem } from "./this-system.ts";

it("reads an os-release file, with and without quotes", () => {
  const text = "PRETTY_NAME=\"Debian GNU/Linux 12 (bookworm)\"\nID=debian\nVERSION_ID='12'\n# comment\nbroken\n";
  expect(parseOsRelease(text)).toEqual({
    PRETTY_NAME: "Debian GNU/Linux 12 (bookworm)",
    ID: "debian",
    VERSION_ID: "12",
  });
});

it("takes DGRID_PROVISION=0, and nothing else, as a refusal", () => {
  expect(readThisSystem({ DGRID_PROVISION: "0" }).allowed).toBe(false);
  expect(readThisSystem({ DGRID_PROVISION: "1" }).allowed).toBe(true);
  expect(readThisSystem({}).allowed).toBe(true);
});
