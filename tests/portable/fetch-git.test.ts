/** Fetching the Git that packages carry: what has the right checksum is unpacked, and nothing else is. */
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { Downloads, fetchGit } from "../../scripts/fetch-git.ts";
import { temporaryDirectory } from "../support/temporary-directory.ts";

const SYSTEM = "darwin-arm64";

test("an archive with the right checksum is unpacked, in the place of an older one", async () => {
  const { folder, downloads } = await offered();
  mkdirSync(join(folder, SYSTEM), { recursive: true });
  writeFileSync(join(folder, SYSTEM, "old"), "");
  expect(await fetchGit({ system: SYSTEM, downloads, folder })).toEqual({ ok: true, value: join(folder, SYSTEM) });
  expect(readFileSync(join(folder, SYSTEM, "bin/git"), "utf8")).toBe("a program");
  expect(readdirSync(folder)).toEqual([SYSTEM]);
  expect(readdirSync(join(folder, SYSTEM))).toEqual(["bin"]);
});

test("an archive with another checksum leaves nothing behind and says both", async () => {
  const { folder, downloads, sha256 } = await offered({ sha256: "0".repeat(64) });
  const outcome = await fetchGit({ system: SYSTEM, downloads, folder });
  expect(outcome.ok).toBe(false);
  expect(sentence(outcome)).toContain(`has the SHA-256 ${sha256}, and not ${"0".repeat(64)}: nothing was unpacked`);
  expect(existsSync(folder)).toBe(false);
});

test("a system without an entry, or an entry without a checksum, is refused before anything is fetched", async () => {
  const { folder, downloads, asked, sha256 } = await offered({ sha256: null });
  expect(sentence(await fetchGit({ system: "win32-x64", downloads, folder }))).toContain(
    "no Git to fetch is known for win32-x64",
  );
  expect(sentence(await fetchGit({ system: SYSTEM, downloads, folder }))).toContain("give it with --sha256");
  expect(sentence(await fetchGit({ system: SYSTEM, downloads, folder, sha256: "abc" }))).toContain("--sha256");
  expect(asked()).toBe(0);
  // Given by the person who builds, it counts like a written one.
  expect(await fetchGit({ system: SYSTEM, downloads, folder, sha256: sha256.toUpperCase() })).toMatchObject({
    ok: true,
  });
});

test("an address that has nothing, and an archive without a Git, are failures", async () => {
  const { folder, downloads } = await offered();
  const nowhere = { [SYSTEM]: { ...entryOf(downloads), url: entryOf(downloads).url.replace("git.tar", "none.tar") } };
  expect(sentence(await fetchGit({ system: SYSTEM, downloads: nowhere, folder }))).toContain("answered 404");
  const other = { [SYSTEM]: { ...entryOf(downloads), program: "cmd/git.exe" } };
  expect(sentence(await fetchGit({ system: SYSTEM, downloads: other, folder }))).toContain("contains no cmd/git.exe");
  expect(readdirSync(folder)).toEqual([]);
});

test("what can be fetched is written down for each system that is packaged, from a release over https", () => {
  const file = join(import.meta.dirname, "../../resources/git-downloads.json");
  const downloads = Downloads.parse(JSON.parse(readFileSync(file, "utf8")));
  expect(Object.keys(downloads).sort()).toEqual(["darwin-arm64", "darwin-x64", "win32-x64"]);
  for (const { url, sha256 } of Object.values(downloads)) {
    expect(url).toMatch(/^https:\/\/github\.com\/.+\/releases\/download\//);
    expect(sha256).toMatch(/^[0-9a-f]{64}$/);
  }
  expect(Downloads.safeParse({ "plan9-x64": entryOf(downloads) }).success).toBe(false);
});

/** A server on this machine with one archive, and how often it was asked. */
async function offered({ sha256 }: { readonly sha256?: string | null } = {}) {
  const root = temporaryDirectory();
  mkdirSync(join(root, "bin"));
  writeFileSync(join(root, "bin/git"), "a program");
  // A relative name: GNU's tar takes the colon of C:\ for the name of another machine.
  execFileSync("tar", ["-czf", "git.tar.gz", "bin"], { cwd: root });
  const archive = readFileSync(join(root, "git.tar.gz"));
  const own = createHash("sha256").update(archive).digest("hex");
  let asked = 0;
  const server = createServer(({ url }, answer) => {
    asked += 1;
    if (url === "/git.tar.gz") answer.end(archive);
    else answer.writeHead(404).end();
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => void server.close());
  // An address that was listened to is an object; only a pipe's is a text.
  const { port } = server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}/git.tar.gz`;
  const downloads = Downloads.parse({
    [SYSTEM]: { url, sha256: sha256 === undefined ? own : sha256, program: "bin/git" },
  });
  return { folder: join(root, "git"), downloads, sha256: own, asked: () => asked };
}

function entryOf(downloads: Downloads): Downloads[string] {
  const entry = downloads[SYSTEM];
  if (entry === undefined) throw new Error(`no entry for ${SYSTEM}`);
  return entry;
}

function sentence(outcome: Awaited<ReturnType<typeof fetchGit>>): string {
  return outcome.ok ? "" : JSON.stringify(outcome.fault);
}
