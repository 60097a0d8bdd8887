/** A project that electron-builder packs: this one's configuration, packages and pictures, and next to nothing of a program. */
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { parse, stringify } from "yaml";
import { z } from "zod";

const PROJECT = join(import.meta.dirname, "../..");

const ExtraResources = z.array(z.strictObject({ from: z.string(), to: z.string() }));
const Platform = z.looseObject({ extraResources: ExtraResources.optional() });

/** What the tests look at; the whole is judged by electron-builder's own schema. */
const Configuration = z.looseObject({
  files: z.array(z.string()),
  electronFuses: z.record(z.string(), z.boolean()),
  win: Platform,
  mac: Platform,
  linux: Platform,
});
type Configuration = z.infer<typeof Configuration>;

const Lockfile = z.looseObject({
  packages: z.record(z.string(), z.looseObject({ dev: z.boolean().optional(), devOptional: z.boolean().optional() })),
});

export function readConfiguration(): Configuration {
  return Configuration.parse(parse(readFileSync(join(PROJECT, "electron-builder.yml"), "utf8")));
}

/** Makes the project in `folder`, with a build as vite leaves it, and with `configuration`. */
export function writePackableProject(folder: string, configuration: Record<string, unknown>): void {
  mkdirSync(folder, { recursive: true });
  for (const name of ["package.json", "package-lock.json", "LICENSE", "resources"])
    cpSync(join(PROJECT, name), join(folder, name), { recursive: true });
  // Copies: npm does not follow a link here.
  for (const path of productionPackages()) cpSync(join(PROJECT, path), join(folder, path), { recursive: true });
  writeFileSync(join(folder, "electron-builder.yml"), stringify(configuration));
  const built = ["electron/main.js", "electron/main.js.map", "electron/preload.cjs", "renderer/index.html"];
  for (const path of [...built, "renderer/assets/app.css", "headless/cli.js"])
    write(join(folder, "dist", path), "//\n");
}

/** Where npm keeps what is installed for users as well, as "node_modules/zod". */
function productionPackages(): readonly string[] {
  const { packages } = Lockfile.parse(JSON.parse(readFileSync(join(PROJECT, "package-lock.json"), "utf8")));
  return Object.entries(packages)
    .filter(([path, { dev, devOptional }]) => path !== "" && dev !== true && devOptional !== true)
    .map(([path]) => path)
    .filter((path) => existsSync(join(PROJECT, path)));
}

/** Writes a file, and the folders that it is in. */
export function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}
