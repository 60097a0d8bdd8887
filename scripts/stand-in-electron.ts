import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** How a packager finds the switches in a program (electron/docs/tutorial/fuses.md). */
const SENTINEL = "dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX";

/** The order in which version 1 of the fuse wire has its switches. */
const WIRE = [
  "runAsNode",
  "enableCookieEncryption",
  "enableNodeOptionsEnvironmentVariable",
  "enableNodeCliInspectArguments",
  "enableEmbeddedAsarIntegrityValidation",
  "onlyLoadAppFromAsar",
  "loadBrowserProcessSpecificV8Snapshot",
  "grantFileProtocolExtraPrivileges",
] as const;

/**
 * Writes what a packager takes for an unpacked Electron for Linux: a file with a fuse wire, which
 * is no program. With it electron-builder does all its work without the real one's download.
 */
export function writeStandInElectron(folder: string): void {
  mkdirSync(join(folder, "locales"), { recursive: true });
  mkdirSync(join(folder, "resources"), { recursive: true });
  for (const locale of ["de", "en-US", "fr"]) writeFileSync(join(folder, "locales", `${locale}.pak`), "");
  writeFileSync(join(folder, "LICENSE"), "");
  const unset = Buffer.from("r".repeat(WIRE.length));
  const program = Buffer.concat([Buffer.from(SENTINEL), Buffer.from([1, WIRE.length]), unset]);
  writeFileSync(join(folder, "electron"), program, { mode: 0o755 });
}

/** The switches of a packaged program, by the names of electron-builder's configuration. */
export function readFuses(program: string): Readonly<Record<string, boolean>> {
  const bytes = readFileSync(program);
  const start = bytes.indexOf(SENTINEL) + SENTINEL.length + 2;
  return Object.fromEntries(WIRE.map((name, at) => [name, bytes[start + at] === "1".charCodeAt(0)]));
}
