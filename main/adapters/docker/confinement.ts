/**
 * Shows the request for a container to people.
 *
 * Invariant: it walks the very object that the engine is sent and knows none of its options, so
 * nothing is typed twice and an option that is added to the request shows up by itself.
 */
import type { ConfinementView, Flag } from "../../../shared/contract/views.ts";
import type { ContainerRequest } from "./container-request.ts";

export function confinementView({ image, imageId, options, script }: ContainerRequest): ConfinementView {
  const { Cmd, ...rest } = options;
  const spoken = Cmd?.map((argument) => (argument === script ? "(the script)" : argument));
  return { image, imageId, flags: flagsOf("", spoken === undefined ? rest : { ...rest, Cmd: spoken }) };
}

/** Every leaf of a value, named by its path in the engine's own words. */
export function flagsOf(path: string, value: unknown): Flag[] {
  // What is undefined is not sent.
  if (value === undefined) return [];
  if (!isBranch(value)) return [{ name: path, value: show(value) }];
  return Object.entries(value).flatMap(([name, inner]) => flagsOf(path === "" ? name : `${path}.${name}`, inner));
}

/** An object with fields: an array is one value, as is an object that is empty. */
function isBranch(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value) && Object.keys(value).length > 0;
}

function show(value: unknown): string {
  // The engine gives the empty text a meaning of its own for each option, so it is shown as what it is.
  if (value === "") return '""';
  if (typeof value === "string") return value;
  if (Array.isArray(value)) return showList(value);
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const fields = Object.entries(value).filter(([, inner]) => inner !== undefined);
  return fields.length === 0 ? "none" : fields.map(([name, inner]) => `${name}=${show(inner)}`).join(" ");
}

function showList(values: readonly unknown[]): string {
  if (values.length === 0) return "none";
  return values.map(show).join(values.some((value) => typeof value === "object") ? ", " : " ");
}
