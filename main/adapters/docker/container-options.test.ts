import { describe, expect, it } from "vitest";
import { MEBIBYTE } from "../../../shared/domain/limits.ts";
import { containerOptions, type ContainerOptionsInput } from "./container-options.ts";

const input: ContainerOptionsInput = {
  spec: {
    grid: "https://grid.example/r.git",
    taskId: "t1",
    claimId: "claim-0001",
    nodeId: "node-1",
    instanceId: "instance-1",
    image: "python:3.11-alpine",
    script: "echo $HOME; --privileged",
    timeoutMs: 30_000,
    share: { cpus: 0.25, memoryBytes: 256 * MEBIBYTE, pids: 64, tmpBytes: 64 * MEBIBYTE },
  },
  traits: { cgroupVersion: 2, podman: false },
  imageId: "sha256:abc",
  imageVolumes: [],
  deadlineMs: 1_000_030_000,
};

describe("a container's options", () => {
  it("are every control of the sandbox's table", () => {
    expect(containerOptions(input)).toEqual({
      Image: "sha256:abc",
      Entrypoint: ["sh", "-c"],
      Cmd: ["echo $HOME; --privileged"],
      User: "1000:1000",
      WorkingDir: "/tmp",
      Env: ["HOME=/tmp", "TMPDIR=/tmp", "LANG=C.UTF-8", "PYTHONDONTWRITEBYTECODE=1", "TASK_ID=t1"],
      Labels: {
        "dgrid.grid": "https://grid.example/r.git",
        "dgrid.task": "t1",
        "dgrid.claim": "claim-0001",
        "dgrid.node": "node-1",
        "dgrid.instance": "instance-1",
        "dgrid.deadline": "1000030000",
        "dgrid.timeout-ms": "30000",
        "dgrid.cpus": "0.25",
        "dgrid.memory-bytes": "268435456",
        "dgrid.pids": "64",
        "dgrid.tmp-bytes": "67108864",
      },
      AttachStdin: false,
      AttachStdout: true,
      AttachStderr: true,
      OpenStdin: false,
      Tty: false,
      StopSignal: "SIGTERM",
      StopTimeout: 2,
      Healthcheck: { Test: ["NONE"] },
      HostConfig: {
        Memory: 268_435_456,
        MemorySwap: 268_435_456,
        CpuPeriod: 100_000,
        CpuQuota: 25_000,
        PidsLimit: 64,
        NetworkMode: "none",
        PortBindings: {},
        PublishAllPorts: false,
        ReadonlyRootfs: true,
        Tmpfs: { "/tmp": "rw,nosuid,nodev,noexec,size=67108864,nr_inodes=16384,uid=1000,gid=1000,mode=1777" },
        ShmSize: 16 * MEBIBYTE,
        Binds: [],
        Devices: [],
        Privileged: false,
        CapAdd: [],
        CapDrop: ["ALL"],
        SecurityOpt: ["no-new-privileges:true"],
        GroupAdd: [],
        IpcMode: "private",
        PidMode: "",
        UTSMode: "",
        CgroupnsMode: "private",
        Init: true,
        OomKillDisable: false,
        Ulimits: [
          { Name: "nofile", Soft: 1024, Hard: 1024 },
          { Name: "core", Soft: 0, Hard: 0 },
        ],
        LogConfig: { Type: "local", Config: { "max-size": "1m", "max-file": "1", compress: "false" } },
        RestartPolicy: { Name: "no" },
        AutoRemove: false,
      },
    });
  });

  it("hold the script in its own argument and nowhere else", () => {
    const marked = containerOptions({ ...input, spec: { ...input.spec, script: "MARK" } });
    expect(JSON.stringify(marked).split("MARK")).toHaveLength(2);
  });

  it("cover what the image declares as volumes, but never /tmp, and Podman gets a log driver that it has", () => {
    const { HostConfig } = containerOptions({
      ...input,
      imageVolumes: ["/data", "/tmp"],
      traits: { cgroupVersion: 1, podman: true },
      runtime: "runsc",
    });
    expect(HostConfig?.Tmpfs).toEqual({
      "/data": expect.stringMatching(/^ro,.*noexec/),
      "/tmp": expect.stringMatching(/^rw,.*size=67108864/),
    });
    expect(HostConfig).toMatchObject({ LogConfig: { Type: "k8s-file" }, Runtime: "runsc" });
  });

  it("ask for no quota that the kernel would refuse", () => {
    const tiny = containerOptions({ ...input, spec: { ...input.spec, share: { ...input.spec.share, cpus: 0.001 } } });
    expect(tiny.HostConfig?.CpuQuota).toBe(1_000);
  });
});
