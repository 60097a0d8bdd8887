import { describe, expect, it } from "vitest";
import { engineAddresses, showAddress, type Surroundings } from "./engine-address.ts";

const linux: Surroundings = { env: {}, platform: "linux", home: "/home/d", uid: 1000 };
const found = (changes: Partial<Surroundings>): string[] | undefined =>
  engineAddresses({ ...linux, ...changes })?.map(showAddress);

describe("where an engine is looked for", () => {
  it("is DOCKER_HOST alone where it is set", () => {
    const at = (host: string, env: Surroundings["env"] = {}): string[] | undefined =>
      found({ env: { DOCKER_HOST: host, ...env } });
    expect(at("unix:///run/x.sock")).toEqual(["unix:///run/x.sock"]);
    expect(at("/run/x.sock")).toEqual(["unix:///run/x.sock"]);
    expect(at("npipe:////./pipe/docker_engine")).toEqual(["npipe:////./pipe/docker_engine"]);
    expect(at("tcp://10.0.0.1")).toEqual(["tcp://10.0.0.1:2375"]);
    expect(at("tcp://[::1]:99/")).toEqual(["tcp://::1:99"]);
  });

  it("asks for TLS by its port, its scheme or DOCKER_TLS_VERIFY, with the certificates named", () => {
    const at = (env: Surroundings["env"]): unknown => engineAddresses({ ...linux, env });
    const tls = [{ kind: "tcp", host: "h", port: 2376, certPath: "/certs" }];
    expect(at({ DOCKER_HOST: "tcp://h:2376", DOCKER_CERT_PATH: "/certs" })).toEqual(tls);
    expect(at({ DOCKER_HOST: "https://h", DOCKER_CERT_PATH: "/certs" })).toEqual(tls);
    expect(at({ DOCKER_HOST: "tcp://h", DOCKER_TLS_VERIFY: "1" })).toEqual([{ ...tls[0], certPath: "" }]);
    expect(at({ DOCKER_HOST: "tcp://h:2375", DOCKER_CERT_PATH: "/certs" })).toEqual([
      { kind: "tcp", host: "h", port: 2375 },
    ]);
  });

  it.each([
    "ssh://host",
    "unix://",
    "unix://relative",
    "fd://",
    "tcp://",
    "tcp://h:port",
    "tcp://u:p@h",
    "docker.sock",
  ])("is nowhere for %s, rather than somewhere the donor did not mean", (host) =>
    expect(found({ env: { DOCKER_HOST: host } })).toBeUndefined(),
  );

  it("is each known engine's socket, the system's first, none twice", () => {
    const paths = found({ env: { XDG_RUNTIME_DIR: "/run/user/7", DOCKER_HOST: "" } }) ?? [];
    expect(paths[0]).toBe("unix:///var/run/docker.sock");
    for (const part of [
      "/run/user/7/docker.sock",
      "/.docker/run/",
      "/.docker/desktop/",
      "/.colima/",
      "/.orbstack/",
      "/run/user/7/podman/",
      "/run/podman/",
    ]) {
      expect(paths.filter((path) => path.includes(part)).length).toBeGreaterThanOrEqual(1);
    }
    expect(new Set(paths).size).toBe(paths.length);
    expect(found({})).toContain("unix:///run/user/1000/docker.sock");
  });

  it("is a pipe on Windows", () => {
    expect(found({ platform: "win32", uid: undefined })?.[0]).toBe("npipe:////./pipe/docker_engine");
  });
});
