import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { boundaryFailure, checkBoundaries } from "../scripts/boundaries.ts";

/** Every module an import below may name; a target must exist for the checker to know its path. */
const TARGETS = [
  "shared/domain/task.ts",
  "main/engine/ports.ts",
  "main/engine/engine.ts",
  "main/engine/core/choose.ts",
  "main/adapters/git/task-repo.ts",
  "main/adapters/docker/runtime.ts",
  "main/api/handlers.ts",
  "main/electron/app.ts",
  "main/headless/cli.ts",
  "renderer/main.ts",
  "tests/support/grid.ts",
];

let root: string;

beforeEach(() => {
  // The real path: the checker names what macOS's symlink resolves to.
  root = mkdtempSync(join(realpathSync(tmpdir()), "dgrid-boundaries-"));
});
afterEach(() => rmSync(root, { recursive: true }));

function write(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

/** The violations in a project whose module `from` imports `specifier`. */
async function violations(from: string, specifier: string): Promise<readonly string[]> {
  for (const target of TARGETS) write(target, "export const here = 1;\n");
  write(from, `import "${specifier}";\n`);
  const findings = await checkBoundaries(root);
  expect(findings.modules).toBeGreaterThanOrEqual(TARGETS.length);
  return findings.violations;
}

describe("an import outside the table fails", () => {
  it.each([
    ["shared/a.ts", "node:fs"],
    ["shared/a.ts", "pino"],
    ["shared/a.ts", "../main/engine/ports.ts"],
    ["main/engine/core/a.ts", "../ports.ts"],
    ["main/engine/core/a.ts", "node:crypto"],
    ["main/engine/core/a.ts", "zod"],
    ["main/engine/a.ts", "node:fs"],
    ["main/engine/a.ts", "../adapters/git/task-repo.ts"],
    ["main/engine/a.ts", "electron"],
    ["main/adapters/git/a.ts", "../docker/runtime.ts"],
    ["main/adapters/git/a.ts", "../../engine/engine.ts"],
    ["main/adapters/git/a.ts", "dockerode"],
    ["main/adapters/docker/a.ts", "simple-git"],
    ["main/adapters/settings/a.ts", "node:sqlite"],
    ["main/adapters/history/a.ts", "conf"],
    ["main/adapters/secrets/a.ts", "electron-store"],
    ["main/api/a.ts", "../adapters/git/task-repo.ts"],
    ["main/api/a.ts", "node:http"],
    ["main/headless/a.ts", "../electron/app.ts"],
    ["main/headless/a.ts", "electron"],
    ["main/headless/a.ts", "dockerode"],
    ["main/electron/a.ts", "../headless/cli.ts"],
    ["main/electron/a.ts", "../../tests/support/grid.ts"],
    ["renderer/a.ts", "../main/engine/ports.ts"],
    ["renderer/a.ts", "node:path"],
    [".github/scripts/a.ts", "../../main/adapters/docker/runtime.ts"],
    [".github/scripts/a.ts", "../../main/engine/engine.ts"],
  ])("%s importing %s", async (from, specifier) => {
    const found = await violations(from, specifier);
    expect(found.join("\n")).toContain(`${from} -> `);
    expect(boundaryFailure({ modules: 1, violations: found })).toContain(from);
  });
});

describe("an import within the table passes", () => {
  it.each([
    ["shared/a.ts", "zod"],
    ["main/engine/core/a.ts", "../../../shared/domain/task.ts"],
    ["main/engine/a.ts", "./core/choose.ts"],
    ["main/adapters/git/a.ts", "simple-git"],
    ["main/adapters/git/a.ts", "node:fs"],
    ["main/adapters/docker/a.ts", "dockerode"],
    ["main/adapters/history/a.ts", "node:sqlite"],
    ["main/adapters/settings/a.ts", "conf"],
    ["main/api/a.ts", "../engine/engine.ts"],
    ["main/headless/a.ts", "../adapters/docker/runtime.ts"],
    ["main/headless/a.ts", "commander"],
    ["main/electron/a.ts", "electron-store"],
    ["renderer/a.ts", "react"],
    [".github/scripts/a.ts", "../../main/adapters/git/task-repo.ts"],
    ["main/engine/core/choose.test.ts", "node:fs"],
    ["tests/a.ts", "../main/adapters/git/task-repo.ts"],
  ])("%s importing %s", async (from, specifier) => {
    expect(await violations(from, specifier)).toEqual([]);
  });
});

describe("a run that reads nothing fails", () => {
  it("where no folder is there", async () => {
    expect(boundaryFailure(await checkBoundaries(root))).toContain("no module was read");
  });

  it("where the folders hold no module", async () => {
    write("shared/README.md", "nothing to read\n");
    expect(boundaryFailure(await checkBoundaries(root))).toContain("no module was read");
  });

  it("but this project's own run reads its modules", async () => {
    const findings = await checkBoundaries(join(import.meta.dirname, ".."));
    expect(findings.modules).toBeGreaterThan(50);
  });
});
