import { builtinModules } from "node:module";
import { join } from "node:path";
import react from "@vitejs/plugin-react";
import { defineConfig, type EnvironmentOptions } from "vite";
import manifest from "./package.json" with { type: "json" };

const at = (path: string): string => join(import.meta.dirname, path);

/** What the headless host starts as a process of its own: the command line and the dead-man's switch. */
const ENTRIES = { cli: at("main/headless/cli.ts"), deadman: at("main/adapters/docker/deadman.ts") };

/** The desktop application's main process; the dead-man's switch is a chunk of it. */
const DESKTOP = { main: at("main/electron/main.ts") };

/** Dependencies stay in node_modules: only our own modules are bundled. */
const EXTERNAL = [
  "electron",
  ...builtinModules,
  /^node:/,
  ...Object.keys(manifest.dependencies).map((name) => new RegExp(`^${name}(/|$)`)),
];

/** Bundles of our own modules for Node, and for Electron's main process. */
function forNode({ outDir, input }: { outDir: string; input: Record<string, string> }): EnvironmentOptions {
  return {
    consumer: "server",
    resolve: { external: true },
    build: {
      outDir,
      emptyOutDir: true,
      copyPublicDir: false,
      target: "node24",
      minify: false,
      sourcemap: true,
      ssr: true,
      rolldownOptions: {
        input,
        external: EXTERNAL,
        output: { format: "es", entryFileNames: "[name].js", chunkFileNames: "[name]-[hash].js" },
      },
    },
  };
}

/** A sandboxed preload script is one CommonJS file that may require Electron alone. */
function preload(): EnvironmentOptions {
  return {
    consumer: "server",
    resolve: { external: true },
    build: {
      // Beside the main process, which was built before.
      outDir: at("dist/electron"),
      emptyOutDir: false,
      copyPublicDir: false,
      target: "chrome140",
      minify: false,
      ssr: true,
      rolldownOptions: {
        input: { preload: at("main/electron/preload.ts") },
        external: ["electron"],
        output: { format: "cjs", entryFileNames: "[name].cjs" },
      },
    },
  };
}

export default defineConfig({
  root: at("renderer"),
  plugins: [react()],
  // Addresses relative to the page: the same files are served by the dashboard and by the desktop application.
  base: "./",
  environments: {
    client: {
      build: {
        outDir: at("dist/renderer"),
        emptyOutDir: true,
        target: "chrome140",
        sourcemap: false,
        // An asset inside the page as data: would need a wider content security policy.
        assetsInlineLimit: 0,
        modulePreload: { polyfill: false },
      },
    },
    headless: forNode({ outDir: at("dist/headless"), input: ENTRIES }),
    electron: forNode({ outDir: at("dist/electron"), input: DESKTOP }),
    preload: preload(),
  },
  builder: {
    buildApp: async (builder) => {
      for (const name of ["client", "headless", "electron", "preload"]) {
        const environment = builder.environments[name];
        if (environment === undefined) throw new Error(`vite knows no environment named ${name}`);
        await builder.build(environment);
      }
    },
  },
});
