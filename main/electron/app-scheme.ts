/**
 * The address of the interface: `dgrid://app/`. Not file://, which could read the whole disk, and no
 * server, which others could reach.
 */
import { readFile } from "node:fs/promises";
import { extname, join, normalize, sep } from "node:path";
import { protocol } from "electron";
import { SECURITY_HEADERS } from "../worker/security-headers.ts";

const SCHEME = "dgrid";
export const APP_ORIGIN = `${SCHEME}://app`;
export const APP_PAGE = `${APP_ORIGIN}/`;

const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
  ".woff2": "font/woff2",
};

/** Before the application is ready: the scheme behaves like https, so that origin and policy mean what they say. */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: SCHEME, privileges: { standard: true, secure: true, codeCache: true } },
  ]);
}

/** Serves the built interface; everything else is not there. */
export function serveAppScheme(folder: string): void {
  protocol.handle(SCHEME, (request) => answer(request, folder));
}

async function answer(request: Request, folder: string): Promise<Response> {
  const url = URL.canParse(request.url) ? new URL(request.url) : undefined;
  if (url?.host !== "app" || request.method !== "GET") return refused(404);
  const file = fileOf(folder, url.pathname);
  const type = file === undefined ? undefined : TYPES[extname(file)];
  if (file === undefined || type === undefined) return refused(404);
  try {
    return new Response(await readFile(file), { headers: { ...SECURITY_HEADERS, "Content-Type": type } });
  } catch (error) {
    if (error instanceof Error && "code" in error && (error.code === "ENOENT" || error.code === "EISDIR"))
      return refused(404);
    throw error;
  }
}

/** The file below the folder that a path names; undefined where it leads out of it. */
function fileOf(folder: string, pathname: string): string | undefined {
  let path: string;
  try {
    path = decodeURIComponent(pathname);
  } catch (error) {
    if (error instanceof URIError) return undefined;
    throw error;
  }
  const file = normalize(join(folder, path === "/" ? "index.html" : path));
  return path.includes("\0") || !file.startsWith(folder + sep) ? undefined : file;
}

function refused(status: number): Response {
  return new Response(null, { status, headers: SECURITY_HEADERS });
}
