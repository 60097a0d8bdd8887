/** What a settings file would change, told before it is taken over. The worker judges it; this only reads. */
import type { Settings } from "../../../shared/settings/settings.ts";

export const SECTIONS = ["limits", "policy", "images", "history", "appearance", "desktop"] as const;

export interface Changes {
  readonly grids: { readonly added: number; readonly removed: number; readonly kept: number };
  /** Sections that are not what they were. */
  readonly changed: readonly (typeof SECTIONS)[number][];
}

/** The changes of a file, or undefined where it is no settings file at all. */
export function changesOf(text: string, current: Settings): Changes | undefined {
  const file = parsed(text);
  if (!isObject(file) || file["version"] !== current.version) return undefined;
  const before = new Set(current.grids.map(({ url }) => url));
  const after = new Set(gridUrls(file["grids"]));
  const kept = [...after].filter((id) => before.has(id)).length;
  return {
    grids: { added: after.size - kept, removed: before.size - kept, kept },
    changed: SECTIONS.filter((section) => inOrder(file[section]) !== inOrder(current[section])),
  };
}

/** By address: the id that a file gives is not to be trusted. */
function gridUrls(grids: unknown): string[] {
  if (!Array.isArray(grids)) return [];
  return grids.flatMap((grid: unknown) => (isObject(grid) && typeof grid["url"] === "string" ? [grid["url"]] : []));
}

/** The same text for the same values, in whatever order they stand. */
function inOrder(value: unknown): string {
  return (
    JSON.stringify(value, (_key, part: unknown) =>
      isObject(part) ? Object.fromEntries(Object.entries(part).toSorted(([a], [b]) => (a < b ? -1 : 1))) : part,
    ) ?? ""
  );
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
