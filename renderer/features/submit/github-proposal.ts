import type { MachineView } from "../../../shared/contract/views.ts";

/**
 * Longer addresses are refused by GitHub's servers; and by systems that are asked to open one in
 * another program, as a desktop window does (Windows takes 2,081 characters).
 */
const ADDRESS_MOST_CHARACTERS: Record<MachineView["host"], number> = { headless: 8_000, electron: 2_000 };

export interface Proposal {
  /** GitHub's page for a new file, which makes a pull request for those who may not write. */
  readonly url: string;
  /** Whether the file is in the address; else it has to be inserted by hand. */
  readonly filled: boolean;
}

/** Where a task can be proposed, or undefined where the grid is not on github.com. */
export function proposalFor(
  gridUrl: string,
  taskId: string,
  text: string,
  host: MachineView["host"],
): Proposal | undefined {
  const repository = repositoryOf(gridUrl);
  if (repository === undefined) return undefined;
  const page = `https://github.com/${repository}/new/HEAD/tasks/unapproved?filename=${encodeURIComponent(`${taskId}.json`)}`;
  // As it is sent: a quotation mark, say, becomes three characters only here.
  const url = new URL(`${page}&value=${encodeURIComponent(text.toWellFormed())}`).href;
  return url.length <= ADDRESS_MOST_CHARACTERS[host] ? { url, filled: true } : { url: page, filled: false };
}

/** "owner/repository" of an address on github.com, in each of the forms Git takes. */
function repositoryOf(gridUrl: string): string | undefined {
  const match =
    /^(?:https:\/\/github\.com\/|ssh:\/\/git@github\.com(?::22)?\/|git@github\.com:)([A-Za-z0-9-]{1,39})\/([A-Za-z0-9._-]{1,100})\/?$/i.exec(
      gridUrl,
    );
  const [, owner, name] = match ?? [];
  const repository = name?.replace(/\.git$/, "");
  if (owner === undefined || repository === undefined || /^\.{0,2}$/.test(repository)) return undefined;
  return `${owner}/${repository}`;
}
