/** What a failed Git command means. The texts are Git's own under LC_ALL=C. */
import { fault, type Fault, type FaultCode } from "../../../shared/contract/fault.ts";
import type { GitResult } from "./git-command.ts";

const MEANINGS: readonly (readonly [RegExp, FaultCode])[] = [
  [/No space left on device|Disk quota exceeded|ENOSPC/i, "disk_full"],
  [
    /Authentication failed|could not read (Username|Password)|Invalid username or|returned error: 401|HTTP 401/i,
    "grid_auth_failed",
  ],
  [/Permission denied \(|no mutual signature|Load key/i, "grid_auth_failed"],
  [/Host key verification failed/i, "grid_host_key_unknown"],
  [/returned error: 403|HTTP 403|Permission to .{0,200} denied|access denied|dubious ownership/i, "grid_forbidden"],
  [
    /returned error: 404|HTTP 404|[Rr]epository (.{0,200} )?(not found|does not exist)|does not appear to be a git repository/i,
    "grid_not_found",
  ],
  [/returned error: 5\d\d|HTTP 5\d\d|unpacker error|remote unpack failed|unpack failed/i, "grid_server_error"],
  [/returned error: 3\d\d|HTTP 3\d\d/i, "grid_not_found"],
  [/Operation too slow|timed out|timeout/i, "grid_timed_out"],
  [
    /Could ?n[o']t (resolve|connect)|unable to access|Connection (refused|reset|closed)|hung up|unexpected disconnect|early EOF|index-pack failed|RPC failed|Could not read from remote|invalid index-pack output|bad line length|expected flush|protocol error/i,
    "grid_unreachable",
  ],
];

const BROKEN =
  /not a git repository|bad object|corrupt|object file .* is empty|unable to (read|parse)|missing (tree|commit|object)|inflate|bad config|bad tree|invalid object|not our ref|not a valid object|did not receive expected object|Not a valid|unknown revision|shallow file|unable to find|cannot be (accessed|read)|failed to (read|load|parse)|fast-import|not a valid ref|broken/i;

/** Standard error with what could be a secret or a control character taken out, one line, short. */
export function plainMessage(stderr: string): string {
  return stderr
    .replace(/\/\/[^/@\s]*@/g, "//")
    .replace(/\r/g, "")
    .replace(/[^\x20-\x7e\n]/g, "?")
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "" && !line.startsWith("hint:"))
    .join("; ")
    .slice(0, 400);
}

/** The fault of a command that talked to the server. */
export function remoteFault(result: GitResult): Fault {
  const ended = endedFault(result);
  if (ended !== undefined) return ended;
  const text = plainMessage(result.stderr);
  const said = shortLines(result.stderr);
  for (const [pattern, code] of MEANINGS) if (pattern.test(said)) return fault(code, text);
  return fault(BROKEN.test(withoutRemote(said)) ? "clone_broken" : "grid_unreachable", text);
}

/** The fault of a command that reads or writes the local clone only. */
export function localFault(result: GitResult): Fault {
  const ended = endedFault(result);
  if (ended !== undefined) return ended;
  const full = /No space left on device|Disk quota exceeded|ENOSPC/i.test(result.stderr);
  return fault(full ? "disk_full" : "clone_broken", plainMessage(result.stderr));
}

function endedFault({ ended, stderr }: GitResult): Fault | undefined {
  switch (ended) {
    case undefined:
      return undefined;
    case "not_found":
      return fault("git_missing");
    case "not_started":
      // Its folder is gone, or the system has no process to give; a new clone needs neither of the old.
      return fault("clone_broken", plainMessage(stderr));
    case "too_much_output":
      return fault("grid_too_large");
    case "deadline":
      return fault("grid_timed_out", "the command was ended at its deadline");
    case "aborted":
      return fault("grid_timed_out", "stopped");
  }
}

/** What a server writes is matched against patterns: a line as long as it likes would take them minutes. */
function shortLines(stderr: string): string {
  return stderr
    .split("\n")
    .map((line) => line.slice(0, 500))
    .join("\n");
}

function withoutRemote(stderr: string): string {
  return stderr
    .split("\n")
    .filter((line) => !line.startsWith("remote:"))
    .join("\n");
}
