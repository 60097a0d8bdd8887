import { z } from "zod";

/**
 * Everything that can be expected to go wrong, each with the sentence that says what it
 * means for the donor and the next step. A fault is a value; throwing is for bugs.
 */
const FAULTS = {
  git_missing: ["Git is not installed or not on the PATH.", "Install Git (Debian: apt-get install git)."],
  grid_address_refused: ["The grid's address is not one that is safe to use.", "Correct the address."],
  grid_auth_failed: [
    "The grid's server did not accept the credentials.",
    "Set a valid GIT_TOKEN, or check the SSH key.",
  ],
  grid_forbidden: [
    "The grid's server refused access (403).",
    "Ask the grid's owner for write access, or check the token's scope.",
  ],
  grid_not_found: [
    "There is no repository at the grid's address.",
    "Check the address, and that the token may read it.",
  ],
  grid_server_error: ["The grid's server answered with an error.", "Nothing to do: it is tried again by itself."],
  grid_unreachable: ["The grid's server cannot be reached.", "Check the network: it is tried again by itself."],
  grid_timed_out: ["The grid's server did not answer in time.", "Nothing to do: it is tried again by itself."],
  grid_host_key_unknown: [
    "The SSH host key of the grid's server is not known.",
    "Connect once with ssh and accept the key.",
  ],
  grid_empty: ["The repository has no commit yet, so it is no grid.", "Run: dgrid init URL"],
  grid_history_rewritten: [
    "The grid's history was rewritten; claiming has stopped.",
    "Ask the grid's owner why, then accept the new history with --accept-rewrite.",
  ],
  grid_too_large: ["The grid sent more data than this machine accepts.", "Ask the grid's owner to remove large files."],
  grid_push_refused: [
    "The grid's server refused the commit by a rule of its own.",
    "Check write access and the branch rules of the repository.",
  ],
  grid_settings_invalid: [
    "The grid's grid.json is not valid; claiming has stopped.",
    "Ask the grid's owner to correct it.",
  ],
  clone_broken: ["The local copy of the grid is damaged.", "Nothing to do: it is built anew by itself."],
  disk_full: ["The disk of the data directory is full.", "Free some space: the work goes on by itself."],
  data_directory_unwritable: [
    "The data directory cannot be written.",
    "Check its owner and permissions, or choose another with --data-dir.",
  ],
  data_directory_in_use: [
    "Another D-GRID process uses this data directory.",
    "Stop it, or choose another with --data-dir.",
  ],
  node_id_taken: [
    "Another machine with this node id is active in the grid.",
    "Choose another with NODE_ID, or wait until the other is silent for five minutes.",
  ],
  docker_missing: [
    "No container engine was found.",
    "Install Docker (Debian: apt-get install docker.io) or set DOCKER_HOST.",
  ],
  docker_unreachable: ["The container engine does not answer.", "Start it, or correct DOCKER_HOST."],
  docker_forbidden: [
    "This user may not use the container engine.",
    "Add the user to the docker group, then log in again.",
  ],
  docker_unprotected: [
    "The container engine does not enforce the limits it accepts.",
    "Enable cgroup delegation for it, or use another engine.",
  ],
  image_missing: ["The task's image is not on this machine.", "Allow pulling, or pull the image by hand."],
  image_not_allowed: [
    "The task's image is not on the list of allowed images.",
    "Add it to the allowed images if you trust it.",
  ],
  image_pull_failed: [
    "The task's image could not be pulled.",
    "Check the network and the image's name: it is tried again by itself.",
  ],
  docker_failed: [
    "The container engine answered with an error of its own.",
    "Look at its log: it is tried again by itself.",
  ],
  container_failed: [
    "The container engine could not run the task.",
    "See the message; dgrid doctor checks the engine.",
  ],
} as const satisfies Record<string, readonly [meaning: string, next: string]>;

export type FaultCode = keyof typeof FAULTS;
export const FaultCode = z.enum(Object.keys(FAULTS) as [FaultCode, ...FaultCode[]]);

/** A fault as it travels: what happened (detail, free of secrets), what it means, what to do. */
export interface Fault {
  readonly code: FaultCode;
  readonly meaning: string;
  readonly next: string;
  readonly detail: string;
}

/** Makes a fault of a code; `detail` is the particular of this time and holds no secret. */
export function fault(code: FaultCode, detail = ""): Fault {
  const [meaning, next] = FAULTS[code];
  return { code, meaning, next, detail };
}

/** A value, or the fault that stands in its place. */
export type Outcome<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly fault: Fault };

export function success<T>(value: T): Outcome<T> {
  return { ok: true, value };
}

export function failure(code: FaultCode, detail = ""): { readonly ok: false; readonly fault: Fault } {
  return { ok: false, fault: fault(code, detail) };
}

/** One line for people: code, meaning, detail and next step. */
export function describeFault(f: Fault): string {
  return `${f.code}: ${f.meaning}${f.detail === "" ? "" : ` (${f.detail})`} ${f.next}`;
}
