/**
 * Whose request it is: judged by Host, Origin and Sec-Fetch-Site, before any token is looked at.
 *
 * What each refusal keeps out:
 * - DNS rebinding: a hostile page's own name is made to resolve to this machine, and the browser
 *   holds both for one origin. Its requests carry that name in Host, so names are not accepted.
 * - A page on another site: its requests carry Sec-Fetch-Site: cross-site, its WebSockets its Origin.
 * - A page on another port of this machine: to browsers that is the same site, cookies go along, so
 *   a same-site cookie does not help. Its requests say "same-site" and its Origin has another port.
 */
import type { IncomingHttpHeaders } from "node:http";
import { isIP } from "node:net";

export interface Binding {
  /** The address the server listens on, as the donor gave it. */
  readonly host: string;
  readonly port: number;
  /** Names beside the addresses, lower case; only where the server is not bound to loopback. */
  readonly allowedHosts: readonly string[];
}

/** Whether only this machine can reach an address. What is not known to be so is not. */
export function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || (isIP(host) === 4 && host.startsWith("127."));
}

/** A host as it stands in an address: an IPv6 address in brackets. */
export function inUrl(host: string): string {
  return isIP(host) === 6 ? `[${host}]` : host;
}

/** `host:port` of an address of ours, without a port that is HTTP's own, as browsers leave it out. */
export function authority(host: string, port: number): string {
  return port === 80 ? inUrl(host) : `${inUrl(host)}:${port}`;
}

/** Whether a Host header names this server and not a name that somebody made resolve to it. */
export function isOurHost(header: string | undefined, { host, port, allowedHosts }: Binding): boolean {
  if (header === undefined) return false;
  const given = header.toLowerCase();
  if (["127.0.0.1", "localhost", "::1", host].some((own) => given === authority(own, port))) return true;
  if (isLoopback(host)) return false;
  // Elsewhere the port is not ours to know: a container's is published under another.
  const name = /^(\[[0-9a-f:.]+\]|[^:[\]]+)(?::\d{1,5})?$/.exec(given)?.[1];
  if (name === undefined) return false;
  // An address cannot be rebound: there is no name that could be made to resolve to something else.
  return isIP(name.replace(/^\[|\]$/g, "")) !== 0 || name === "localhost" || allowedHosts.includes(name);
}

/** Whether an Origin header is that of the page this server served under this Host. */
export function isOwnOrigin(headers: IncomingHttpHeaders): boolean {
  return headers.host !== undefined && headers.origin?.toLowerCase() === `http://${headers.host.toLowerCase()}`;
}

/**
 * Whether a browser says that a page of ours or the person made the request. Without the header it is
 * no browser, or one too old to tell; the Origin, where there is one, is judged as well.
 */
export function isOwnRequest(headers: IncomingHttpHeaders): boolean {
  const site = headers["sec-fetch-site"];
  if (site !== undefined && site !== "same-origin" && site !== "none") return false;
  return headers.origin === undefined || isOwnOrigin(headers);
}

/** Whether a request that another page caused only opens a page for the person to see, in a tab of its own. */
export function isTopLevelNavigation(headers: IncomingHttpHeaders): boolean {
  return (
    headers["sec-fetch-mode"] === "navigate" && headers["sec-fetch-dest"] === "document" && headers.origin === undefined
  );
}
