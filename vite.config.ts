import { builtinModules } from "node:module";
import { join } from "node:path";
import { defineConfig } from "vite";
import manifest from "./package.json" with { type: "json" };

/** What the headless host starts as a process of its own: the command line and the dead-man's switch. */
const ENTRIES = { cli: "main/headless/cli.ts", deadman: "main/adapters/docker/deadman.ts" };

/** Dependencies stay in node_modules: only our own modules are bundled. */
const EXTERNAL = [
  ...builtinModules,
  /^node:/,
  ...Object.keys(manifest.dependencies).map((name) => new RegExp(`^${name}(/|$)`)),
];

export default defineConfig({
  environments: {
    headless: {
      consumer: "server",
      resolve: { external: true },
      build: {
        outDir: "dist/headless",
        emptyOutDir: true,
        target: "node24",
        minify: false,
        sourcemap: true,
        ssr: true,
        rolldownOptions: {
          input: Object.fromEntries(
            Object.entries(ENTRIES).map(([name, path]) => [name, join(import.meta.dirname, path)]),
          ),
          external: EXTERNAL,
          output: { format: "es", entryFileNames: "[name].js", chunkFileNames: "[name]-[hash].js" },
        },
      },
    },
  },
  builder: {
    buildApp: async (builder) => {
      const headless = builder.environments["headless"];
      if (headless === undefined) throw new Error("vite knows no environment named headless");
      await builder.build(headless);
    },
  },
});
