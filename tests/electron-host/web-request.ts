/** `session.webRequest`: the application's say in each request, as far as the host lets it have one. */
import { HostObject } from "./unimplemented.ts";

type BeforeDetails = Electron.OnBeforeRequestListenerDetails;
type BeforeListener = (details: BeforeDetails, callback: (response: Electron.CallbackResponse) => void) => void;
type HeadersDetails = Electron.OnHeadersReceivedListenerDetails;
type HeadersListener = (
  details: HeadersDetails,
  callback: (response: Electron.HeadersReceivedResponse) => void,
) => void;

interface Filtered<L> {
  readonly filter: Electron.WebRequestFilter;
  readonly listener: L;
}

const EVERYTHING: Electron.WebRequestFilter = { urls: ["<all_urls>"] };

export class WebRequest
  extends HostObject
  implements Pick<Electron.WebRequest, "onBeforeRequest" | "onHeadersReceived">
{
  #before: Filtered<BeforeListener> | undefined;
  #headers: Filtered<HeadersListener> | undefined;

  onBeforeRequest(filter: Electron.WebRequestFilter | BeforeListener | null, listener?: BeforeListener | null): void {
    this.#before = filtered(filter, listener);
  }
  onHeadersReceived(
    filter: Electron.WebRequestFilter | HeadersListener | null,
    listener?: HeadersListener | null,
  ): void {
    this.#headers = filtered(filter, listener);
  }

  /** What the application decides about a request; nothing where it has no listener for it. */
  before(details: BeforeDetails): Promise<Electron.CallbackResponse> {
    const { filter, listener } = this.#before ?? {};
    if (filter === undefined || listener === undefined || !matches(filter, details)) return Promise.resolve({});
    return new Promise((resolve) => listener(details, resolve));
  }
  /** What the application makes of an answer's headers. */
  headersReceived(details: HeadersDetails): Promise<Electron.HeadersReceivedResponse> {
    const { filter, listener } = this.#headers ?? {};
    if (filter === undefined || listener === undefined || !matches(filter, details)) return Promise.resolve({});
    return new Promise((resolve) => listener(details, resolve));
  }
}

/** Electron takes the listener alone, or a filter first. */
function filtered<L extends (...args: never[]) => void>(
  filter: Electron.WebRequestFilter | L | null,
  listener: L | null | undefined,
): Filtered<L> | undefined {
  if (typeof filter === "function") return { filter: EVERYTHING, listener: filter };
  return listener == null ? undefined : { filter: filter ?? EVERYTHING, listener };
}

function matches(
  { urls, excludeUrls = [], types }: Electron.WebRequestFilter,
  { url, resourceType }: Pick<BeforeDetails, "url" | "resourceType">,
): boolean {
  const isType = types === undefined || types.some((type) => type === resourceType);
  return isType && urls.some((one) => pattern(one).test(url)) && !excludeUrls.some((one) => pattern(one).test(url));
}

/** A match pattern of Chromium's, such as `*://*\/*`. */
function pattern(text: string): RegExp {
  if (text === "<all_urls>") return /^/;
  const escaped = text.replaceAll(/[.+?^${}()|[\]\\]/g, "\\$&").replaceAll("*", ".*");
  return new RegExp(`^${escaped}$`);
}
