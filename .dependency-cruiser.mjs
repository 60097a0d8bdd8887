/**
 * Who may import whom: the table of docs/ARCHITECTURE.md, as rules for dependency-cruiser.
 *
 * A rule's name says what is allowed; what breaks it is forbidden. Tests, benchmarks and scripts
 * may import anything. `npm run boundaries` runs this through scripts/boundaries.ts, which also
 * fails when nothing was read.
 */
const ANY_TEST = ["^(tests|bench|scripts)/", "\\.test\\.tsx?$"];
const SHARED = "^shared/";
const CORE = "^main/engine/core/";
const ENGINE = "^main/engine/";
const PORTS = "^main/engine/ports\\.ts$";

/** A package, wherever it or its types are found, also where it is not installed. */
const npm = (name) => [`^node_modules/${name}/`, `^node_modules/@types/${name}/`, `^${name}$`];

/** Code in `from` imports only what `allowed` names; Node's own modules only with `node: true`. */
const row = (name, from, allowed, { node = false } = {}) => ({
  name: `${name}-stays-within-its-row`,
  severity: "error",
  from: { path: from, pathNot: ANY_TEST },
  to: { pathNot: allowed, ...(node ? { dependencyTypesNot: ["core"] } : {}) },
});

/** Code in `from` never imports `to`. */
const never = (name, from, to) => ({
  name,
  severity: "error",
  from: { path: from, pathNot: ANY_TEST },
  to: { path: to },
});

/** A library has one importing folder, so that replacing it changes one folder. */
const onlyFrom = (folder, ...libraries) => ({
  name: `only-${folder.replaceAll("/", "-")}-imports-${libraries[0]}`,
  severity: "error",
  from: { pathNot: [`^${folder}/`, ...ANY_TEST] },
  to: {
    path: libraries.flatMap((library) =>
      library.startsWith("node:") ? `^(node:)?${library.slice(5)}$` : npm(library),
    ),
  },
});

export default {
  forbidden: [
    row("shared", SHARED, [SHARED, ...npm("zod")]),
    row("core", CORE, [CORE, SHARED]),
    { ...row("engine", ENGINE, [ENGINE, SHARED]), from: { path: ENGINE, pathNot: [CORE, ...ANY_TEST] } },
    // "Its own one library": which folder has which is said by onlyFrom, below.
    row(
      "adapters",
      "^main/adapters/([^/]+)/",
      ["^main/adapters/$1/", PORTS, SHARED, ...["simple-git", "dockerode", "conf"].flatMap(npm)],
      { node: true },
    ),
    // Both hosts put the same worker together here; what is theirs alone they bring along.
    never("worker-knows-no-host", "^main/worker/", ["^main/(electron|headless)/", "^renderer/", "^\\.github/"]),
    row("api", "^main/api/", ["^main/api/", ENGINE, SHARED]),
    never("electron-never-imports-headless", "^main/electron/", ["^main/headless/", "^renderer/", "^\\.github/"]),
    never("headless-never-imports-electron", "^main/headless/", ["^main/electron/", "^renderer/", "^\\.github/"]),
    // The interface's own libraries are its own business; the rest of the program is not.
    never("renderer-stays-within-its-row", "^renderer/", ["^main/", "^\\.github/"]),
    {
      name: "renderer-knows-no-node",
      severity: "error",
      from: { path: "^renderer/", pathNot: ANY_TEST },
      to: { dependencyTypes: ["core"] },
    },
    row("grid-scripts", "^\\.github/scripts/", ["^\\.github/scripts/", SHARED, CORE, PORTS, "^main/adapters/git/"], {
      node: true,
    }),
    never("nothing-shipped-imports-a-test", "^(shared|main|renderer|\\.github)/", ANY_TEST),
    onlyFrom("main/adapters/git", "simple-git"),
    onlyFrom("main/adapters/docker", "dockerode"),
    onlyFrom("main/adapters/history", "node:sqlite"),
    onlyFrom("main/adapters/settings", "conf"),
    onlyFrom("main/electron", "electron", "electron-store", "electron-updater", "ps-list"),
  ],
  options: {
    // TypeScript 7 has no compiler API for the checker to use: swc reads the files.
    parser: "swc",
    tsPreCompilationDeps: true,
    doNotFollow: { path: "node_modules" },
    enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["import", "types", "node", "default"] },
  },
};
