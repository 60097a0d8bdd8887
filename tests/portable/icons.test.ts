import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { iconPictures } from "../../scripts/icon-pictures.ts";
import { State } from "../../shared/contract/views.ts";
import { readPng } from "../support/read-png.ts";

const PROJECT = join(import.meta.dirname, "../..");
const read = (path: string): Buffer => readFileSync(join(PROJECT, path));
const brand = read("resources/icon.svg").toString("utf8");
const pictures = iconPictures(brand);

/** The ends of a state's files, with their pixels: what Windows, Linux and macOS each pick from. */
const TRAY: Readonly<Record<string, number>> = {
  "": 16,
  "@1.25x": 20,
  "@1.5x": 24,
  "@2x": 32,
  Panel: 24,
  "Panel@2x": 48,
  Template: 16,
  "Template@2x": 32,
};

it("each state has every tray picture, of the size that its name promises", () => {
  for (const state of State.options) {
    for (const [end, size] of Object.entries(TRAY)) {
      const { width, height } = readPng(read(`resources/tray/${state}${end}.png`));
      expect(`${state}${end}: ${width}x${height}`).toBe(`${state}${end}: ${size}x${size}`);
    }
  }
});

it("no two states look alike, with or without colour", () => {
  for (const end of Object.keys(TRAY)) {
    const images = State.options.map((state) => readPng(read(`resources/tray/${state}${end}.png`)).rgba);
    expect(new Set(images.map((rgba) => Buffer.from(rgba).toString("base64"))).size).toBe(State.options.length);
    // Which pixels stand out from the picture's background, whatever their colour.
    const shapes = images.map((rgba) => shapeOf(rgba).join(""));
    expect(new Set(shapes).size).toBe(State.options.length);
  }
});

it("a template picture is black and transparent only, and shows something", () => {
  for (const state of State.options) {
    for (const end of ["Template", "Template@2x"]) {
      const { rgba } = readPng(read(`resources/tray/${state}${end}.png`));
      const alphas = Array.from({ length: rgba.length / 4 }, (_, pixel) => rgba[pixel * 4 + 3] ?? 0);
      const coloured = rgba.filter((value, at) => at % 4 !== 3 && value !== 0 && alphas[Math.floor(at / 4)] !== 0);
      expect(coloured).toHaveLength(0);
      expect(alphas.filter((alpha) => alpha === 0).length).toBeGreaterThan(0);
      expect(alphas.filter((alpha) => alpha === 255).length).toBeGreaterThan(0);
    }
  }
});

it("every picture that is drawn is here in its size, and no other", () => {
  for (const { path, size } of pictures) {
    const { width, height } = readPng(read(path));
    expect(`${path}: ${width}x${height}`).toBe(`${path}: ${size}x${size}`);
  }
  for (const folder of ["resources/tray", "resources/icons"]) {
    const drawn = pictures.map(({ path }) => path).filter((path) => path.startsWith(`${folder}/`));
    expect(readdirSync(join(PROJECT, folder)).sort()).toEqual(
      drawn.map((path) => path.slice(folder.length + 1)).sort(),
    );
  }
});

it("the window, its tab and the packages show one brand", () => {
  expect(read("renderer/public/icon.svg").toString("utf8")).toBe(brand);
  const shown = read("renderer/ui/brand-mark.tsx").toString("utf8");
  const details = [...brand.matchAll(/(?: d| fill| rx| cx| cy| r|viewBox)="[^"]+"/g)].map(([detail]) => detail.trim());
  expect(details.length).toBeGreaterThan(8);
  expect(details.filter((detail) => !shown.includes(detail))).toEqual([]);
});

it("what is no picture of ours is refused", () => {
  expect(() => readPng(Buffer.from("<svg/>"))).toThrow("not a PNG file");
});

/** A one for each pixel that differs from the darkest thing of the picture: its chip, or nothing. */
function shapeOf(rgba: Uint8Array): number[] {
  return Array.from({ length: rgba.length / 4 }, (_, pixel) => {
    const [red = 0, green = 0, blue = 0, alpha = 0] = rgba.subarray(pixel * 4, pixel * 4 + 4);
    const template = red + green + blue === 0;
    return (template ? alpha > 127 : red + green + blue > 300 && alpha > 127) ? 1 : 0;
  });
}
