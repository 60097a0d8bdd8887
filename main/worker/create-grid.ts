import { join } from "node:path";
import type { Outcome } from "../../shared/contract/fault.ts";
import { gitEnvironment } from "../adapters/git/environment.ts";
import { initGrid } from "../adapters/git/init-grid.ts";
import { DIRECTORIES, GRID_FILE } from "../engine/core/layout.ts";
import type { GridAccess } from "./grid-access.ts";
import { withTemporaryFolder } from "./temporary.ts";

const DEADLINE_MS = 60_000;

/** Puts the layout into an empty repository, or says that it is not empty. */
export function createGrid(
  { address, token }: Pick<GridAccess, "address" | "token">,
  gridJson: Readonly<Record<string, unknown>> = { protocol: 1 },
): Promise<Outcome<"created" | "not_empty">> {
  const files: Record<string, string> = { [GRID_FILE]: `${JSON.stringify(gridJson, null, 2)}\n` };
  for (const directory of Object.values(DIRECTORIES)) files[`${directory}/.gitkeep`] = "";
  return withTemporaryFolder((folder) =>
    initGrid(
      {
        location: {
          directory: join(folder, "repo"),
          address,
          environment: gitEnvironment(address, token, process.env),
        },
        author: { name: "dgrid", email: "dgrid@nodes.dgrid.invalid" },
        epochMs: Date.now(),
        files,
      },
      { deadlineMs: DEADLINE_MS, signal: new AbortController().signal },
    ),
  );
}
