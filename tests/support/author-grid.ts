/** What the tests of authors share: a grid, and the adapter's repository with its questions put shortly. */
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { commands, type Clone } from "../../main/adapters/git/clone.ts";
import { gitEnvironment } from "../../main/adapters/git/environment.ts";
import { gitTaskRepo, type GitTaskRepoOptions } from "../../main/adapters/git/task-repo.ts";
import { systemClock } from "../../main/adapters/sensors/clock.ts";
import type { RepoTree, TaskRepo } from "../../main/engine/ports.ts";
import type { AuthorView } from "../../shared/contract/views.ts";
import { parseGridAddress } from "../../shared/domain/grid-address.ts";
import { addFiles, createBareGrid, type BareGrid } from "./bare-grid.ts";
import { memoryLog, must } from "./docker.ts";
import { startGitServer, type GitServer } from "./git-server.ts";
import { temporaryDirectory } from "./temporary-directory.ts";

const { signal } = new AbortController();

export interface Opened extends TaskRepo {
  readonly directory: string;
  snapshot(): Promise<RepoTree>;
  /** The authors that are known; rejects where there is a fault. */
  known(paths: readonly string[], deepen?: boolean): Promise<Record<string, AuthorView>>;
}

export function open(url: string, more: Partial<GitTaskRepoOptions> = {}): Opened {
  const address = parseGridAddress(url);
  if ("problem" in address) throw new Error(address.problem);
  const directory = join(temporaryDirectory(), "clone");
  const repo = gitTaskRepo({
    address,
    directory,
    author: { name: "me", email: "me@x" },
    env: () => process.env,
    clock: systemClock,
    log: memoryLog(),
    retryAfterMs: () => undefined,
    ...more,
  });
  onTestFinished(() => repo.close());
  return Object.assign(repo, {
    directory,
    snapshot: async () => must(await repo.sync(() => [], signal)),
    known: async (paths: readonly string[], deepen = false) =>
      Object.fromEntries(must(await repo.authors(paths, { signal, deepen }))),
  });
}

export const grid = (options: Partial<Parameters<typeof createBareGrid>[0]> = { tasks: 1 }): Promise<BareGrid> =>
  createBareGrid({ dir: join(temporaryDirectory(), "grid.git"), ...options });
export const queuePath = (name: string): string => `tasks/queue/${name}.json`;
export const add = (dir: string, name: string, content: string | null = `{"of": "${name}"}\n`): Promise<string> =>
  addFiles(dir, [{ path: queuePath(name), content }], `Add ${name}`);
export const OLD = queuePath("task-0001");

export async function served(): Promise<{ server: GitServer; url: string; dir: string }> {
  const root = temporaryDirectory();
  const { dir } = await createBareGrid({ dir: join(root, "grid.git"), tasks: 1 });
  const server = await startGitServer({ root });
  onTestFinished(() => server.close());
  return { server, url: server.url("grid.git"), dir };
}

/** What the adapter runs in this clone, to run it at another time. */
export function commandsOf({ directory }: Opened, url: string): Clone {
  const address = parseGridAddress(url);
  if ("problem" in address) throw new Error(address.problem);
  return commands({ directory, address, environment: gitEnvironment(address, undefined, process.env) }, "main");
}
