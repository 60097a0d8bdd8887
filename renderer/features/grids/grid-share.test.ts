import { describe, expect, it } from "vitest";
import { shareOf } from "./grid-share.ts";

const grid = (id: string, weight: number, rest: { enabled?: boolean; leaving?: boolean } = {}) => ({
  id,
  weight,
  enabled: true,
  leaving: false,
  ...rest,
});

describe("a grid's share", () => {
  it("is its weight beside the others'", () => {
    const all = [grid("a", 1), grid("b", 3)];
    expect(all.map((one) => shareOf(one, all))).toEqual([0.25, 0.75]);
  });

  it("leaves out grids that get nothing", () => {
    const all = [grid("a", 1), grid("b", 3, { enabled: false }), grid("c", 9, { leaving: true })];
    expect(all.map((one) => shareOf(one, all))).toEqual([1, 0, 0]);
  });
});
