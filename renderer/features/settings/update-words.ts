import type { UpdateView } from "../../../shared/contract/views.ts";

/** What is said of a state: "off" is two things, and only the setting tells which; "ready" is two as well. */
export type UpdateWords = Exclude<UpdateView["state"], "off"> | "unwanted" | "unable" | "asked";

export function updateWords(
  { state, installsOnQuit }: Pick<UpdateView, "state" | "installsOnQuit">,
  wanted: boolean,
): UpdateWords {
  if (state === "ready" && !installsOnQuit) return "asked";
  if (state !== "off") return state;
  return wanted ? "unable" : "unwanted";
}

/** Whether it can be looked for a new version now: not while that is under way, nor where it is off. */
export function mayCheck(state: UpdateView["state"]): boolean {
  return state === "idle" || state === "current" || state === "failed";
}
