/**
 * `npm run schema` writes the domain's schemas as JSON Schema files, for those who write tasks
 * and tools; `--check` fails where a file is not what the schema says now.
 *
 * They describe what may be written into a grid: the input side, before defaults are filled in.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { z } from "zod";
import { Attempts } from "../shared/domain/attempts.ts";
import { Claim } from "../shared/domain/claim.ts";
import { GridSettings } from "../shared/domain/grid.ts";
import { Node } from "../shared/domain/node.ts";
import { TaskResult } from "../shared/domain/result.ts";
import { Task } from "../shared/domain/task.ts";

const PROJECT = join(import.meta.dirname, "..");
const FOLDER = join(PROJECT, "docs/schema");
const SCHEMAS = { task: Task, claim: Claim, result: TaskResult, node: Node, grid: GridSettings, attempts: Attempts };

/** Each file's name and the text it is to have. */
export function schemaFiles(): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(SCHEMAS).map(([name, schema]) => [
      `${name}.schema.json`,
      `${JSON.stringify(z.toJSONSchema(schema, { io: "input" }), null, 2)}\n`,
    ]),
  );
}

export function writeSchemas(folder = FOLDER): void {
  mkdirSync(folder, { recursive: true });
  for (const [name, text] of schemaFiles()) writeFileSync(join(folder, name), text);
}

/** The files in the folder that are missing or say something else than the schemas do. */
export function outdatedSchemas(folder = FOLDER): string[] {
  return [...schemaFiles()]
    .map(([name, text]) => ({ path: join(folder, name), text }))
    .filter(({ path, text }) => !existsSync(path) || readFileSync(path, "utf8") !== text)
    .map(({ path }) => path);
}

if (import.meta.main) {
  if (process.argv.includes("--check")) {
    for (const path of outdatedSchemas()) {
      console.error(`schema: ${relative(PROJECT, path)} is not current; run: npm run schema`);
      process.exitCode = 1;
    }
  } else writeSchemas();
}
