/** The Git adapter's authors where commits are hostile and where there are very many. */
import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { describe, expect, it } from "vitest";
import { readAuthors } from "../../main/adapters/git/read-authors.ts";
import { add, commandsOf, grid, OLD, open, queuePath } from "../support/author-grid.ts";
import { addFiles } from "../support/bare-grid.ts";
import { must } from "../support/docker.ts";
import { git } from "../support/isolated-git.ts";
import { writeTree } from "../support/write-tree.ts";

const { signal } = new AbortController();

/** A commit object as it is written here, however malformed. */
async function commitRaw(dir: string, header: string, message: string, name: string): Promise<string> {
  const parent = await git(["rev-parse", "main"], { dir });
  const tree = await writeTree(dir, [{ path: queuePath(name), content: `{"of": "${name}"}\n` }], `${parent}^{tree}`);
  const text = `tree ${tree}\nparent ${parent}\n${header}\n\n${message}`;
  const input = Buffer.from(text, header.includes("ISO-8859-1") ? "latin1" : "utf8");
  const commit = await git(["hash-object", "-t", "commit", "-w", "--stdin", "--literally"], { dir, input });
  await git(["update-ref", "refs/heads/main", commit], { dir });
  return commit;
}

describe("hostile commits", () => {
  const at = "1700000000 +0000";

  it("say no more than 200 characters on one line, and never pass for another commit or file", async () => {
    const { dir, url } = await grid();
    const repo = open(url);
    await repo.snapshot();
    const zeros = "0".repeat(40);
    const forged = `:000000 100644 ${zeros} ${zeros} A`;
    const headers = [
      [
        "escape",
        `author \u001b[2J\r\u0085\u2028\u202eevil <a\u001b@x> ${at}\ncommitter c <c@x> ${at}`,
        "sub\u001b]0;ject\n",
      ],
      [
        "long",
        `author ${"\u{1f980}".repeat(40_000)} <${"e".repeat(40_000)}> ${at}\ncommitter c <c@x> ${at}`,
        "s".repeat(400_000),
      ],
      ["forged", `author ${forged} <${zeros}> ${at}\ncommitter c <c@x> ${at}`, `${forged}\n`],
      ["utf7", `author A+AAo-author B+AAA-C <a@x> ${at}\ncommitter c <c@x> ${at}\nencoding UTF-7`, "+AAA-+AAo-\n"],
      // Read as they claim to be written, those of an even length are a few strange characters.
      ["even", `author even <a@x> ${at}\ncommitter c <c@x> ${at}\nencoding UTF-16LE`, "s\n"],
      ["odd", `author odd <a@x> ${at}\ncommitter c <c@x> ${at}\nencoding UTF-16LE`, "s\n"],
      ["latin", `author J\u00f6rg <j@x> ${at}\ncommitter c <c@x> ${at}\nencoding ISO-8859-1`, "\u00fcber\n"],
      ["nameless", "author\ncommitter", ""],
      ["future", `author f <f@x> 99999999999999999999999 +0000\ncommitter f <f@x> ${at}`, "far\n"],
    ] as const;
    const commits = new Map<string, string>();
    for (const [name, header, message] of headers) {
      commits.set(name, await commitRaw(dir, header, message, name));
      await add(dir, `after-${name}`);
    }
    await repo.snapshot();
    const names = headers.flatMap(([name]) => [name, `after-${name}`]);
    const known = await repo.known(names.map(queuePath));
    expect(Object.keys(known).sort()).toEqual(names.map(queuePath).sort());
    for (const [name, commit] of commits) {
      const author = known[queuePath(name)] ?? expect.fail(name);
      expect(author.commit).toBe(commit);
      expect(known[queuePath(`after-${name}`)]?.subject).toBe(`Add after-${name}`);
      for (const text of [author.name, author.email, author.subject]) {
        expect(text).not.toMatch(/[\p{Cc}\u2028\u202e]/u);
        expect(Array.from(text).length).toBeLessThanOrEqual(200);
        expect(text.isWellFormed()).toBe(true);
      }
      expect(new Date(author.atMs).getTime()).toBe(author.atMs);
    }
    expect(known[queuePath("escape")]).toMatchObject({ name: "[2J evil", email: "a @x", subject: "sub ]0;ject" });
    expect(Array.from(known[queuePath("long")]?.name ?? "")).toHaveLength(200);
    expect(known[queuePath("long")]?.subject).toBe("s".repeat(200));
    expect(known[queuePath("latin")]).toMatchObject({ name: "J\u00f6rg", subject: "\u00fcber" });
    expect(known[queuePath("forged")]).toMatchObject({ name: forged, subject: forged });
  });

  it("put into a path what they like: it stays a path", async () => {
    const { dir, url } = await grid();
    const repo = open(url);
    await repo.snapshot();
    const odd = [
      `a\nb`,
      ":(exclude)*",
      "-- --all",
      `:000000 100644 ${"0".repeat(40)} ${"0".repeat(40)} A`,
      "x".repeat(900),
    ];
    const files = odd.map((name) => ({ path: `tasks/queue/${name}`, content: `${name}\n` }));
    const commit = await addFiles(dir, files, "odd");
    await add(dir, "after");
    await repo.snapshot();
    const known = await repo.known([...files.map(({ path }) => path), queuePath("after")]);
    expect(files.map(({ path }) => known[path]?.commit)).toEqual(odd.map(() => commit));
    expect(known[queuePath("after")]?.subject).toBe("Add after");
  });
});

describe("a large queue", () => {
  it("of 10,000 files from ten commits is answered by one command", async () => {
    const { dir, url } = await grid();
    const repo = open(url);
    await repo.snapshot();
    const names = Array.from({ length: 10_000 }, (_, index) => `many-${index}`);
    for (let batch = 0; batch < 10; batch++) {
      const files = names
        .slice(batch * 1_000, batch * 1_000 + 1_000)
        .map((name) => ({ path: queuePath(name), content: name }));
      await addFiles(dir, files, `Batch ${batch}`);
    }
    await repo.snapshot();
    const paths = names.map(queuePath);
    const started = countProcesses();
    const known = await repo.known(paths);
    expect(started()).toBe(1);
    expect(paths.map((path) => known[path]?.subject)).toEqual(
      names.map((_, index) => `Batch ${Math.floor(index / 1_000)}`),
    );
  });

  it("that takes too long to look through is left unknown, and older history is not asked for", async () => {
    const { url, head } = await grid();
    const repo = open(url);
    await repo.snapshot();
    const oid = await git(["rev-parse", `${head}:${OLD}`], { dir: repo.directory });
    const read = await readAuthors(commandsOf(repo, url), head, new Map([[OLD, oid]]), { deadlineMs: 1, signal });
    expect(must(read)).toEqual({ authors: new Map(), toTheEnd: false });
  });

  it("in hundreds of folders is answered as well", async () => {
    const { dir, url } = await grid();
    const repo = open(url);
    await repo.snapshot();
    const paths = Array.from({ length: 300 }, (_, index) => `tasks/queue/folder-${index}/${"f".repeat(100)}.json`);
    const commit = await addFiles(
      dir,
      paths.map((path) => ({ path, content: path })),
      "Many folders",
    );
    await repo.snapshot();
    const known = await repo.known(paths);
    expect(paths.every((path) => known[path]?.commit === commit)).toBe(true);
  });
});

/** How many processes were started since; ends the counting. */
function countProcesses(): () => number {
  let count = 0;
  const onProcess = (): void => void count++;
  subscribe("child_process", onProcess);
  return () => {
    unsubscribe("child_process", onProcess);
    return count;
  };
}
