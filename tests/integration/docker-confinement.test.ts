/** What a person is told of a container's confinement, beside what the engine says of it. */
import { expect, it } from "vitest";
import type { ContainerRuntime } from "../../main/engine/ports.ts";
import type { ConfinementView } from "../../shared/contract/views.ts";
import { MEBIBYTE } from "../../shared/domain/limits.ts";
import {
  containerOf,
  containersOf,
  engineRequest,
  IMAGE,
  must,
  runtimeForTest,
  SHARE,
  specOf,
  start,
} from "../support/docker.ts";
import { temporaryDirectory } from "../support/temporary-directory.ts";

const never = new AbortController().signal;
const nowhere = (): ContainerRuntime => runtimeForTest({ dockerHost: `unix://${temporaryDirectory()}/none.sock` });

const valuesOf = ({ flags }: ConfinementView): Record<string, string> =>
  Object.fromEntries(flags.map(({ name, value }) => [name, value]));
const withoutDeadline = (view: ConfinementView): ConfinementView => ({
  ...view,
  flags: view.flags.filter(({ name }) => name !== "Labels.dgrid.deadline"),
});

it("is what the engine says of the running container", async () => {
  const runtime = runtimeForTest();
  const spec = specOf("echo ready; sleep 60", {
    share: { ...SHARE, cpus: 0.7, memoryBytes: 177 * MEBIBYTE, pids: 43 },
  });
  const { running, said } = await start(runtime, spec);
  await said("ready");
  const told = running.confinement ?? expect.fail("nothing is told");
  const { json } = await engineRequest("GET", `/containers/${(await containerOf(spec)).Id}/json`);
  // The engine's answer, of which only these are looked at.
  const { Config, HostConfig, Image } = json as Record<"Config" | "HostConfig", Record<string, unknown>> & {
    Image: string;
  };
  const values = valuesOf(told);
  for (const name of ["NetworkMode", "ReadonlyRootfs", "PidsLimit", "Memory", "MemorySwap", "CpuQuota", "CpuPeriod"])
    expect([name, values[`HostConfig.${name}`]]).toEqual([name, String(HostConfig[name])]);
  for (const name of ["Init", "Privileged", "ShmSize", "IpcMode", "CgroupnsMode", "OomKillDisable"])
    expect([name, values[`HostConfig.${name}`]]).toEqual([name, String(HostConfig[name])]);
  expect([values["HostConfig.CapDrop"]]).toEqual(HostConfig.CapDrop);
  expect([values["HostConfig.SecurityOpt"]]).toEqual(HostConfig.SecurityOpt);
  expect({ "/tmp": values["HostConfig.Tmpfs./tmp"] }).toEqual(HostConfig.Tmpfs);
  expect(values.User).toBe(Config.User);
  expect(values["Labels.dgrid.deadline"]).toBe((Config.Labels as Record<string, string>)["dgrid.deadline"]);
  expect(values).toMatchObject({
    User: "1000:1000",
    "HostConfig.NetworkMode": "none",
    "HostConfig.ReadonlyRootfs": "true",
    "HostConfig.CapDrop": "ALL",
    "HostConfig.SecurityOpt": "no-new-privileges:true",
    "HostConfig.PidsLimit": "43",
    "HostConfig.Memory": String(177 * MEBIBYTE),
    "HostConfig.CpuQuota": "70000",
    "HostConfig.Init": "true",
  });
  expect(told).toMatchObject({ image: IMAGE, imageId: Image });
});

it("is told before the start as it is at the start, but for the deadline, and without starting anything", async () => {
  const runtime = runtimeForTest();
  const spec = specOf("echo ready; sleep 60");
  const before = must(await runtime.confinement(spec, never));
  expect(await containersOf(spec.instanceId)).toEqual([]);
  const { running } = await start(runtime, spec);
  const during = running.confinement ?? expect.fail("nothing is told");
  expect(withoutDeadline(before)).toEqual(withoutDeadline(during));
  expect(withoutDeadline(before).flags).toHaveLength(before.flags.length - 1);
  // The limits are proven by now; what is told is the same.
  expect(withoutDeadline(must(await runtime.confinement(spec, never)))).toEqual(withoutDeadline(before));
});

it("is told for an image that is not here, and not for a share that would be refused", async () => {
  const runtime = runtimeForTest();
  const missing = must(await runtime.confinement(specOf("true", { image: "dgrid-no-such-image:1" }), never));
  expect(missing).toMatchObject({ image: "dgrid-no-such-image:1", imageId: null });
  expect(valuesOf(missing)).toMatchObject({ Image: "dgrid-no-such-image:1", "HostConfig.NetworkMode": "none" });
  const little = specOf("true", { share: { ...SHARE, memoryBytes: 90 * MEBIBYTE } });
  expect(await runtime.confinement(little, never)).toMatchObject({ ok: false, fault: { code: "container_failed" } });
});

it("and the engine's description need an engine", async () => {
  const runtime = nowhere();
  expect(await runtime.confinement(specOf("true"), never)).toMatchObject({
    ok: false,
    fault: { code: "docker_missing" },
  });
  expect(await runtime.look(never)).toMatchObject({ ok: false, fault: { code: "docker_missing" } });
});

it("a look describes the engine and runs nothing there, whether or not its limits are proven", async () => {
  const runtime = runtimeForTest({ probeImage: "dgrid-no-such-image:1", pull: false });
  const seen = must(await runtime.look(never));
  expect(seen).toMatchObject({ engine: "Docker", address: process.env["DOCKER_HOST"] });
  expect(seen.cpus).toBeGreaterThan(0);
  expect(seen.memoryBytes).toBeGreaterThan(MEBIBYTE);
  expect(await runtime.check(never)).toMatchObject({ ok: false, fault: { code: "image_missing" } });
  expect(must(await runtime.look(never))).toEqual(seen);
  const proven = runtimeForTest();
  expect(must(await proven.check(never))).toEqual(seen);
  expect(must(await proven.look(never))).toEqual(seen);
});
