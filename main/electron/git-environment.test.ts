import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { temporaryDirectory } from "../../tests/support/temporary-directory.ts";
import { findGit, GitEnvironments, gitFolders, proxyOf } from "./git-environment.ts";

const silent = (): void => undefined;
const LOG = { debug: silent, info: silent, warn: silent, error: silent };

function gitIn(folder: string): string {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "git"), "");
  return folder;
}

describe("Git on a short PATH", () => {
  it("is found where systems and package managers have it", () => {
    const home = temporaryDirectory();
    const own = gitIn(join(home, ".local", "bin"));
    const found = findGit({ env: { PATH: join(home, "empty"), HOME: home }, platform: "linux", resources: undefined });
    // Wherever this machine has it, or in the home: never nowhere.
    expect([own, "/usr/local/bin", "/usr/bin", "/bin", "/snap/bin"]).toContain(found);
  });

  it("that came with the application goes first on Windows and macOS", () => {
    const windows = gitFolders({ env: { PATH: "C:\\x" }, platform: "win32", resources: "R" });
    expect(windows[0]).toBe(join("R", "git", "cmd"));
    const mac = gitFolders({ env: { PATH: "/usr/bin" }, platform: "darwin", resources: "R" });
    expect(mac[0]).toBe(join("R", "git", "bin"));
    // The stub that only offers to install developer tools is not preferred to a real one.
    expect(mac.indexOf("/usr/bin")).toBeGreaterThan(mac.indexOf("/opt/homebrew/bin"));
  });

  it("comes to the PATH that everything else inherits", () => {
    const resources = temporaryDirectory();
    const folder = gitIn(join(resources, "git", "bin"));
    const env: NodeJS.ProcessEnv = { PATH: "/nowhere" };
    const surroundings = new GitEnvironments(
      { env, platform: "darwin", resources },
      { resolveProxy: async () => "DIRECT" },
      LOG,
    );
    expect(surroundings.of("/a/grid")["PATH"]?.startsWith(folder)).toBe(true);
    expect(surroundings.of("/a/grid")["GIT_EXEC_PATH"]).toBe(join(resources, "git", "libexec", "git-core"));
    expect(env["PATH"]?.startsWith(folder)).toBe(true);
  });
});

describe("the system's proxy", () => {
  it.each([
    ["DIRECT", undefined],
    ["PROXY proxy.example:8080; DIRECT", "http://proxy.example:8080"],
    ["HTTPS proxy.example:443", "https://proxy.example:443"],
    ["SOCKS5 127.0.0.1:1080", "socks5://127.0.0.1:1080"],
    ["PROXY [::1]:3128", "http://[::1]:3128"],
    ['PROXY host:80" --upload-pack=x', undefined],
    ["", undefined],
  ])("%j is %j to Git", (answer, proxy) => {
    expect(proxyOf(answer)).toBe(proxy);
  });

  it("reaches Git once it is known, and only then is the environment another", async () => {
    let answer = "PROXY p:1";
    const asked = Promise.withResolvers<void>();
    const surroundings = new GitEnvironments(
      { env: { PATH: "/usr/bin" }, platform: "linux", resources: undefined },
      {
        resolveProxy: async () => {
          queueMicrotask(() => queueMicrotask(() => asked.resolve()));
          return answer;
        },
      },
      LOG,
    );
    const before = surroundings.of("https://grid.example/g.git");
    expect(before["https_proxy"]).toBeUndefined();
    await asked.promise;
    const after = surroundings.of("https://grid.example/g.git");
    expect(after["https_proxy"]).toBe("http://p:1");
    answer = "DIRECT";
    expect(surroundings.of("https://grid.example/g.git")).toBe(after);
  });

  it("never wins over what the environment says itself", async () => {
    const surroundings = new GitEnvironments(
      { env: { PATH: "/usr/bin", https_proxy: "http://own:1" }, platform: "linux", resources: undefined },
      { resolveProxy: async () => "PROXY p:1" },
      LOG,
    );
    surroundings.of("https://grid.example/g.git");
    await Promise.resolve();
    await Promise.resolve();
    expect(surroundings.of("https://grid.example/g.git")["https_proxy"]).toBe("http://own:1");
  });
});
