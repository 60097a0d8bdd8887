/**
 * `npm run bench [-- PART... --quick --repetitions N --tasks N --out DIR]`: runs the parts named,
 * or all; prints each one's table and writes its figures as JSON into bench/results/. The numbers
 * can also come from DGRID_BENCH_REPETITIONS and DGRID_BENCH_TASKS.
 */
import { availableParallelism, release } from "node:os";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import type { BenchScale } from "./bench-part.ts";
import { PARTS } from "./parts.ts";
import { printTable, writeResult } from "./table.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    quick: { type: "boolean", default: false },
    repetitions: { type: "string" },
    tasks: { type: "string" },
    out: { type: "string" },
  },
});
const unknown = positionals.filter((name) => PARTS.every((part) => part.name !== name));
if (unknown.length > 0) {
  throw new Error(`unknown: ${unknown.join(", ")}; there are: ${PARTS.map((part) => part.name).join(", ")}`);
}
const scale = readScale();
const out = values.out ?? fileURLToPath(new URL("results", import.meta.url));
const machine = { node: process.version, platform: process.platform, kernel: release(), cpus: availableParallelism() };
for (const part of PARTS.filter(({ name }) => positionals.length === 0 || positionals.includes(name))) {
  process.stderr.write(`${part.name} ...\n`);
  const result = await part.measure(scale, (line) => process.stderr.write(`  ${line}\n`));
  for (const table of result.tables) process.stdout.write(`${printTable(table)}\n`);
  const path = writeResult(out, part.name, {
    part: part.name,
    at: new Date().toISOString(),
    machine,
    scale,
    ...result,
  });
  process.stderr.write(`${part.name}: ${path}\n`);
}

function readScale(): BenchScale {
  const number = (name: string, text: string | undefined): number | undefined => {
    if (text === undefined) return undefined;
    const value = Number(text);
    if (!Number.isInteger(value) || value < 1) throw new Error(`${name} must be a whole number from 1, not ${text}`);
    return value;
  };
  const repetitions = number("repetitions", values.repetitions ?? process.env["DGRID_BENCH_REPETITIONS"]);
  const tasks = number("tasks", values.tasks ?? process.env["DGRID_BENCH_TASKS"]);
  const { quick } = values;
  return { quick, repetitions: repetitions ?? (quick ? 1 : 3), ...(tasks === undefined ? {} : { tasks }) };
}
