import { describe, expect, test } from "vitest";
import { explained, holds } from "./known-flags.ts";

describe("the engine's words", () => {
  test("are explained with and without the part they stand in", () => {
    expect(explained({ name: "HostConfig.NetworkMode", value: '"none"' })).toMatchObject({
      known: "NetworkMode",
      group: "network",
      usual: true,
    });
    expect(explained({ name: "HostConfig.Tmpfs./tmp", value: "rw,noexec" })).toMatchObject({ group: "files" });
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
