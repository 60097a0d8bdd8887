/** A repository address that Git may see; how its credentials travel follows from `kind`. */
export interface GridAddress {
  readonly url: string;
  readonly kind: "https" | "http" | "ssh" | "file";
  /** `https://host:port`, for scoping a credential; only for http and https. */
  readonly origin?: string;
}

export type AddressProblem =
  | "empty"
  | "leading_dash"
  | "control_character"
  | "embedded_credential"
  | "plain_http"
  | "unsupported";

export const ADDRESS_HELP: Record<AddressProblem, string> = {
  empty: "The address is empty. Give the address of the grid's Git repository.",
  leading_dash: "The address starts with a dash, which Git would read as an option.",
  control_character: "The address contains white space or a control character.",
  embedded_credential: "The address contains a user name or password. Remove it and set GIT_TOKEN instead.",
  plain_http: "Plain http is allowed on this machine only (localhost). Use https.",
  unsupported:
    "Use https://host/path, ssh://user@host/path, user@host:path, http://localhost/path, file:///path or an absolute path.",
};

const SCP = /^(?:[A-Za-z0-9._-]+@)?([A-Za-z0-9][A-Za-z0-9._-]*):(?!\/\/)(?!:)([^:].*)$/;
const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;
// Nothing that a shell, Git or a terminal could take for more than a character of a path.
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused.
const UNSAFE = /[\u0000-\u0020\u007f-\u00a0\u2028\u2029]/;

/** Judges an address before Git sees it: only what is known to be safe passes. */
export function parseGridAddress(text: string): GridAddress | { readonly problem: AddressProblem } {
  if (text === "") return { problem: "empty" };
  if (text.startsWith("-")) return { problem: "leading_dash" };
  // Two slashes are another machine on some systems; Git and browsers part a backslash differently.
  if (text.startsWith("//") || (text.includes("\\") && !/^[A-Za-z]:[\\/]/.test(text)))
    return { problem: "unsupported" };
  if (text.startsWith("/") || /^[A-Za-z]:[\\/]/.test(text)) {
    // A file path may contain spaces, but nothing that ends a line.
    return /[\u0000-\u001f\u007f]/.test(text) ? { problem: "control_character" } : { url: text, kind: "file" };
  }
  if (UNSAFE.test(text)) return { problem: "control_character" };
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(text)) return parseUrl(text);
  const scp = SCP.exec(text);
  if (scp?.[2] !== undefined && !scp[2].startsWith("-")) return { url: text, kind: "ssh" };
  return { problem: "unsupported" };
}

function parseUrl(text: string): GridAddress | { readonly problem: AddressProblem } {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined) return { problem: "unsupported" };
  if (url.protocol === "file:") return url.hostname === "" ? { url: text, kind: "file" } : { problem: "unsupported" };
  if (url.hostname === "" || url.hostname.startsWith("-") || url.pathname.length < 2) return { problem: "unsupported" };
  if (url.protocol === "ssh:") {
    if (url.password !== "") return { problem: "embedded_credential" };
    return url.username.startsWith("-") ? { problem: "leading_dash" } : { url: text, kind: "ssh" };
  }
  if (url.protocol !== "https:" && url.protocol !== "http:") return { problem: "unsupported" };
  if (url.username !== "" || url.password !== "") return { problem: "embedded_credential" };
  if (url.search !== "" || url.hash !== "") return { problem: "unsupported" };
  if (url.protocol === "http:" && !LOOPBACK.test(url.hostname)) return { problem: "plain_http" };
  return { url: text, kind: url.protocol === "https:" ? "https" : "http", origin: url.origin };
}
