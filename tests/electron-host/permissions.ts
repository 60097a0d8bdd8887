/**
 * A page's permissions, by the application's handlers.
 *
 * Chromium asks a person and cannot be made to ask the application, so the handlers are asked
 * beforehand, for each document, and Chromium is told the outcome.
 */
import type { CdpSession, Protocol } from "./cdp.ts";
import { originOf, toPage } from "./schemes.ts";

type CheckHandler = NonNullable<Parameters<Electron.Session["setPermissionCheckHandler"]>[0]>;
type RequestHandler = NonNullable<Parameters<Electron.Session["setPermissionRequestHandler"]>[0]>;
/** Both handlers are asked about the same names. */
type Permission = Parameters<CheckHandler>[1];

/** What the application has said about permissions. */
export interface PermissionHandlers {
  readonly check: CheckHandler | undefined;
  readonly request: RequestHandler | undefined;
}

/** Chromium's names for what Electron's handlers are asked about. */
const PERMISSIONS: readonly (readonly [Protocol.Browser.PermissionDescriptor, Permission])[] = [
  [{ name: "clipboard-write", allowWithoutSanitization: false }, "clipboard-sanitized-write"],
  [{ name: "clipboard-read" }, "clipboard-read"],
  [{ name: "geolocation" }, "geolocation"],
  [{ name: "notifications" }, "notifications"],
  [{ name: "camera" }, "media"],
  [{ name: "microphone" }, "media"],
  [{ name: "midi", sysex: true }, "midiSysex"],
];

/** A document whose permissions are asked for. */
interface Asking {
  readonly contents: Electron.WebContents;
  readonly url: string;
  readonly handlers: PermissionHandlers;
}

/** Tells Chromium what a document may do. */
export async function applyPermissions(root: CdpSession, asking: Asking): Promise<void> {
  const pageOrigin = toPage(`${originOf(asking.url)}/`).replace(/\/$/, "");
  // A document without an origin of its own has no permissions to be told of.
  if (!/^https?:/.test(pageOrigin)) return;
  for (const [permission, name] of PERMISSIONS) {
    const setting = isChecked(asking, name) && (await isGranted(asking, name)) ? "granted" : "denied";
    await root.send("Browser.setPermission", { permission, setting, origin: pageOrigin });
  }
}

function isChecked({ contents, url, handlers }: Asking, permission: Permission): boolean {
  const origin = originOf(url);
  const details = { requestingUrl: url, isMainFrame: true, securityOrigin: `${origin}/` };
  return handlers.check?.(contents, permission, `${origin}/`, details) ?? true;
}

function isGranted({ contents, url, handlers }: Asking, permission: Permission): Promise<boolean> {
  const { request } = handlers;
  if (request === undefined) return Promise.resolve(true);
  return new Promise((resolve) => request(contents, permission, resolve, { requestingUrl: url, isMainFrame: true }));
}
