import { chmodSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { git } from "./isolated-git.ts";

export interface PathStep {
  readonly commit: string;
  readonly subject: string;
  /** Git's letter: A added, M modified, R renamed, D deleted. */
  readonly status: string;
  /** Where it was before, for a rename. */
  readonly from?: string;
  readonly path: string;
}

/** A file's way through the directories, oldest step first, as `git log --follow` tells it. */
export async function historyOf(dir: string, path: string): Promise<readonly PathStep[]> {
  const log = await git(["log", "--follow", "--name-status", "-z", "--format=%x01%H%x02%s", "HEAD", "--", path], {
    dir,
  });
  const steps = log
    .split("\u0001")
    .slice(1)
    .map((block): PathStep => {
      const [head = "", status = "", ...paths] = block.split("\0").filter((part) => part.trim() !== "");
      const [commit = "", subject = ""] = head.split("\u0002");
      const [from = "", to] = paths;
      const step = { commit, subject, status: status.trim().charAt(0) };
      return to === undefined ? { ...step, path: from } : { ...step, from, path: to };
    });
  return steps.toReversed();
}

export interface GridCommit {
  readonly oid: string;
  readonly author: string;
  readonly subject: string;
}

/** The commits of the branch, oldest first. */
export async function commitsOf(dir: string): Promise<readonly GridCommit[]> {
  const log = await git(["log", "--reverse", "--format=%H%x00%an%x00%s", "HEAD"], { dir });
  return log.split("\n").map((line) => {
    const [oid = "", author = "", subject = ""] = line.split("\0");
    return { oid, author, subject };
  });
}

/** How often a push moved the branch; what the owner did directly is not counted. */
export async function pushCount(dir: string): Promise<number> {
  const log = await git(["log", "--walk-reflogs", "--format=%gs", "HEAD", "--"], { dir });
  return log.split("\n").filter((reason) => reason === "push").length;
}

/** Rejects where the repository is damaged, or holds what GitHub would refuse. */
export async function fsck(dir: string): Promise<void> {
  await git(["fsck", "--strict", "--no-dangling"], { dir });
}

/** Puts a hook there: a POSIX shell script, run by the server's Git. */
export function installHook(dir: string, name: "pre-receive" | "update" | "post-receive", script: string): void {
  const path = join(dir, "hooks", name);
  writeFileSync(path, script.startsWith("#!") ? script : `#!/bin/sh\n${script}\n`);
  chmodSync(path, 0o755);
}
