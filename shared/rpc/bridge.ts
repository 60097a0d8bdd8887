/**
 * What the desktop application's preload script puts into its own page, and nothing else: one end of
 * a port. The worker validates every text, so there is nothing to check on this side.
 */
export interface Bridge {
  send(text: string): void;
  /** One listener; a later one takes its place. */
  subscribe(listener: (text: string) => void): void;
}

/** The bridge's name in the page's window. */
export const BRIDGE_NAME = "dgrid";

/** The one channel between page and main process, both ways. */
export const BRIDGE_CHANNEL = "dgrid:port";
