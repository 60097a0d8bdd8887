/**
 * `npm run fetch-git`: fetches the Git that packages for Windows and macOS can carry, into
 * build/git/<system>-<processor>/, from where electron-builder.yml takes it.
 *
 * Invariant: nothing is unpacked, and nothing written, whose SHA-256 was not known before and
 * found right. `-- darwin-arm64` names another system; `--sha256 HEX` or DGRID_GIT_SHA256 says
 * the checksum where resources/git-downloads.json does not.
 */
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { parseArgs, promisify } from "node:util";
import { z } from "zod";
import { describeFault, failure, success, type Outcome } from "../shared/contract/fault.ts";

const PROJECT = join(import.meta.dirname, "..");
/** Fifty megabytes over a slow line. */
const DEADLINE_MS = 15 * 60_000;

const run = promisify(execFile);

/** What there is to fetch, by the name of the folder that it goes into. */
export const Downloads = z.record(
  z.string().regex(/^(win32|darwin)-(x64|arm64)$/),
  z.strictObject({
    url: z.url(),
    /** In hexadecimal; null where nobody has published one that can be trusted. */
    sha256: z.string().nullable(),
    /** Where the program is in the archive, which proves that it is the right one. */
    program: z.string(),
  }),
);
export type Downloads = z.infer<typeof Downloads>;

interface FetchOptions {
  /** As "win32-x64". */
  readonly system: string;
  readonly downloads: Downloads;
  /** The folder that gets a folder for each system. */
  readonly folder: string;
  /** For an entry that has none. */
  readonly sha256?: string | undefined;
}

/** Fetches, checks, unpacks, and puts in place; the result is the folder. What was there before is replaced. */
export async function fetchGit({ system, downloads, folder, sha256 }: FetchOptions): Promise<Outcome<string>> {
  const entry = downloads[system];
  if (entry === undefined) return failure("internal_error", `no Git to fetch is known for ${system}`);
  const expected = (entry.sha256 ?? sha256)?.toLowerCase();
  if (expected === undefined || !/^[0-9a-f]{64}$/.test(expected))
    return failure("internal_error", `the SHA-256 of ${entry.url} is not known: give it with --sha256`);
  const archive = await download(entry.url);
  if (!archive.ok) return archive;
  const found = createHash("sha256").update(archive.value).digest("hex");
  if (found !== expected)
    return failure(
      "internal_error",
      `${entry.url} has the SHA-256 ${found}, and not ${expected}: nothing was unpacked`,
    );
  const target = join(folder, system);
  mkdirSync(folder, { recursive: true });
  const temporary = mkdtempSync(join(folder, `.${system}-`));
  try {
    const file = join(temporary, basename(new URL(entry.url).pathname));
    const unpacked = join(temporary, "unpacked");
    writeFileSync(file, archive.value);
    mkdirSync(unpacked);
    const [program, ...args] = unpackCommand(file, unpacked);
    await run(program, args);
    if (!existsSync(join(unpacked, entry.program)))
      return failure("internal_error", `${entry.url} contains no ${entry.program}`);
    rmSync(target, { recursive: true, force: true });
    renameSync(unpacked, target);
    return success(target);
  } catch (error) {
    return failure("internal_error", `${entry.url} cannot be unpacked: ${String(error)}`);
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}

async function download(url: string): Promise<Outcome<Buffer>> {
  try {
    const answer = await fetch(url, { signal: AbortSignal.timeout(DEADLINE_MS) });
    if (!answer.ok) return failure("internal_error", `${url} answered ${answer.status}`);
    return success(Buffer.from(await answer.arrayBuffer()));
  } catch (error) {
    return failure("internal_error", `${url} cannot be fetched: ${String(error)}`);
  }
}

/** Windows and macOS have a tar that reads ZIP files too; on Windows another one may be on the PATH. */
function unpackCommand(file: string, into: string): readonly [string, ...string[]] {
  const zip = file.endsWith(".zip");
  if (zip && process.platform === "linux") return ["unzip", "-q", file, "-d", into];
  const tar =
    process.platform === "win32" ? join(process.env["SystemRoot"] ?? "C:\\Windows", "System32/tar.exe") : "tar";
  return [tar, "-xf", file, "-C", into];
}

/** What a build on this machine packages: on a Mac, a package for each processor. */
function systemsHere(): readonly string[] {
  if (process.platform === "darwin") return ["darwin-x64", "darwin-arm64"];
  return process.platform === "win32" ? ["win32-x64"] : [];
}

if (import.meta.main) {
  const { positionals, values } = parseArgs({ allowPositionals: true, options: { sha256: { type: "string" } } });
  const downloads = Downloads.parse(JSON.parse(readFileSync(join(PROJECT, "resources/git-downloads.json"), "utf8")));
  const systems = positionals.length > 0 ? positionals : systemsHere();
  if (systems.length === 0) console.log("Packages for Linux use the system's Git: there is nothing to fetch.");
  for (const system of systems) {
    const sha256 = values.sha256 ?? process.env["DGRID_GIT_SHA256"];
    const fetched = await fetchGit({ system, downloads, folder: join(PROJECT, "build/git"), sha256 });
    console.log(fetched.ok ? `${system}: ${fetched.value}` : describeFault(fetched.fault));
    if (!fetched.ok) process.exitCode = 1;
  }
}
