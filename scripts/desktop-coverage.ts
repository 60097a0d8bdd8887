/**
 * How much of the desktop application's main process its end-to-end specs run, told by the folder
 * that their applications' V8 wrote coverage into (NODE_V8_COVERAGE).
 *
 * A line counts where a statement begins on it, and has run where such a statement has. c8 counts
 * lines that never ran as run here: it does not follow the map of a bundle of many modules.
 *
 * Invariant: a module that no process loaded counts with every line; types have no statements.
 */
import { readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import Table from "cli-table3";
import { CoverageReport } from "monocart-coverage-reports";
import { transformWithOxc } from "vite";

const PROJECT = join(import.meta.dirname, "..");
const BUNDLE = pathToFileURL(join(PROJECT, "dist/electron/")).href;
const SOURCES = "main/electron";
/** What the specs have to run, in percent of all lines. */
export const LEAST_PERCENT = 85;

/** A statement by the place of its first character, and how often it ran. */
export interface Statement {
  readonly start: number;
  readonly count: number;
}

export interface FileCoverage {
  /** Its path below main/electron. */
  readonly path: string;
  readonly lines: number;
  /** The numbers of the lines that never ran, in order. */
  readonly missed: readonly number[];
}

/** The lines of a module, of which each has run as often as the statement of it that ran most. */
export function fileCoverage(path: string, source: string, statements: readonly Statement[]): FileCoverage {
  const ran = new Map<number, boolean>();
  for (const { start, count } of statements) {
    const line = source.slice(0, start).split("\n").length;
    ran.set(line, ran.get(line) === true || count > 0);
  }
  const missed = [...ran].flatMap(([line, has]) => (has ? [] : [line])).sort((a, b) => a - b);
  return { path, lines: ran.size, missed };
}

/** The share of all lines that ran, in percent; 0 of nothing. */
export function percentOf(files: readonly FileCoverage[]): number {
  const lines = sum(files, (file) => file.lines);
  return lines === 0 ? 0 : (100 * (lines - sum(files, ({ missed }) => missed.length))) / lines;
}

/** One sentence where too little ran, with the files by how much of them is missing; undefined where enough did. */
export function coverageFailure(files: readonly FileCoverage[]): string | undefined {
  const percent = percentOf(files);
  if (percent >= LEAST_PERCENT) return undefined;
  const missing = files
    .filter(({ missed }) => missed.length > 0)
    .sort((a, b) => b.missed.length - a.missed.length)
    .map(({ path, missed, lines }) => `${path} (${missed.length} of ${lines})`);
  const named = missing.length === 0 ? "nothing was measured" : `lines that never ran: ${missing.join(", ")}`;
  return `the desktop specs run ${percent.toFixed(1)} % of ${SOURCES}, not ${LEAST_PERCENT} %; ${named}`;
}

/** `[3, 4, 5, 9]` becomes `3-5,9`. */
export function lineRanges(lines: readonly number[]): string {
  const ranges: [first: number, last: number][] = [];
  for (const line of lines) {
    const open = ranges.at(-1);
    if (open !== undefined && open[1] === line - 1) open[1] = line;
    else ranges.push([line, line]);
  }
  return ranges.map(([first, last]) => (first === last ? `${first}` : `${first}-${last}`)).join(",");
}

/** The table for people: a row for each module, the whole in the last. */
export function coverageTable(files: readonly FileCoverage[]): string {
  const table = new Table({
    head: [SOURCES, "lines", "ran", "never ran"],
    colAligns: ["left", "right", "right", "left"],
    colWidths: [null, null, null, 60],
    wordWrap: true,
    wrapOnWordBoundary: false,
    style: { head: [], border: [], compact: true },
  });
  const ranOf = (some: readonly FileCoverage[]): string => `${percentOf(some).toFixed(1)} %`;
  for (const file of files) table.push([file.path, file.lines, ranOf([file]), lineRanges(file.missed)]);
  table.push(["all", sum(files, ({ lines }) => lines), ranOf(files), `at least ${LEAST_PERCENT} % is wanted`]);
  return table.toString();
}

/** Reads what the applications wrote into `folder`, and deletes there what is not whole. */
export async function readCoverage(folder: string): Promise<FileCoverage[]> {
  const report = new CoverageReport({
    reports: ["none"],
    logging: "error",
    baseDir: PROJECT,
    outputDir: join(folder, "report"),
    entryFilter: ({ url }: { readonly url: string }) => url.startsWith(BUNDLE),
    sourceFilter: isMeasured,
    // What no process loaded is read from its source; the others come first.
    all: { dir: [join(PROJECT, SOURCES)], filter: isMeasured, transformer: compile },
  });
  await dropBroken(folder);
  await report.addFromDir(folder);
  const results = await report.generate();
  return (results?.files ?? [])
    .map(({ sourcePath, source = "", data }) =>
      fileCoverage(sourcePath.slice(SOURCES.length + 1), source, data?.statements ?? []),
    )
    .filter(({ lines }) => lines > 0);
}

/** An application that was killed while it wrote leaves half a file, over which the report would fail. */
async function dropBroken(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    if (!name.endsWith(".json")) continue;
    const file = join(folder, name);
    try {
      JSON.parse(await readFile(file, "utf8"));
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      await rm(file);
    }
  }
}

/** The preload script runs in the page's process, whose V8 writes no coverage; without it no window would show a thing. */
function isMeasured(path: string): boolean {
  return path.includes(`${SOURCES}/`) && path.endsWith(".ts") && !/(\.test|\/preload)\.ts$/.test(path);
}

/** The report knows JavaScript and maps; a file's own text is put back by the map. */
async function compile(entry: { url: string; source: string; sourceMap?: unknown }): Promise<void> {
  const { code, map } = await transformWithOxc(entry.source, fileURLToPath(entry.url), { sourcemap: true });
  Object.assign(entry, { source: code, sourceMap: map });
}

function sum(files: readonly FileCoverage[], of: (file: FileCoverage) => number): number {
  return files.reduce((total, file) => total + of(file), 0);
}

if (import.meta.main) {
  const [, , folder] = process.argv;
  if (folder === undefined) throw new Error("usage: node scripts/desktop-coverage.ts FOLDER");
  const files = await readCoverage(folder);
  console.log(coverageTable(files));
  console.log(coverageFailure(files) ?? "enough");
}
