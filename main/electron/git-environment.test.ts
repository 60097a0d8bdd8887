import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { describe, expect, it, onTestFinished, vi } from "vitest";
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
    const found = findGit({
      env: { PATH: join(home, "empty"), HOME: home },
      platform: "linux",
      resources: undefined,
      exists: existsSync,
    });
    // Wherever this machine has it, or in the home: never nowhere.
    expect([own, "/usr/local/bin", "/usr/bin", "/bin", "/snap/bin"]).toContain(found);
  });

  it("that came with the application goes first on Windows and macOS", () => {
    const windows = gitFolders({ env: { PATH: "C:\\x" }, platform: "win32", resources: "R", exists: () => false });
    expect(windows[0]).toBe(join("R", "git", "cmd"));
    const mac = gitFolders({ env: { PATH: "/usr/bin" }, platform: "darwin", resources: "R", exists: () => false });
    expect(mac[0]).toBe(join("R", "git", "bin"));
    // There is only the stub that offers to install developer tools.
    expect(mac).not.toContain("/usr/bin");
  });

  it("that comes or goes while the application runs is noticed, and a Mac's stub is never asked", () => {
    vi.useFakeTimers({ toFake: ["performance"] });
    onTestFinished(() => void vi.useRealTimers());
    const resources = "R";
    const env: NodeJS.ProcessEnv = { PATH: ["/usr/bin", "/bin"].join(delimiter) };
    const files = new Set([join("/usr/bin", "git")]);
    const git = new GitEnvironments(
      { env, platform: "darwin", resources, exists: (file) => files.has(file) },
      { resolveProxy: async () => "DIRECT" },
      LOG,
    );
    expect(git.of("/a/grid")["PATH"]).toBe("/bin");
    const folder = join(resources, "git", "bin");
    files.add(join(folder, "git"));
    vi.advanceTimersByTime(2_000);
    // With ssh, which is beside the stub.
    expect(git.of("/a/grid")["PATH"]).toBe([folder, "/usr/bin", "/bin"].join(delimiter));
    files.clear();
    vi.advanceTimersByTime(2_000);
    expect(git.of("/a/grid")["PATH"]).toBe("/bin");
  });

  it("comes to the PATH that everything else inherits", () => {
    const resources = temporaryDirectory();
    const folder = gitIn(join(resources, "git", "bin"));
    const env: NodeJS.ProcessEnv = { PATH: "/nowhere" };
    const surroundings = new GitEnvironments(
      { env, platform: "darwin", resources, exists: existsSync },
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
      { env: { PATH: "/usr/bin" }, platform: "linux", resources: undefined, exists: existsSync },
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

  it("is known before the first fetch where the system told it in time", async () => {
    const surroundings = new GitEnvironments(
      { env: { PATH: "/usr/bin" }, platform: "linux", resources: undefined, exists: existsSync },
      { resolveProxy: async () => "PROXY p:1" },
      LOG,
    );
    await surroundings.prepare();
    expect(surroundings.of("https://grid.example/g.git")["https_proxy"]).toBe("http://p:1");
    expect(surroundings.of("/a/grid")["https_proxy"]).toBe("http://p:1");
  });

  it("never wins over what the environment says itself", async () => {
    const surroundings = new GitEnvironments(
      {
        env: { PATH: "/usr/bin", https_proxy: "http://own:1" },
        platform: "linux",
        resources: undefined,
        exists: existsSync,
      },
      { resolveProxy: async () => "PROXY p:1" },
      LOG,
    );
    surroundings.of("https://grid.example/g.git");
    await Promise.resolve();
    await Promise.resolve();
    expect(surroundings.of("https://grid.example/g.git")["https_proxy"]).toBe("http://own:1");
  });
});
