import { describe, expect, test } from "vitest";
import { explained, holds, together } from "./known-flags.ts";

describe("the engine's words", () => {
  test("are explained with and without the part they stand in", () => {
    expect(explained({ name: "HostConfig.NetworkMode", value: '"none"' })).toMatchObject({
      known: "NetworkMode",
      group: "network",
      usual: true,
    });
    expect(explained({ name: "HostConfig.Tmpfs./tmp", value: "rw,nosuid,nodev,noexec,size=1" })).toMatchObject({
      known: "Tmpfs",
      usual: true,
    });
    expect(explained({ name: "HostConfig.Tmpfs./data", value: "ro" })).toMatchObject({
      known: undefined,
      group: "files",
    });
  });
  test("of one thing stand together, what is unusual apart", () => {
    const flags = [
      { name: "HostConfig.LogConfig.Type", value: "local" },
      { name: "HostConfig.LogConfig.Config.max-size", value: "1m" },
      { name: "HostConfig.AutoRemove", value: "true" },
    ];
    expect(together(flags.map(explained)).map((row) => row.length)).toEqual([2, 1]);
  });
  test.each([
    ["PidMode", '""'],
    ["CapAdd", "none"],
    ["CapDrop", "ALL"],
    ["HostConfig.RestartPolicy.Name", "no"],
    ["Healthcheck.Test", "NONE"],
    ["Entrypoint", "sh -c"],
  ])("%s = %s is what the sentence says, as the adapter writes it", (name, value) => {
    expect(explained({ name, value })).toMatchObject({ usual: true });
  });
  test.each([
    ["NetworkMode", "host"],
    ["Privileged", "true"],
    ["CapDrop", '["NET_RAW"]'],
    ["CapAdd", '["SYS_ADMIN"]'],
    ["User", "0:0"],
    ["User", ""],
    ["Binds", '["/:/host"]'],
    ["SecurityOpt", '["seccomp=unconfined","no-new-privileges:true"]'],
    ["PidMode", "host"],
    ["ReadonlyRootfs", "false"],
  ])("%s = %s is not passed off as safe", (name, value) => {
    expect(explained({ name, value }).usual).toBe(false);
  });
  test("unknown ones are shown without a sentence", () => {
    expect(explained({ name: "Brand.New", value: "1" })).toMatchObject({ known: undefined, group: "other" });
    expect(explained({ name: "constructor", value: "1" })).toMatchObject({ known: undefined });
  });
  test("promise nothing that was not said", () => {
    expect(holds([], "NetworkMode")).toBe(false);
    expect(holds([{ name: "NetworkMode", value: "none" }], "NetworkMode")).toBe(true);
  });
});
