/** `dgrid init URL`: puts the layout into an empty repository. */
import { describeFault } from "../../../shared/contract/fault.ts";
import { createGrid } from "../../worker/create-grid.ts";
import type { GridAccess } from "../../worker/grid-access.ts";

export async function runInit(access: GridAccess): Promise<number> {
  const created = await createGrid(access);
  if (!created.ok) {
    process.stderr.write(`${describeFault(created.fault)}\n`);
    return 1;
  }
  if (created.value === "not_empty") {
    process.stderr.write(
      "The repository is not empty, so nothing was changed. dgrid status shows whether it is a grid.\n",
    );
    return 1;
  }
  const { url } = access.address;
  process.stdout.write(`${url} is a grid now. Queue a task: dgrid submit --grid ${url} task.json\n`);
  return 0;
}
