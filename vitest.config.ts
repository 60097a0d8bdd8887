import { defineConfig } from "vitest/config";

/**
 * Three projects: `portable` needs no container and runs on every system; `containers` needs the
 * engine and the image that scripts/test.ts provides; `browser` needs a Chromium and the built
 * interface beside them. Nothing is retried and nothing is skipped.
 */
export default defineConfig({
  test: {
    environment: "node",
    retry: 0,
    // A machine with two cores that is busy beside the tests takes three times as long as a quiet one.
    testTimeout: 300_000,
    hookTimeout: 120_000,
    projects: [
      {
        extends: true,
        test: {
          name: "portable",
          // One core less, as is usual, would be one file after the other on a small machine; they mostly wait.
          maxWorkers: "100%",
          include: [
            "shared/**/*.test.ts",
            "main/**/*.test.ts",
            "renderer/**/*.test.ts",
            "tests/*.test.ts",
            "tests/portable/**/*.test.ts",
          ],
        },
      },
      {
        extends: true,
        test: {
          name: "containers",
          include: ["tests/integration/**/*.test.ts", "tests/hostile/**/*.test.ts"],
          // A test here starts several workers, each with containers of its own: more files at
          // once than two would measure the machine's load and not the program.
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        test: {
          name: "browser",
          include: ["tests/e2e/**/*.test.ts"],
          // A browser, a worker and its containers take both cores of a small machine, but not all the time.
          maxWorkers: 2,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
});
