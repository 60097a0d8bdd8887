import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { RowSlots } from "./row-slots.ts";

const window = (first: number, count: number) => Array.from({ length: count }, (_, index) => first + index);

describe("slots of rows", () => {
  it("stay with their rows and go to new ones while scrolling", () => {
    const slots = new RowSlots();
    expect(slots.assign(window(0, 4))).toEqual([0, 1, 2, 3]);
    expect(slots.assign(window(1, 4))).toEqual([1, 2, 3, 0]);
    expect(slots.assign(window(100, 4)).toSorted((a, b) => a - b)).toEqual([0, 1, 2, 3]);
  });

  it("are never shared, and never more than rows were drawn at once", () => {
    const anyWindows = fc.array(fc.tuple(fc.nat(50), fc.nat(12)), { maxLength: 30 });
    fc.assert(
      fc.property(anyWindows, (windows) => {
        const slots = new RowSlots();
        const most = Math.max(0, ...windows.map(([, count]) => count));
        for (const [first, count] of windows) {
          const assigned = slots.assign(window(first, count));
          expect(new Set(assigned).size).toBe(count);
          expect(Math.max(-1, ...assigned)).toBeLessThan(most);
        }
      }),
    );
  });
});
