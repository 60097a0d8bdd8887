import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import type { Log } from "../../engine/ports.ts";
import { provisionEngine } from "./provision-engine.ts";
import type { ThisSystem } from "./this-system.ts";

const NOTHING_HERE = { DOCKER_HOST: `unix://${join(tmpdir(), "dgrid-no-engine.sock")}`, PATH: "" };
const DEBIAN: ThisSystem = { root: true, apt: true, debian: true, allowed: true };

function provision(system: ThisSystem, signal = new AbortController().signal) {
  const said: string[] = [];
  const say = (_fields: unknown, message: string): void => void said.push(message);
  const log: Log = { debug: say, info: say, warn: say, error: say };
  return provisionEngine({ env: NOTHING_HERE, log, signal, system }).then((outcome) => ({ outcome, said }));
}

it.each([
  ["the donor forbids it", { ...DEBIAN, allowed: false }],
  ["the user is not root", { ...DEBIAN, root: false }],
])("installs and starts nothing where %s, and names the command to type", async (_why, system) => {
  const { outcome, said } = await provision(system);
  const detail: unknown = expect.stringMatching(/type: .*(apt-get install|start docker|docker start)/);
  expect(outcome).toMatchObject({ ok: false, fault: { code: "docker_missing", detail } });
  expect(said).toEqual([]);
});

it("stops before it installs anything when it is told to", async () => {
  const { outcome, said } = await provision(DEBIAN, AbortSignal.abort());
  expect(outcome).toMatchObject({ ok: false, fault: { code: "docker_missing", detail: "stopped" } });
  expect(said).toEqual([]);
});
