/** What every Chromium of the tests is started with. As root in a container it needs no sandbox of its own; nothing of it may call home. */
export const BROWSER_ARGUMENTS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  // What a page's heap holds is to be told exactly.
  "--enable-precise-memory-info",
  "--js-flags=--expose-gc",
] as const;

/** Debian's Chromium, or the one that the environment names. */
export const BROWSER = process.env["DGRID_BROWSER"] ?? "/usr/bin/chromium";
