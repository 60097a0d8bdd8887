/** electron-builder.yml, judged and used by electron-builder itself, around a stand-in for Electron. */
import { execFile } from "node:child_process";
import { existsSync, readdirSync, readFileSync, realpathSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { promisify } from "node:util";
import { extractAll } from "@electron/asar";
import { Arch, build, Platform } from "electron-builder";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { stringify } from "yaml";
import { filesIn, packWithoutElectron, type Packed } from "../../scripts/asar-size.ts";
import { readFuses } from "../../scripts/stand-in-electron.ts";
import { readConfiguration, write, writePackableProject } from "../support/packable-project.ts";
import { packagesOf } from "../support/source-imports.ts";

const PROJECT = join(import.meta.dirname, "../..");
/** Of the fifteen megabytes that the archive may have, the program and the interface take less than three. */
const PACKAGES_MOST_BYTES = 12e6;

const FUSES = {
  runAsNode: false,
  enableCookieEncryption: true,
  enableNodeOptionsEnvironmentVariable: false,
  enableNodeCliInspectArguments: false,
  enableEmbeddedAsarIntegrityValidation: true,
  onlyLoadAppFromAsar: true,
  loadBrowserProcessSpecificV8Snapshot: false,
  grantFileProtocolExtraPrivileges: false,
};

/** The part of Electron that packages touch while they are loaded. */
const ELECTRON = `const nothing = () => undefined;
module.exports = { app: { getPath: () => ".", getVersion: () => "0.0.0", getName: () => "", on: nothing, once: nothing,
  whenReady: () => Promise.resolve() }, ipcMain: { on: nothing }, shell: {}, net: {}, session: {}, autoUpdater: { on: nothing } };`;

const configuration = readConfiguration();
const needed = packagesOf(join(PROJECT, "main/electron/main.ts"));
const root = mkdtempSync(join(realpathSync(tmpdir()), "dgrid-packaging-"));
afterAll(() => rmSync(root, { recursive: true, force: true, maxRetries: 5 }));

describe("the configuration", () => {
  test("is refused by electron-builder with a key, a fuse, an option or a value that it does not know", async () => {
    const project = join(root, "broken");
    const broken = {
      ...configuration,
      compresion: "normal",
      electronFuses: { ...FUSES, runAsNod: false },
      nsis: { perUser: true },
      dmg: { sign: "perhaps" },
    };
    writePackableProject(project, broken);
    const refused = await packWithoutElectron(project, join(project, "out")).catch(String);
    expect(refused).toContain("configuration has an unknown property 'compresion'");
    for (const name of ["electronFuses", "nsis", "dmg"]) expect(refused).toContain(`configuration.${name}`);
  });

  test("names only files that are here", () => {
    const named = [...stringify(configuration).matchAll(/(?<![!\w])(?:resources\/[\w./@-]+|LICENSE)/g)];
    const paths = named.map(([path]) => path.replace(/\/\**$/, ""));
    expect(paths).toEqual(expect.arrayContaining(["resources/icon-mac.png", "resources/entitlements.mac.plist"]));
    expect(paths.filter((path) => !existsSync(join(PROJECT, path)))).toEqual([]);
  });

  test("sets every fuse, and takes no files of the system for its own", () => {
    expect(configuration.electronFuses).toEqual({ ...FUSES, resetAdHocDarwinSignature: true });
    expect(stringify(configuration)).not.toMatch(/fileAssociations|protocols|mimeTypes/);
  });

  test("carries Git from where it is fetched to, and is one package for both kinds of Mac without it", () => {
    const { win, mac, linux } = configuration;
    expect(win.extraResources).toEqual([{ from: "build/git/win32-${arch}", to: "git" }]);
    expect(mac.extraResources).toEqual([{ from: "build/git/darwin-${arch}", to: "git" }]);
    expect(mac["target"]).toEqual(["dmg", "zip"].map((target) => ({ target, arch: "universal" })));
    expect(linux.extraResources).toBeUndefined();
  });
});

describe("the package", () => {
  const project = join(root, "project");
  let packed: Packed;
  let files: readonly string[];

  beforeAll(async () => {
    const { win, mac, linux } = configuration;
    // One of the two was fetched: it is carried, and the other is not missed.
    const extraResources = [...(win.extraResources ?? []), ...(mac.extraResources ?? [])];
    writePackableProject(project, { ...configuration, linux: { ...linux, extraResources } });
    write(join(project, "build/git/win32-x64/cmd/git.exe"), "a program");
    packed = await packWithoutElectron(project, join(root, "out"));
    files = filesIn(packed.archive);
  });

  test("has its fuses set", () => {
    expect(readFuses(packed.program)).toEqual(FUSES);
  });

  test("holds the application, its pictures and its licence, and nothing of the other host or of the build", () => {
    expect(files).toEqual(
      expect.arrayContaining([
        "package.json",
        "LICENSE",
        "dist/electron/main.js",
        "dist/electron/preload.cjs",
        "dist/renderer/index.html",
        "dist/renderer/assets/app.css",
        "resources/icon.png",
        ...readdirSync(join(PROJECT, "resources/tray")).map((name) => `resources/tray/${name}`),
      ]),
    );
    const outside = files.filter((path) => !/^(dist|resources|node_modules)\//.test(path));
    expect([...outside].sort()).toEqual(["LICENSE", "package.json"]);
    expect(files.filter((path) => /\.map$|\.d\.ts$|\.ts$|^dist\/headless|\.node$/.test(path))).toEqual([]);
    const other = /^node_modules\/(commander|cli-progress|cli-table3|sirv|ws|electron|vite|react)\//;
    expect(files.filter((path) => other.test(path))).toEqual([]);
  });

  test("is not large", () => {
    expect(statSync(packed.archive).size).toBeLessThan(PACKAGES_MOST_BYTES);
  });

  test("carries the Git that was fetched", () => {
    const git = join(packed.archive, "../git/cmd/git.exe");
    expect(readFileSync(git, "utf8")).toBe("a program");
  });

  test("has every package that the main process needs, and each can be loaded from it alone", async () => {
    expect([...needed]).toEqual(expect.arrayContaining(["dockerode", "electron-store", "electron-updater", "zod"]));
    const names = [...needed];
    expect(names.filter((name) => !files.includes(`node_modules/${name}/package.json`))).toEqual([]);
    // Outside the project: nothing that was left out is found in a folder above.
    const application = join(root, "application");
    extractAll(packed.archive, application);
    write(join(application, "node_modules/electron/index.js"), ELECTRON);
    write(
      join(application, "load.mjs"),
      `${names.map((name) => `await import(${JSON.stringify(name)});`).join("\n")}\nprocess.exit(0);\n`,
    );
    await promisify(execFile)(process.execPath, [join(application, "load.mjs")]);
  });

  test("is started from no menu without its sandbox, and an AppImage keeps its name over an update", async () => {
    const { names, entries } = await packagesForLinux(project, dirname(packed.program));
    expect(entries.map((entry) => /^Exec=(.*)$/m.exec(entry)?.[1])).toEqual([
      "AppRun %U",
      '"/opt/D-GRID Desktop/dgrid-desktop" %U',
      '"/opt/D-GRID Desktop/dgrid-desktop" %U',
    ]);
    expect(names.map((name) => /\.\w+$/.exec(name)?.[0])).toEqual([".AppImage", ".deb", ".rpm"]);
    // By this pattern electron-updater's AppImageUpdater gives the file another name.
    expect(names[0]).not.toMatch(/\d+\.\d+\.\d+/);
  });
});

/** What electron-builder makes of an unpacked application, up to where it would fetch and run its packers. */
async function packagesForLinux(projectDir: string, prepackaged: string) {
  const names: string[] = [];
  const entries: string[] = [];
  await build({
    targets: Platform.LINUX.createTarget(null, Arch.x64),
    projectDir,
    prepackaged,
    publish: "never",
    config: {
      directories: { output: join(root, "packages") },
      artifactBuildStarted: ({ file }) => void names.push(basename(file)),
    },
    // Told an AppImage's menu entry itself, and for the others fpm's arguments and the entry's file.
    effectiveOptionComputed: async (made: { readonly desktop: string } | readonly [unknown, string]) => {
      entries.push("desktop" in made ? made.desktop : readFileSync(made[1], "utf8"));
      return true;
    },
  });
  return { names, entries };
}
