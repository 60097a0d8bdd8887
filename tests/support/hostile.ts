/**
 * Running a hostile task, and showing afterwards that nothing of it is left: the container is
 * gone, the host has what it had before, and the next task runs.
 */
import { readdirSync } from "node:fs";
import { freemem, totalmem } from "node:os";
import { expect } from "vitest";
import type { ContainerOutcome, ContainerRuntime, ContainerSpec } from "../../main/engine/ports.ts";
import { containersOf, run } from "./docker.ts";

const hostProcesses = (): number => readdirSync("/proc").filter((name) => /^\d+$/.test(name)).length;

export async function survive(
  runtime: ContainerRuntime,
  script: string,
  changes: Partial<ContainerSpec> = {},
): Promise<ContainerOutcome> {
  const before = { processes: hostProcesses(), free: freemem() };
  const { spec, ...outcome } = await run(runtime, script, { timeoutMs: 20_000, ...changes });
  expect(await containersOf(spec.instanceId)).toEqual([]);
  // Other tests run at the same time, so that neither is exact.
  expect(hostProcesses()).toBeLessThan(before.processes + 100);
  expect(before.free - freemem()).toBeLessThan(totalmem() / 4);
  expect(await run(runtime, "echo next")).toMatchObject({ reason: "exited", exitCode: 0, stdout: { text: "next\n" } });
  return outcome;
}

/** Runs Python inside, so that nothing depends on which programs the image has. */
export const python = (code: string): string => `python3 - <<'PYTHON'\n${code}\nPYTHON\n`;
