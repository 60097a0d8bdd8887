/**
 * The surroundings in which Git runs for us: nothing of the donor's own configuration, no prompt,
 * no hook, only the protocol of the grid's address, and the token for one origin alone.
 */
import type { GridAddress } from "../../../shared/domain/grid-address.ts";

/** Inherited because Git or ssh cannot work without them; everything else stays outside. */
const INHERITED = [
  "PATH",
  "HOME",
  "USERPROFILE",
  "SystemRoot",
  "SYSTEMROOT",
  "TEMP",
  "TMP",
  "TMPDIR",
  "USER",
  "LOGNAME",
  "APPDATA",
  "LOCALAPPDATA",
  "ProgramData",
  "PATHEXT",
  "COMSPEC",
  "SSH_AUTH_SOCK",
  "http_proxy",
  "https_proxy",
  "HTTP_PROXY",
  "HTTPS_PROXY",
  "no_proxy",
  "NO_PROXY",
  "all_proxy",
  "SSL_CERT_FILE",
  "SSL_CERT_DIR",
  "GIT_SSL_CAINFO",
  "GIT_SSL_CAPATH",
  "GIT_EXEC_PATH",
] as const;

/** The variable the credential helper reads; set only for the Git process that needs it. */
export const TOKEN_VARIABLE = "DGRID_GIT_CREDENTIAL";

/** Stops a transfer that delivers under 1 byte a second for this long. */
const LOW_SPEED_SECONDS = 30;

export interface GitEnvironment {
  readonly env: Record<string, string>;
  readonly config: readonly string[];
}

export function gitEnvironment(
  address: GridAddress,
  token: string | undefined,
  inherited: Readonly<Record<string, string | undefined>>,
): GitEnvironment {
  const env: Record<string, string> = {};
  for (const name of INHERITED) {
    const value = inherited[name];
    if (value !== undefined && value !== "") env[name] = value;
  }
  env["LC_ALL"] = "C";
  env["GIT_TERMINAL_PROMPT"] = "0";
  env["GIT_CONFIG_NOSYSTEM"] = "1";
  env["GIT_CONFIG_GLOBAL"] = process.platform === "win32" ? "NUL" : "/dev/null";
  env["GIT_ALLOW_PROTOCOL"] = address.kind;
  env["GIT_OPTIONAL_LOCKS"] = "0";
  // A missing object is fetched by us alone: Git's own fetching recurses where a server speaks the dumb protocol.
  env["GIT_NO_LAZY_FETCH"] = "1";
  // BatchMode never asks; host keys must be known, so that a first contact cannot be forged.
  env["GIT_SSH_COMMAND"] =
    "ssh -o BatchMode=yes -o ConnectTimeout=15 -o ServerAliveInterval=10 -o ServerAliveCountMax=3";
  const config = [
    "core.hooksPath=/dev/null",
    "core.fsmonitor=false",
    "core.looseCompression=1",
    "credential.helper=",
    "http.followRedirects=false",
    `http.lowSpeedTime=${LOW_SPEED_SECONDS}`,
    "http.lowSpeedLimit=1",
    "gc.auto=0",
    "maintenance.auto=false",
    "fetch.recurseSubmodules=false",
    "submodule.recurse=false",
    "transfer.bundleURI=false",
    "protocol.version=2",
    "fetch.writeCommitGraph=false",
    "pack.threads=1",
    "push.negotiate=false",
  ];
  if (token !== undefined && address.origin !== undefined) {
    env[TOKEN_VARIABLE] = token;
    // Git runs the helper through its own shell; the token is in no argument and in no file.
    config.push(
      `credential.${address.origin}.helper=!f() { test "$1" = get && printf 'username=x-access-token\\npassword=%s\\n' "$${TOKEN_VARIABLE}"; }; f`,
    );
    // Spares the round trip that ends in 401, where Git is new enough (2.46) to know it.
    config.push("http.proactiveAuth=basic");
  }
  return { env, config };
}
