import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { AuthorLog } from "./author-log.ts";

const A = "a".repeat(40);
const B = "b".repeat(40);
const ZERO = "0".repeat(40);
const commit = (id: string, name = "n", subject = "s"): string[] => [id, name, "e@x", "1700000000", subject];
const output = (...fields: readonly string[]): Buffer => Buffer.from(fields.map((field) => `${field}\0`).join(""));

function read(bytes: Buffer, chunkBytes = bytes.byteLength): [commit: string, path: string, oid: string][] {
  const files: [string, string, string][] = [];
  const log = new AuthorLog((author, path, oid) => files.push([author.commit, path, oid]));
  for (let at = 0; at < bytes.byteLength; at += chunkBytes) log.push(bytes.subarray(at, at + chunkBytes));
  return files;
}

describe("Git's log", () => {
  const log = output(
    ...commit(A),
    `\n:000000 100644 ${ZERO} ${B} A`,
    "tasks/queue/x",
    `:100644 000000 ${B} ${ZERO} D`,
    "y",
    // A commit that touched nothing here, a merge that did, and a subject that is empty.
    ...commit("c".repeat(40)),
    ...commit(B, "n", ""),
    "",
    `::100644 100644 100644 ${B} ${B} ${A} MM`,
    "merged",
  );

  it("is read the same in whatever pieces it comes", () => {
    const files = [
      [A, "tasks/queue/x", B],
      [A, "y", ZERO],
      [B, "merged", A],
    ];
    expect(read(log)).toEqual(files);
    for (let bytes = 1; bytes < log.byteLength; bytes++) expect(read(log, bytes)).toEqual(files);
  });

  it("keeps its order whatever names, subjects and paths say", () => {
    const text = fc
      .oneof(fc.string(), fc.constantFrom(`:000000 100644 ${ZERO} ${A} A`, A, "", "\n", "\n:"))
      .map((said) => said.replaceAll("\0", ""));
    fc.assert(
      fc.property(text, text, text, (name, subject, path) => {
        const bytes = output(
          ...commit(A, name, subject),
          `\n:000000 100644 ${ZERO} ${B} A`,
          path,
          ...commit(B),
          `\n:000000 100644 ${ZERO} ${A} A`,
          "last",
        );
        expect(read(bytes)).toEqual([
          [A, Buffer.from(path).toString(), B],
          [B, "last", A],
        ]);
      }),
    );
  });

  it("is not thrown out of step by a field that is longer than anything honest", () => {
    const parents = 400;
    const octopus = `${":".repeat(parents)}${"100644 ".repeat(parents + 1)}${`${B} `.repeat(parents)}${A} ${"M".repeat(parents)}`;
    const bytes = output(
      ...commit(A, "n".repeat(100_000)),
      "",
      octopus,
      "p".repeat(100_000),
      `:000000 100644 ${ZERO} ${B} A`,
      "next",
      ...commit(B),
      `\n:000000 100644 ${ZERO} ${A} A`,
      "last",
    );
    const files = read(bytes, 1_000);
    expect(files.map(([id]) => id)).toEqual([A, A, B]);
    expect(files.slice(1)).toEqual([
      [A, "next", B],
      [B, "last", A],
    ]);
  });

  it("that ends in the middle says nothing of what is not whole", () => {
    expect(read(log.subarray(0, -1))).toHaveLength(2);
  });
});
