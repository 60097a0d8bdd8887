import { describe, expect, it } from "vitest";
import { problemOf, withDefault } from "./image-list.ts";

const images = { default: "python:3.11-alpine", allowed: ["alpine:3.20", "node:24"], pull: true };

describe("allowed images", () => {
  it("take references as the settings do", () => {
    expect(problemOf("ghcr.io/a/b:1.2@sha256:0a", images)).toBeUndefined();
    for (const bad of ["", "-rm", "Python", "a b", "a\n", "a".repeat(256)]) {
      expect(problemOf(bad, images)).toBe("imageBad");
    }
  });

  it("take none twice", () => {
    expect(problemOf("python:3.11-alpine", images)).toBe("imageTwice");
    expect(problemOf("node:24", images)).toBe("imageTwice");
  });

  it("keep the former default allowed", () => {
    expect(withDefault(images, "node:24")).toEqual({
      default: "node:24",
      allowed: ["python:3.11-alpine", "alpine:3.20"],
      pull: true,
    });
  });
});
