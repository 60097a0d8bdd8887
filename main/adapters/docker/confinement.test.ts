import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MEBIBYTE } from "../../../shared/domain/limits.ts";
import { confinementView, flagsOf } from "./confinement.ts";
import { containerOptions } from "./container-options.ts";

const script = "echo of a stranger";
const options = containerOptions({
  spec: {
    grid: "https://grid.example/r.git",
    taskId: "t1",
    claimId: "claim-0001",
    nodeId: "node-1",
    instanceId: "instance-1",
    image: "python:3.11-alpine",
    script,
    timeoutMs: 30_000,
    share: { cpus: 0.25, memoryBytes: 256 * MEBIBYTE, pids: 64, tmpBytes: 64 * MEBIBYTE },
  },
  traits: { cgroupVersion: 2, podman: false },
  imageId: "sha256:abc",
  imageVolumes: ["/data"],
  deadlineMs: 1_000_030_000,
  runtime: "runsc",
});
const request = { image: "python:3.11-alpine", imageId: "sha256:abc", options, script };

describe("what a person is shown of a request", () => {
  it("is the engine's own words", () => {
    const { flags, ...rest } = confinementView(request);
    expect(rest).toEqual({ image: "python:3.11-alpine", imageId: "sha256:abc" });
    const named = Object.fromEntries(flags.map(({ name, value }) => [name, value]));
    expect(Object.keys(named)).toHaveLength(flags.length);
    expect(named).toMatchObject({
      Image: "sha256:abc",
      Entrypoint: "sh -c",
      Cmd: "(the script)",
      User: "1000:1000",
      Env: "HOME=/tmp TMPDIR=/tmp LANG=C.UTF-8 PYTHONDONTWRITEBYTECODE=1 TASK_ID=t1",
      "Labels.dgrid.task": "t1",
      "Healthcheck.Test": "NONE",
      "HostConfig.NetworkMode": "none",
      "HostConfig.PortBindings": "none",
      "HostConfig.Binds": "none",
      "HostConfig.ReadonlyRootfs": "true",
      "HostConfig.Privileged": "false",
      "HostConfig.CapAdd": "none",
      "HostConfig.CapDrop": "ALL",
      "HostConfig.SecurityOpt": "no-new-privileges:true",
      "HostConfig.PidMode": '""',
      "HostConfig.Memory": "268435456",
      "HostConfig.CpuQuota": "25000",
      "HostConfig.Ulimits": "Name=nofile Soft=1024 Hard=1024, Name=core Soft=0 Hard=0",
      "HostConfig.LogConfig.Config.max-size": "1m",
      "HostConfig.Tmpfs./tmp": expect.stringMatching(/^rw,nosuid,nodev,noexec,size=67108864,/),
      "HostConfig.Tmpfs./data": expect.stringMatching(/^ro,/),
      "HostConfig.Runtime": "runsc",
    });
  });

  it("leaves out no leaf of the request, and nothing is shown that is not asked for", () => {
    const { flags } = confinementView(request);
    const asked = leaves(options).map(({ path, text }) =>
      path === "Cmd" ? { path, text: "(the script)" } : { path, text },
    );
    expect(asked.length).toBeGreaterThan(50);
    for (const { path, text } of asked) {
      const flag = flags.find(({ name }) => name === path) ?? expect.fail(`${path} is not shown`);
      expect(flag.value.split(/[ ,=]+/).join(" ")).toContain(text.split(/[ ,=]+/).join(" "));
    }
    expect(new Set(flags.map(({ name }) => name))).toEqual(new Set(asked.map(({ path }) => path)));
  });

  it("holds the script nowhere, but any argument beside it", () => {
    const { flags } = confinementView({ ...request, options: { ...options, Cmd: [script, "more"] } });
    expect(JSON.stringify(flags)).not.toContain(script);
    expect(flags).toContainEqual({ name: "Cmd", value: "(the script) more" });
  });

  it("is an option that nobody thought of here, as soon as the request has it", () => {
    const added = { ...options, HostConfig: { ...options.HostConfig, Sysctls: { "net.core.somaxconn": "1" } } };
    expect(confinementView({ ...request, options: added }).flags).toContainEqual({
      name: "HostConfig.Sysctls.net.core.somaxconn",
      value: "1",
    });
  });

  it("says where the image is not on this machine", () => {
    expect(confinementView({ ...request, imageId: null }).imageId).toBeNull();
  });
});

describe("the walk through a request", () => {
  it("finds every field of whatever is sent", () => {
    const field = fc.stringMatching(/^[a-zA-Z/][a-zA-Z0-9./_-]{0,8}$/);
    const scalar = fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null));
    const { tree } = fc.letrec((tie) => ({
      tree: fc.dictionary(field, fc.oneof({ maxDepth: 4 }, scalar, fc.array(scalar), tie("tree")), { minKeys: 1 }),
    }));
    fc.assert(
      fc.property(tree, (value) => {
        const shown = flagsOf("", value).map(({ name }) => name);
        expect(new Set(shown)).toEqual(new Set(leaves(value).map(({ path }) => path)));
      }),
    );
  });

  it("passes over what is undefined, as sending does", () => {
    expect(flagsOf("", { a: undefined, b: { c: 1, d: undefined } })).toEqual([{ name: "b.c", value: "1" }]);
  });
});

interface Leaf {
  /** As a flag is named: what stands in a list is part of the list's flag. */
  readonly path: string;
  readonly text: string;
}

/** The leaves of what is sent, told by JSON's own walk rather than by that of the code under test. */
function leaves(root: unknown): readonly Leaf[] {
  const found: Leaf[] = [];
  const paths = new Map<unknown, { readonly path: string; readonly list: boolean }>();
  JSON.stringify(root, function (this: unknown, key: string, value: unknown): unknown {
    const holder = paths.get(this);
    const isRoot = holder === undefined;
    const path = isRoot || holder.list ? (holder?.path ?? "") : holder.path === "" ? key : `${holder.path}.${key}`;
    const list = Array.isArray(value) || holder?.list === true;
    if (typeof value !== "object" || value === null) found.push({ path, text: value === "" ? '""' : String(value) });
    else if (Object.keys(value).length === 0) found.push({ path, text: "none" });
    // The same object may stand in two places, so each place walks a copy of its own.
    else {
      const copy: unknown = Array.isArray(value) ? [...(value as unknown[])] : { ...value };
      paths.set(copy, { path, list });
      return copy;
    }
    return value;
  });
  return found;
}
