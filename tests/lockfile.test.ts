import { expect, it } from "vitest";
import { missingEntries, platformOf, readLockfile } from "../scripts/lockfile.ts";

it("the lock file names the packages of every platform (else: npm run lockfile)", () => {
  expect(Object.keys(missingEntries(readLockfile()))).toEqual([]);
});

it("a package that the lock file lacks is added with its parent's version and its platform", () => {
  const packages = {
    "node_modules/tool": {
      dev: true,
      optionalDependencies: { "tool-win32-x64": "1.2.3", "tool-linux-x64": "1.2.3", extra: "^1.0.0" },
    },
    "node_modules/tool-linux-x64": {},
  };
  expect(missingEntries({ packages })).toEqual({
    "node_modules/tool-win32-x64": { version: "1.2.3", os: ["win32"], cpu: ["x64"], dev: true, optional: true },
  });
});

it.each([
  ["@oxlint/binding-linux-arm64-musl", { os: ["linux"], cpu: ["arm64"], libc: ["musl"] }],
  ["@swc/core-linux-arm-gnueabihf", { os: ["linux"], cpu: ["arm"], libc: ["glibc"] }],
  ["@biomejs/cli-darwin-arm64", { os: ["darwin"], cpu: ["arm64"] }],
  ["@oxc-parser/binding-win32-ia32-msvc", { os: ["win32"], cpu: ["ia32"] }],
  ["cpu-features", undefined],
])("%s is for its platform only", (name, platform) => {
  expect(platformOf(name)).toEqual(platform);
});
