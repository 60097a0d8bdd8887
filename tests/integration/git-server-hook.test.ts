/** Ends of the tests' own Git server that need process groups, which Windows has not. */
import { join } from "node:path";
import { expect, test } from "vitest";
import { createBareGrid } from "../support/bare-grid.ts";
import { installHook } from "../support/grid-history.ts";
import { startGitServer } from "../support/git-server.ts";
import { git } from "../support/isolated-git.ts";
import { temporaryDirectory } from "../support/temporary-directory.ts";

test("closing ends a push whose hook is still running", async () => {
  const root = temporaryDirectory();
  const grid = join(root, "grid.git");
  await createBareGrid({ dir: grid, tasks: 1 });
  const server = await startGitServer({ root });
  const work = join(root, "work");
  await git(["clone", "--quiet", server.url("grid.git"), work]);
  await git(["commit", "--quiet", "--allow-empty", "-m", "Something"], { dir: work });
  installHook(grid, "pre-receive", "exec sleep 600");
  const arrived = server.nextArrival((request) => request.service === "push" && request.phase === "pack");
  const outcome = git(["push"], { dir: work }).then(
    () => "answered",
    () => "failed",
  );
  await arrived;
  await server.close();
  expect(await outcome).toBe("failed");
});
