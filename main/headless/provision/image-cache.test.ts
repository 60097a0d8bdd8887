import { mkdtempSync, readdirSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { cachedImage, cacheImage, imageCacheFolder, partPath } from "./image-cache.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "dgrid-cache-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

async function store(name: string, content: string): Promise<string> {
  const part = partPath(folder, name);
  writeFileSync(part, content);
  return cacheImage(folder, name, part);
}

it("finds what was stored, by its name", async () => {
  const path = await store("task-x64", "a tar");
  await store("task-arm64", "another tar");
  expect(await cachedImage(folder, "task-x64")).toBe(path);
});

it("throws a damaged file away, so that it is built again", async () => {
  const path = await store("task", "a tar that loses its end");
  truncateSync(path, 5);
  expect(await cachedImage(folder, "task")).toBeUndefined();
  expect(readdirSync(folder)).toEqual([]);
});

it("never takes an unfinished build for an image", async () => {
  writeFileSync(partPath(folder, "task"), "half");
  expect(await cachedImage(folder, "task")).toBeUndefined();
});

it("has nothing where there is no folder", async () => {
  expect(await cachedImage(join(folder, "missing"), "task")).toBeUndefined();
});

it("keeps to the user's cache folder", () => {
  expect(imageCacheFolder({ XDG_CACHE_HOME: folder })).toBe(join(folder, "dgrid", "images"));
  expect(imageCacheFolder({ XDG_CACHE_HOME: "" })).toContain(".cache");
});
