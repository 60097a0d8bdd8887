import { describe, expect, test } from "vitest";
import { fromSegment, toSegment } from "./routes.ts";

describe("a text as a part of an address", () => {
  test.each(["task-1.json", "100%", "%2e%2e%2f", "~7E#?&", "a/b", "שלום", "\u202e", "\u0000"])(
    "%j comes back",
    (text) => {
      const segment = toSegment(text);
      expect(segment).toMatch(/^[\w.~!*'()-]*$/);
      expect(fromSegment(segment)).toBe(text);
    },
  );
  test("a lone surrogate breaks nothing", () => {
    expect(fromSegment(toSegment("a\ud800"))).toBe("a\ufffd");
  });
  test("what nobody made with it comes back as it is", () => {
    expect(fromSegment("~zz")).toBe("~zz");
  });
});
