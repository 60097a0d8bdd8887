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
  grid_layout_missing: [
    "The repository is no grid: it has none of a grid's folders.",
    "Check the address, or make it a grid: dgrid init URL",
  ],
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
  disk_low: ["Little space is left on the disk of the data directory.", "Free some space."],
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
  deadman_failed: [
    "The dead-man's switch, which ends containers should D-GRID end first, does not start. Nothing runs without it.",
    "Start D-GRID again; where it was moved or deleted meanwhile, start it from its new place.",
  ],
  container_failed: [
    "The container engine could not run the task.",
    "See the message; dgrid doctor checks the engine.",
  ],
  request_invalid: ["The request was not understood.", "Correct what the detail names, and try again."],
  request_too_large: ["The request is larger than the worker accepts.", "Send less at once."],
  method_unknown: ["The worker does not know this request.", "Reload the page: the worker may be of another version."],
  request_cancelled: ["The request was cancelled.", "Nothing to do, or start it again."],
  worker_disconnected: ["The worker does not answer.", "Start it again: this page reconnects by itself."],
  internal_error: ["The worker failed in a way that is a bug.", "See its log, and report it."],
  setting_overridden: [
    "The environment sets this, so it cannot be changed here.",
    "Remove the environment variable and start the worker again.",
  ],
  grid_unknown: ["This grid is not among yours.", "Reload the page: it may have been removed."],
  grid_exists: ["This grid is already among yours.", "Switch it on in the list of grids."],
  token_refused: ["This cannot be a token.", "Copy the token again: it has no white space."],
  run_unknown: ["There is no such run.", "It may have been deleted from the history."],
  run_not_running: ["This run is not running any more.", "Nothing to do: see its result in the history."],
  task_unknown: ["This task is not in the queue any more.", "Another machine may have taken it."],
  task_invalid: ["A worker would not accept this task.", "Correct what the detail names."],
  grid_contended: ["Other machines were faster each time.", "Try again in a moment."],
  push_unanswered: [
    "The server did not say whether it took the commit.",
    "Look at the queue in a moment before you try again.",
  ],
  settings_damaged: [
    "The settings were damaged, and the defaults hold.",
    "Set limits and grids again, or import a file you exported.",
  ],
  identity_damaged: [
    "The file with this machine's identity was damaged: it is a new node with donating off.",
    "Switch donating on again.",
  ],
  secrets_damaged: [
    "The file with the kept tokens was damaged, and a new one was begun.",
    "Type the tokens of your grids again.",
  ],
  history_damaged: [
    "The history was damaged, and a new one was begun.",
    "Nothing to do: the grids still have every result.",
  ],
  clone_damaged: [
    "The local copy of a grid was damaged, and is fetched anew.",
    "Nothing to do. If it comes back, check the disk.",
  ],
  sender_refused: ["Only the application's own window may ask for this.", "Nothing to do: nothing was changed."],
  desktop_only: ["Only the desktop application can do this.", "Do it there."],
  update_failed: ["The new version could not be fetched.", "Nothing to do: it is tried again by itself."],
  update_waits: ["Tasks are running, and an update never ends them.", "Let them finish first: finish, then pause."],
  secrets_not_kept: [
    "This desktop has no keychain, so tokens are kept until the application ends and never written to the disk.",
    "Install one (Debian: apt-get install gnome-keyring), or type the token again after each start.",
  ],
  dashboard_port_taken: [
    "The dashboard's port is taken.",
    "Stop what uses it, choose another with --port, or none with --no-dashboard.",
  ],
  dashboard_token_needed: [
    "A dashboard that other machines can reach needs a token of at least 16 characters.",
    "Set such a token, or leave the dashboard on this machine alone.",
  ],
} as const satisfies Record<string, readonly [meaning: string, next: string]>;

export type FaultCode = keyof typeof FAULTS;
export const FaultCode = z.enum(Object.keys(FAULTS) as [FaultCode, ...FaultCode[]]);

/** A fault as it travels: what happened (detail, free of secrets), what it means, what to do. */
export const Fault = z
  .object({ code: FaultCode, meaning: z.string(), next: z.string(), detail: z.string() })
  .readonly();
export type Fault = z.infer<typeof Fault>;

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
