import { describe, expect, it } from "vitest";
import { proposalFor } from "./github-proposal.ts";

describe("a proposal on GitHub", () => {
  it("opens the new-file page of the repository with the file filled in", () => {
    const proposal = proposalFor("https://github.com/science/folding.git", "a-1", '{"x": "& é"}', "headless");
    expect(proposal).toEqual({
      url: "https://github.com/science/folding/new/HEAD/tasks/unapproved?filename=a-1.json&value=%7B%22x%22%3A%20%22%26%20%C3%A9%22%7D",
      filled: true,
    });
  });

  it("knows each form of the address", () => {
    for (const url of ["https://github.com/o/r", "git@github.com:o/r.git", "ssh://git@github.com/o/r.git"]) {
      expect(proposalFor(url, "a", "", "headless")?.url).toMatch(/^https:\/\/github\.com\/o\/r\/new\/HEAD\//);
    }
  });

  it("is not made for another host or a path that leads elsewhere", () => {
    for (const url of [
      "https://github.com.evil.example/o/r",
      "https://evil.example/github.com/o/r",
      "https://github.com/o/..",
      "https://github.com/o/r/../../x",
      "https://user@github.com/o/r",
      "/srv/git/r.git",
    ]) {
      expect(proposalFor(url, "a", "", "headless")).toBeUndefined();
    }
  });

  it("leaves the file out where the address would be too long", () => {
    const proposal = proposalFor("https://github.com/o/r", "a", "ü".repeat(5_000), "headless");
    expect(proposal?.filled).toBe(false);
    expect(proposal?.url).not.toContain("value=");
  });

  it("leaves it out earlier where another program has to be asked to open the address", () => {
    const text = "x".repeat(3_000);
    expect(proposalFor("https://github.com/o/r", "a", text, "headless")?.filled).toBe(true);
    expect(proposalFor("https://github.com/o/r", "a", text, "electron")?.filled).toBe(false);
  });

  it("is measured as it is sent, with what an address writes longer", () => {
    const proposal = proposalFor("https://github.com/o/r", "a", "'".repeat(1_500), "electron");
    expect(proposal?.filled).toBe(false);
  });

  it("does not fail on text that is no Unicode", () => {
    expect(proposalFor("https://github.com/o/r", "a", "\ud800", "headless")?.filled).toBe(true);
  });
});
