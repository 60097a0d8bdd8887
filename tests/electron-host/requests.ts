/** Every request of a page comes here: the application answers those of its own schemes, no other leads anywhere. */
import type { CdpSession, Protocol } from "./cdp.ts";
import { protocol } from "./protocol.ts";
import { headerToPage, toApp, toPage } from "./schemes.ts";
import type { WebRequest } from "./web-request.ts";

type Paused = Protocol.Fetch.requestPausedPayload;
type ResourceType = Electron.OnBeforeRequestListenerDetails["resourceType"];

/** A page as far as its requests are concerned. */
export interface RequestingPage {
  readonly id: number;
  readonly webRequest: WebRequest;
  isMainFrame(frameId: string): boolean;
  /** Whether the application lets a frame go there. */
  mayNavigate(frameId: string, url: string, how: "start" | "redirect"): boolean;
  /** A document of the main frame's could not be had. */
  failedToLoad(url: string, code: number, description: string): void;
}

const RESOURCES: Partial<Record<Protocol.Network.ResourceType, ResourceType>> = {
  Stylesheet: "stylesheet",
  Script: "script",
  Image: "image",
  Font: "font",
  XHR: "xhr",
  Fetch: "xhr",
  Ping: "ping",
  Media: "media",
  CSPViolationReport: "cspReport",
};

let lastRequest = 0;

/** Answers one halted request. */
export async function answerRequest(page: RequestingPage, session: CdpSession, paused: Paused): Promise<void> {
  const url = toApp(paused.request.url);
  const isDocument = paused.resourceType === "Document";
  const isMain = page.isMainFrame(paused.frameId);
  const fail = async (errorReason: Protocol.Network.ErrorReason, code = 0, description = ""): Promise<void> => {
    await session.send("Fetch.failRequest", { requestId: paused.requestId, errorReason });
    if (isDocument && isMain && code !== 0) page.failedToLoad(url, code, description);
  };
  const how = paused.redirectedRequestId === undefined ? "start" : "redirect";
  if (isDocument && !page.mayNavigate(paused.frameId, url, how)) return fail("Aborted");

  lastRequest += 1;
  const frameType = isMain ? "mainFrame" : "subFrame";
  const details = {
    id: lastRequest,
    url,
    method: paused.request.method,
    webContentsId: page.id,
    resourceType: isDocument ? frameType : (RESOURCES[paused.resourceType] ?? "other"),
    referrer: toApp(paused.request.headers["Referer"] ?? ""),
    timestamp: Date.now(),
    uploadData: [],
  };
  const before = await page.webRequest.before(details);
  if (before.cancel === true) return fail("BlockedByClient", -20, "ERR_BLOCKED_BY_CLIENT");
  if (before.redirectURL !== undefined) return redirect(session, paused, before.redirectURL);

  const handler = protocol.handlerOf(url);
  if (handler === undefined) return fail("InternetDisconnected", -106, "ERR_INTERNET_DISCONNECTED");
  const response = await answer(handler, url, paused.request);
  if (response === undefined || response.status === 0) return fail("Failed", -2, "ERR_FAILED");
  const responseHeaders = headersByName(response.headers);
  const statusLine = `HTTP/1.1 ${response.status} ${response.statusText}`;
  const received = await page.webRequest.headersReceived({
    ...details,
    statusLine,
    statusCode: response.status,
    responseHeaders,
  });
  if (received.cancel === true) return fail("BlockedByClient", -20, "ERR_BLOCKED_BY_CLIENT");
  await session.send("Fetch.fulfillRequest", {
    requestId: paused.requestId,
    responseCode: response.status,
    responseHeaders: headerEntries(received.responseHeaders ?? responseHeaders),
    body: Buffer.from(await response.arrayBuffer()).toString("base64"),
  });
}

function redirect(session: CdpSession, { requestId }: Paused, url: string): Promise<void> {
  const responseHeaders = [{ name: "Location", value: toPage(url) }];
  return session.send("Fetch.fulfillRequest", { requestId, responseCode: 307, responseHeaders }).then(() => undefined);
}

/** What the application's handler answers; undefined, and said, where it throws. */
async function answer(
  handler: NonNullable<ReturnType<typeof protocol.handlerOf>>,
  url: string,
  { method, headers, postData }: Protocol.Network.Request,
): Promise<Response | undefined> {
  try {
    const body = postData === undefined ? {} : { body: postData };
    return await handler(new Request(url, { method, headers, ...body }));
  } catch (error) {
    console.error(`the handler of ${url} failed:`, error);
    return undefined;
  }
}

function headersByName(headers: Headers): Record<string, string[]> {
  const byName: Record<string, string[]> = {};
  for (const [name, value] of headers) (byName[name] ??= []).push(value);
  return byName;
}

/** Headers that name addresses have to name them as Chromium knows them. */
const WITH_ADDRESSES = /^(content-security-policy(-report-only)?|access-control-allow-origin|location|refresh|link)$/i;

function headerEntries(headers: Record<string, string | string[]>): Protocol.Fetch.HeaderEntry[] {
  return Object.entries(headers).flatMap(([name, values]) =>
    [values].flat().map((value) => ({ name, value: WITH_ADDRESSES.test(name) ? headerToPage(value) : value })),
  );
}
