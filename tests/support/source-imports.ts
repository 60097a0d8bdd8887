import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** Imports and re-exports of values; what is imported as a type leaves no trace in the program. */
const STATIC = /^\s*(?:import|export)\s+(?!type\b)(?:[^"';]*?\sfrom\s+)?"([^"]+)"/gm;
const DYNAMIC = /\bimport\("([^"]+)"\)/g;

/** The packages that a module of ours needs, itself or through other modules of ours, by their names. */
export function packagesOf(entry: string): ReadonlySet<string> {
  const packages = new Set<string>();
  const seen = new Set<string>();
  const open = [entry];
  for (let file = open.pop(); file !== undefined; file = open.pop()) {
    if (seen.has(file)) continue;
    seen.add(file);
    const text = readFileSync(file, "utf8");
    for (const [, name = ""] of [...text.matchAll(STATIC), ...text.matchAll(DYNAMIC)]) {
      if (name.startsWith(".")) open.push(join(dirname(file), name));
      else if (!name.startsWith("node:") && name !== "electron") packages.add(packageOf(name));
    }
  }
  return packages;
}

/** "@scope/name" of "@scope/name/part". */
function packageOf(specifier: string): string {
  return specifier
    .split("/")
    .slice(0, specifier.startsWith("@") ? 2 : 1)
    .join("/");
}
