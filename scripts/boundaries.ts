/**
 * `npm run boundaries`: who may import whom, by the rules of .dependency-cruiser.mjs.
 *
 * Invariant: a run that read no module fails. The checker is silent, not loud, where its parser
 * is missing, and a check that looks at nothing must not pass.
 */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { cruise } from "dependency-cruiser";
import extractDepcruiseOptions from "dependency-cruiser/config-utl/extract-depcruise-options";

const PROJECT = join(import.meta.dirname, "..");
const FOLDERS = ["shared", "main", "renderer", ".github/scripts", "tests", "bench", "scripts"];

/** What a run found: how much it read, and each import that no rule allows, as a sentence. */
interface Findings {
  readonly modules: number;
  readonly violations: readonly string[];
}

/** Checks the project's folders under `root`; the rules are always this project's. */
export async function checkBoundaries(root: string): Promise<Findings> {
  const options = await extractDepcruiseOptions(join(PROJECT, ".dependency-cruiser.mjs"));
  const folders = FOLDERS.filter((folder) => existsSync(join(root, folder)));
  // Without a folder the checker would throw an error that does not say what is wrong.
  if (folders.length === 0) return { modules: 0, violations: [] };
  const { output } = await cruise(folders, { ...options, baseDir: root, validate: true });
  if (typeof output === "string") throw new Error(`the checker answered with text: ${output}`);
  const read = output.modules.filter(({ source }) => folders.some((folder) => source.startsWith(`${folder}/`)));
  const violations = output.summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} -> ${to}`);
  return { modules: read.length, violations };
}

/** The sentence that fails a run, or undefined where it passes. */
export function boundaryFailure({ modules, violations }: Findings): string | undefined {
  if (modules === 0) return "boundaries: no module was read, so nothing was checked";
  return violations.length === 0 ? undefined : ["boundaries:", ...violations].join("\n  ");
}

if (import.meta.main) {
  const failed = boundaryFailure(await checkBoundaries(process.cwd()));
  if (failed !== undefined) {
    console.error(failed);
    process.exitCode = 1;
  }
}
