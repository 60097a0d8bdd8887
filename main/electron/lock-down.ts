/**
 * What no page may do, whatever it is: leave the application, open windows, embed pages, ask for a
 * camera, reach the network. The list follows Electron's own security guide; docs/SECURITY.md goes
 * through it point by point.
 */
import { app, session, type Session, type WebContents } from "electron";
import type { Log } from "../engine/ports.ts";
import { APP_ORIGIN, APP_PAGE } from "./app-scheme.ts";

export interface LockDownOptions {
  readonly log: Log;
  /** Asked to open an address elsewhere; judges it itself. */
  readonly onLink: (url: string) => void;
}

/** Copying a text is all that the interface asks for. */
const ALLOWED_PERMISSION = "clipboard-sanitized-write";

/** Of every page, before its first script. */
export function lockDownPages({ log, onLink }: LockDownOptions): void {
  app.on("web-contents-created", (_event, contents) => {
    const refuse = (what: string, url: string): void => log.warn({ url: url.slice(0, 200) }, `a page tried to ${what}`);
    contents.on("will-frame-navigate", (details) => {
      if (isOwnPage(details.url)) return;
      details.preventDefault();
      refuse("leave the application", details.url);
    });
    contents.on("will-redirect", (details) => {
      details.preventDefault();
      refuse("be redirected", details.url);
    });
    contents.on("will-attach-webview", (event, _preferences, { src = "" }) => {
      event.preventDefault();
      refuse("embed a page", src);
    });
    contents.setWindowOpenHandler(({ url }) => {
      onLink(url);
      return { action: "deny" };
    });
  });
}

/** Of the one session; once the application is ready. */
export function lockDownSession(log: Log): Session {
  const own = session.defaultSession;
  own.setPermissionRequestHandler((contents, permission, answer, { requestingUrl }) =>
    answer(permission === ALLOWED_PERMISSION && isOwnPage(requestingUrl) && isOwnPage(contents.getURL())),
  );
  own.setPermissionCheckHandler(
    (_contents, permission, origin) => permission === ALLOWED_PERMISSION && isOwnOrigin(origin),
  );
  own.setDevicePermissionHandler(() => false);
  own.setDisplayMediaRequestHandler((_request, answer) => answer(null));
  // Its dictionaries would come from a server of Chromium's makers.
  own.setSpellCheckerEnabled(false);
  own.webRequest.onBeforeRequest(({ url }, answer) => answer({ cancel: !isLocal(url) }));
  own.on("will-download", (event, item, contents: WebContents | null) => {
    // What the interface saves is a text that it made itself.
    if (item.getURL().startsWith(`blob:${APP_PAGE}`) && contents !== null && isOwnPage(contents.getURL())) return;
    event.preventDefault();
    log.warn({ url: item.getURL().slice(0, 200) }, "a page tried to download a file");
  });
  return own;
}

export function isOwnPage(url: string): boolean {
  return url === APP_PAGE || url.startsWith(`${APP_PAGE}#`) || url.startsWith(`${APP_PAGE}?`);
}

function isOwnOrigin(origin: string): boolean {
  return origin === APP_ORIGIN || origin === APP_PAGE;
}

function isLocal(url: string): boolean {
  return url.startsWith(APP_PAGE) || url.startsWith(`blob:${APP_PAGE}`) || url.startsWith("data:image/");
}
