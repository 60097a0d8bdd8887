/** `dgrid doctor`: looks at each thing a worker needs and says how to mend what is wrong. */
import { simpleReport, type Check } from "../check-report.ts";
import { fault, type Fault } from "../../../shared/contract/fault.ts";
import { createDockerRuntime } from "../../adapters/docker/docker-runtime.ts";
import { checkGit } from "../../adapters/git/git-version.ts";
import { GridReader } from "../../engine/core/grid-view.ts";
import type { Log } from "../../engine/ports.ts";
import { withGrid, type GridAccess } from "../../worker/grid-access.ts";

export interface DoctorOptions {
  readonly image: string;
  readonly access?: GridAccess;
  readonly log: Log;
}

export async function runDoctor({ image, access, log }: DoctorOptions): Promise<number> {
  const checks: Check[] = [];
  const { signal } = new AbortController();
  const git = await checkGit(process.env, signal);
  checks.push(git.ok ? { name: "Git", fine: git.value } : { name: "Git", fault: git.fault });
  const runtime = createDockerRuntime({ env: process.env, log, probeImage: image });
  const engine = await runtime.check(signal);
  const imageId = await runtime.ensureImage(image, false, signal);
  checks.push(
    engine.ok
      ? {
          name: "Container engine",
          fine: `${engine.value.engine} ${engine.value.version} at ${engine.value.address}, limits enforced`,
        }
      : { name: "Container engine", fault: engine.fault },
  );
  checks.push(
    imageId.ok
      ? { name: "Image", fine: `${image} (${imageId.value.slice(0, 19)})` }
      : { name: "Image", fault: imageMend(imageId.fault, image) },
  );
  await runtime.close();
  if (access !== undefined) checks.push(await checkGrid(access));
  process.stdout.write(simpleReport(checks));
  return checks.every((check) => "fine" in check) ? 0 : 1;
}

async function checkGrid(access: GridAccess): Promise<Check> {
  return withGrid(access, async (repo, signal) => {
    const reader = new GridReader();
    const synced = await repo.sync((tree) => reader.needs(tree), signal);
    if (!synced.ok) return { name: "Grid", fault: synced.fault };
    const view = reader.read(synced.value);
    if (view.settingsProblem !== undefined)
      return { name: "Grid", fault: fault("grid_settings_invalid", view.settingsProblem) };
    return {
      name: "Grid",
      fine: `${view.queue.length} queued, ${view.inProgress.size} in progress, ${view.nodes.size} nodes, ${view.problems.length} problems`,
    };
  });
}

function imageMend(found: Fault, image: string): Fault {
  return found.code === "image_missing"
    ? { ...found, next: `Pull it: docker pull ${image}. A worker does so by itself.` }
    : found;
}
