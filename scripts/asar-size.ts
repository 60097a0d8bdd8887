/**
 * How large the application's archive is, told by electron-builder itself: it packs the project
 * by electron-builder.yml around a stand-in for Electron, so that the real one is not needed.
 */
import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { listPackage, statFile } from "@electron/asar";
import { writeStandInElectron } from "./stand-in-electron.ts";

const PROJECT = join(import.meta.dirname, "..");
const BUILDER = join(PROJECT, "node_modules/electron-builder/cli.js");
const DEADLINE_MS = 240_000;

const run = promisify(execFile);

/** What electron-builder made: the unpacked application's program and its archive. */
export interface Packed {
  readonly program: string;
  readonly archive: string;
}

/** The archive's bytes, how many files are in it, and the bytes of each part, the largest first. */
interface AsarSize {
  readonly bytes: number;
  readonly files: number;
  readonly parts: readonly (readonly [name: string, bytes: number])[];
}

/**
 * Packs the project in `project`, which was built before, for Linux into `folder`.
 *
 * @throws Error with what electron-builder said where it fails
 */
export async function packWithoutElectron(project: string, folder: string): Promise<Packed> {
  const electron = join(folder, "electron");
  const output = join(folder, "packages");
  writeStandInElectron(electron);
  const settings = [`-c.electronDist=${electron}`, `-c.directories.output=${output}`];
  const args = [BUILDER, "--dir", "--linux", "--x64", "--publish", "never", "--projectDir", project, ...settings];
  await run(process.execPath, args, { timeout: DEADLINE_MS, maxBuffer: 16 * 1024 * 1024 }).catch((error: unknown) => {
    // What it says of a failure is on its standard output.
    const said = error instanceof Error && "stdout" in error ? String(error.stdout) : "";
    throw new Error(`electron-builder failed: ${said}`, { cause: error });
  });
  const unpacked = join(output, "linux-unpacked");
  return { program: join(unpacked, "dgrid-desktop"), archive: join(unpacked, "resources/app.asar") };
}

/** The names of the files in an archive, without a slash before them and with slashes between. */
export function filesIn(archive: string): readonly string[] {
  return listPackage(archive, { isPack: false })
    .map((path) => path.replaceAll("\\", "/").slice(1))
    .filter((path) => !("files" in statFile(archive, path, true)));
}

/** Packs the project in `project` and tells the size of what came of it; nothing is left behind. */
export async function asarSize(project: string = PROJECT): Promise<AsarSize> {
  const folder = mkdtempSync(join(tmpdir(), "dgrid-asar-"));
  try {
    const { archive } = await packWithoutElectron(project, folder);
    const files = filesIn(archive);
    const parts = new Map<string, number>();
    for (const path of files) {
      const entry = statFile(archive, path, true);
      const name = partOf(path);
      parts.set(name, (parts.get(name) ?? 0) + ("size" in entry ? entry.size : 0));
    }
    const largestFirst = [...parts].sort(([, one], [, other]) => other - one);
    return { bytes: statSync(archive).size, files: files.length, parts: largestFirst };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The package that a file belongs to, or its folder of ours. */
function partOf(path: string): string {
  const [first = "", second = "", third = ""] = path.split("/");
  return second.startsWith("@") ? `${first}/${second}/${third}` : `${first}/${second}`;
}

if (import.meta.main) {
  const { bytes, files, parts } = await asarSize();
  console.log(`app.asar: ${(bytes / 1e6).toFixed(2)} MB, ${files} files`);
  for (const [name, size] of parts.slice(0, 25)) console.log(`${(size / 1e3).toFixed(0).padStart(8)} kB  ${name}`);
}
