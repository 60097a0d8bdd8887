/** Pushes one commit, fast-forward only: the server's reference update is the compare-and-swap. */
import { fault, success, type Fault, type Outcome } from "../../../shared/contract/fault.ts";
import type { Git, GitOptions, GitResult } from "./git-command.ts";
import { plainMessage, remoteFault } from "./git-faults.ts";

export type PushOutcome =
  | { readonly kind: "pushed" }
  /** Somebody else was first. */
  | { readonly kind: "contended" }
  | { readonly kind: "refused"; readonly fault: Fault }
  /** It failed before anything was sent. */
  | { readonly kind: "failed"; readonly fault: Fault }
  | { readonly kind: "unknown"; readonly fault: Fault };

/** The server lost the race for us: its lock, or the value it expected. */
const LOST_RACE =
  /cannot lock ref|failed to (update|lock) ref|incorrect old value|fetch first|non-fast-forward|stale info|reference already exists|is at .* but expected/i;
/** Said while finding out what the server has; nothing was sent yet. */
const BEFORE_SENDING =
  /unable to access '|Authentication failed|could not read (Username|Password)|repository .* not found|does not appear to be a git repository|Host key verification failed|Permission denied \(|Could not resolve|No space left/i;

export async function push(git: Git, commit: string, branch: string, options: GitOptions): Promise<PushOutcome> {
  const result = await git(
    ["push", "--porcelain", "--no-verify", "--recurse-submodules=no", "origin", `${commit}:refs/heads/${branch}`],
    options,
  );
  return classify(result);
}

/** Asks for a push of what the server has already: it says whether we might, and nothing changes. */
export async function tryPush(git: Git, commit: string, branch: string, options: GitOptions): Promise<Outcome<void>> {
  const result = await git(
    ["push", "--dry-run", "--porcelain", "--no-verify", "origin", `${commit}:refs/heads/${branch}`],
    options,
  );
  const tried = classify(result);
  // Another node pushed meanwhile: the server let us ask, which is what was to be known.
  if (tried.kind === "pushed" || tried.kind === "contended") return success(undefined);
  return { ok: false, fault: tried.fault };
}

function classify(result: GitResult): PushOutcome {
  if (result.exitCode === 0) return { kind: "pushed" };
  const text = `${result.stdout.toString("utf8")}\n${result.stderr}`;
  const line = /^!\t.*$/m.exec(result.stdout.toString("utf8"))?.[0];
  if (line?.includes("[rejected]") === true) return { kind: "contended" };
  if (line?.includes("[remote rejected]") === true) {
    if (LOST_RACE.test(line)) return { kind: "contended" };
    if (/unpacker error|internal server error/i.test(line))
      return { kind: "failed", fault: fault("grid_server_error", plainMessage(text)) };
    return { kind: "refused", fault: fault("grid_push_refused", plainMessage(`${line.slice(2)}\n${result.stderr}`)) };
  }
  const failure = remoteFault(result);
  const definite =
    result.ended === undefined || result.ended === "not_found"
      ? BEFORE_SENDING.test(text) || result.ended === "not_found"
      : false;
  return { kind: definite ? "failed" : "unknown", fault: failure };
}
