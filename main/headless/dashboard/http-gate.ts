/** What a request gets: refused, let in with the token, or answered. Nothing is decided elsewhere. */
import type { IncomingMessage } from "node:http";
import { WEBSOCKET_PATH } from "../../../shared/rpc/port.ts";
import type { Access } from "./access.ts";
import { json, text, type Answer } from "./answer.ts";
import { isOurHost, isOwnOrigin, isOwnRequest, isTopLevelNavigation, type Binding } from "./origin.ts";
import { LED_HERE, NO_TOKEN, stepInside } from "./pages.ts";

export interface HttpGate {
  /** The answer, or the path of the static file that is to be served. */
  readonly judge: (request: IncomingMessage) => Answer | { readonly file: string };
  /** Why a WebSocket is not opened; undefined opens it. */
  readonly refusalOfUpgrade: (request: IncomingMessage) => Answer | undefined;
}

const WRONG_HOST = text(421, "This worker is not known by that name.");
const FOREIGN = text(403, "Only this dashboard's own pages may ask for this.");
const NOT_FOUND = text(404, "There is nothing here.");
const UNAUTHORIZED = text(401, "Open the link that the worker printed when it started.");

export function httpGate(binding: Binding, access: Access, status: () => unknown): HttpGate {
  const isMisaddressed = (request: IncomingMessage): boolean =>
    request.headersDistinct["host"]?.length !== 1 || !isOurHost(request.headers.host, binding);

  const judge: HttpGate["judge"] = (request) => {
    const { headers, method, url = "" } = request;
    if (isMisaddressed(request)) return WRONG_HOST;
    if (method !== "GET" && method !== "HEAD") return text(405, "This can only be read.", { Allow: "GET, HEAD" });
    // An absolute address in the request line is for proxies, and this is none.
    if (!url.startsWith("/")) return text(400, "This is no request for this server.");
    const { path, token } = split(url);
    const entering = path === "/" && token !== undefined;
    const own = isOwnRequest(headers);
    if (!own && !isTopLevelNavigation(headers)) return FOREIGN;
    if (!own && !entering) return LED_HERE;
    if (path === "/health") return text(200, "ok");
    if (entering && access.isToken(token)) return enter(access.newCookie(), own);
    const hasSession = access.hasSession(headers.cookie);
    if (path === "/api/status") {
      if (hasSession || access.isBearer(headers.authorization)) return json(status());
      return { ...UNAUTHORIZED, headers: { "WWW-Authenticate": "Bearer" } };
    }
    if (!hasSession) return path === "/" ? NO_TOKEN : UNAUTHORIZED;
    // An old link in a browser that is already in: the token leaves the address.
    if (entering) return text(303, "The dashboard is at /.", { Location: "/" });
    if (path === "/api" || path.startsWith("/api/") || path === WEBSOCKET_PATH) return NOT_FOUND;
    return { file: path };
  };

  const refusalOfUpgrade: HttpGate["refusalOfUpgrade"] = (request) => {
    const { headers, url = "" } = request;
    if (isMisaddressed(request)) return WRONG_HOST;
    // Browsers let every page open a WebSocket to anywhere, and name the page in Origin.
    if (!isOwnOrigin(headers) || !isOwnRequest(headers)) return FOREIGN;
    if (!access.hasSession(headers.cookie)) return UNAUTHORIZED;
    return url === WEBSOCKET_PATH ? undefined : NOT_FOUND;
  };

  return { judge, refusalOfUpgrade };
}

/** The first page for whoever has the token: the cookie, and an address without the token. */
function enter(cookie: string, own: boolean): Answer {
  return own ? text(303, "The dashboard is at /.", { Location: "/", "Set-Cookie": cookie }) : stepInside(cookie);
}

function split(url: string): { readonly path: string; readonly token: string | undefined } {
  const at = url.indexOf("?");
  if (at < 0) return { path: url, token: undefined };
  return { path: url.slice(0, at), token: new URLSearchParams(url.slice(at)).get("token") ?? undefined };
}
