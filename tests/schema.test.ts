import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { outdatedSchemas, schemaFiles, writeSchemas } from "../scripts/schema.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "dgrid-schema-"));
  writeSchemas(folder);
});
afterEach(() => rmSync(folder, { recursive: true }));

it("the published schemas are current", () => {
  expect(outdatedSchemas()).toEqual([]);
});

it("a file that was changed by hand is named, the others are not", () => {
  expect(outdatedSchemas(folder)).toEqual([]);
  const path = join(folder, "task.schema.json");
  writeFileSync(path, readFileSync(path, "utf8").replace("300", "3000"));
  expect(outdatedSchemas(folder).map((file) => basename(file))).toEqual(["task.schema.json"]);
});

it("a missing file is named", () => {
  rmSync(join(folder, "claim.schema.json"));
  expect(outdatedSchemas(folder).map((file) => basename(file))).toEqual(["claim.schema.json"]);
});

it("a field with a default need not be written", () => {
  const task: unknown = JSON.parse(schemaFiles().get("task.schema.json") ?? "null");
  expect(task).toMatchObject({ type: "object", required: ["task_id", "script"] });
});
