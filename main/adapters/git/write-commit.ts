/** Commits a change straight onto the object database: no index, no working tree, one command. */
import { failure, success, type Outcome } from "../../../shared/contract/fault.ts";
import type { Change, FileOp } from "../../engine/ports.ts";
import type { Git, GitOptions } from "./git-command.ts";
import { localFault } from "./git-faults.ts";

/** Commits of grids start with it, the seed's included. */
const PREFIX = "[D-GRID] ";
const WORK_REF = "refs/dgrid/next";

export interface Author {
  readonly name: string;
  readonly email: string;
}

/**
 * A move takes the tree entry as it is, so the blob need not be here and Git later sees a
 * rename. Resolves to the commit's id.
 */
export async function writeCommit(
  git: Git,
  parent: string | undefined,
  change: Change,
  { author, epochMs }: { readonly author: Author; readonly epochMs: number },
  options: GitOptions,
): Promise<Outcome<string>> {
  const message = Buffer.from(`${PREFIX}${oneLine(change.message)}\n`, "utf8");
  const parts: (Buffer | string)[] = [
    `feature done\ncommit ${WORK_REF}\nmark :1\n`,
    `committer ${ident(author.name)} <${ident(author.email)}> ${Math.floor(epochMs / 1000)} +0000\n`,
    `data ${message.byteLength}\n`,
    message,
    parent === undefined ? "" : `from ${parent}\n`,
  ];
  // Moves and deletions first: a path may be written anew after its file went elsewhere.
  for (const op of change.ops) if (op.op !== "write") parts.push(command(op));
  for (const op of change.ops) {
    if (op.op !== "write") continue;
    const data = Buffer.from(op.text, "utf8");
    parts.push(`M 100644 inline ${quote(op.path)}\ndata ${data.byteLength}\n`, data, "\n");
  }
  parts.push("\nget-mark :1\ndone\n");
  const input = Buffer.concat(parts.map((part) => (typeof part === "string" ? Buffer.from(part, "utf8") : part)));
  const result = await git(["fast-import", "--quiet", "--force", "--date-format=raw"], { ...options, input });
  if (result.exitCode !== 0) return { ok: false, fault: localFault(result) };
  const id = /^[0-9a-f]{40,64}$/m.exec(result.stdout.toString("latin1"))?.[0];
  return id === undefined ? failure("clone_broken", "no commit was written") : success(id);
}

function command(op: Exclude<FileOp, { op: "write" }>): string {
  return op.op === "move" ? `R ${quote(op.from)} ${quote(op.to)}\n` : `D ${quote(op.path)}\n`;
}

/** A path as fast-import reads it back unchanged: C-style quotes. */
function quote(path: string): string {
  return `"${path.replace(/[\\"]/g, "\\$&").replace(/\n/g, "\\n")}"`;
}

/** Names come from settings and nodes: nothing that ends an identity line. */
function ident(text: string): string {
  return text.replace(/[<>\r\n\0]/g, "").trim() || "dgrid";
}

function oneLine(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is replaced.
  return text.replace(/[\u0000-\u001f\u007f]+/g, " ");
}
