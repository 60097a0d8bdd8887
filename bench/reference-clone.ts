import { spawnSync } from "node:child_process";
import { isolatedGitEnvironment } from "../tests/support/isolated-git.ts";

interface GitOutcome {
  readonly ok: boolean;
  readonly stderr: string;
}

/** What the server or Git says when another node was faster; anything else is a defect of the run. */
const LOST_RACE = /rejected|cannot lock ref|failed to update ref|fetch first|non-fast-forward|reference already exists/;

/** The reference's clone with a working tree, as the seed's worker has one. */
export class ReferenceClone {
  readonly dir: string;
  /** Every push that was begun, the rejected ones too. */
  pushes = 0;
  rejected = 0;
  readonly #env: Record<string, string>;

  constructor(url: string, dir: string, node: string) {
    this.dir = dir;
    this.#env = { ...isolatedGitEnvironment(), GIT_AUTHOR_NAME: node, GIT_COMMITTER_NAME: node };
    this.#must(["clone", "--quiet", "-c", "gc.auto=0", "-c", "maintenance.auto=false", url, dir], ".");
  }

  /** `git pull --rebase`; false where it conflicts, and then nothing is half done. */
  pull(): boolean {
    const pulled = this.#run(["pull", "--rebase", "--quiet"]);
    if (pulled.ok) return true;
    // Stopped in a rebase: back to before it. Before a rebase began there is nothing to abort.
    const aborted = this.#run(["rebase", "--abort"]);
    if (!aborted.ok) throw new Error(`git pull failed: ${pulled.stderr}`);
    return false;
  }

  /** Gives up what was not pushed; the next pull brings the server's newest state. */
  resetToUpstream(): void {
    this.#must(["reset", "--quiet", "--hard", "@{upstream}"]);
  }

  /** Moves a file and commits that, with other files written beforehand. */
  commitMove(from: string, to: string, message: string, add: readonly string[] = []): void {
    this.#must(["mv", from, to]);
    if (add.length > 0) this.#must(["add", "--", ...add]);
    this.#must(["commit", "--quiet", "-m", `[D-GRID] ${message}`]);
  }

  /** False where another node was faster. */
  push(): boolean {
    this.pushes += 1;
    const pushed = this.#run(["push", "--quiet", "origin", "HEAD"]);
    if (pushed.ok) return true;
    if (!LOST_RACE.test(pushed.stderr)) throw new Error(`git push failed: ${pushed.stderr}`);
    this.rejected += 1;
    return false;
  }

  #must(args: readonly string[], dir = this.dir): void {
    const outcome = this.#run(args, dir);
    if (!outcome.ok) throw new Error(`git ${args[0]} failed: ${outcome.stderr}`);
  }

  #run(args: readonly string[], dir = this.dir): GitOutcome {
    const run = spawnSync("git", args, { cwd: dir, env: this.#env, encoding: "utf8" });
    if (run.error !== undefined) throw run.error;
    return { ok: run.status === 0, stderr: run.stderr };
  }
}
