/**
 * `npm run lockfile` completes package-lock.json with the packages of other platforms.
 *
 * A package with native parts names one optional package for each platform. Where the registry
 * in use offers only this machine's, npm leaves the others out of the lock file, and `npm ci`
 * then refuses it on every platform. What is added has a version, which its parent pins, but no
 * integrity, which only the package itself could tell.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";

const FILE = join(import.meta.dirname, "../package-lock.json");
const SYSTEMS = ["aix", "android", "darwin", "freebsd", "linux", "netbsd", "openbsd", "openharmony", "sunos", "win32"];
const PROCESSORS = ["arm", "arm64", "ia32", "loong64", "mips64el", "ppc64", "riscv64", "s390x", "wasm32", "x64"];
const LIBRARIES: Readonly<Record<string, string>> = {
  gnu: "glibc",
  gnueabihf: "glibc",
  musl: "musl",
  musleabihf: "musl",
};

const Entry = z.looseObject({
  dev: z.boolean().optional(),
  optionalDependencies: z.record(z.string(), z.string()).optional(),
});
const Lockfile = z.looseObject({ packages: z.record(z.string(), Entry) });
type Lockfile = z.infer<typeof Lockfile>;

export function readLockfile(): Lockfile {
  return Lockfile.parse(JSON.parse(readFileSync(FILE, "utf8")));
}

/** The entries that the lock file lacks, by their place in it. */
export function missingEntries({ packages }: Lockfile): Readonly<Record<string, z.infer<typeof Entry>>> {
  const missing: Record<string, z.infer<typeof Entry>> = {};
  for (const [parent, { dev, optionalDependencies = {} }] of Object.entries(packages)) {
    for (const [name, version] of Object.entries(optionalDependencies)) {
      const platform = platformOf(name);
      // Only an exact version says what to lock; a range was resolved, or is not for a platform.
      if (platform === undefined || !/^\d+\.\d+\.\d+$/.test(version)) continue;
      const places = [`${parent}/node_modules/${name}`, `node_modules/${name}`];
      if (places.some((place) => place in packages)) continue;
      missing[`node_modules/${name}`] = { version, ...platform, ...(dev === true ? { dev } : {}), optional: true };
    }
  }
  return missing;
}

/** What a package's name says of its platform, as in "@oxlint/binding-linux-arm64-musl". */
export function platformOf(name: string): { os?: string[]; cpu: string[]; libc?: string[] } | undefined {
  const words = name.split(/[/-]/);
  const cpu = words.find((word) => PROCESSORS.includes(word));
  if (cpu === undefined) return undefined;
  const os = words.find((word) => SYSTEMS.includes(word));
  const libc = os === "linux" ? LIBRARIES[words.at(-1) ?? ""] : undefined;
  return { ...(os === undefined ? {} : { os: [os] }), cpu: [cpu], ...(libc === undefined ? {} : { libc: [libc] }) };
}

if (import.meta.main) {
  // As npm wrote it: parsing by the schema would reorder the fields.
  const written = JSON.parse(readFileSync(FILE, "utf8")) as Lockfile;
  const packages = Object.entries({ ...written.packages, ...missingEntries(readLockfile()) });
  // npm's own order, so that its next run changes nothing.
  packages.sort(([a], [b]) => a.localeCompare(b, "en"));
  writeFileSync(FILE, `${JSON.stringify({ ...written, packages: Object.fromEntries(packages) }, null, 2)}\n`);
}
