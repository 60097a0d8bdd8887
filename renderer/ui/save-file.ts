/** Hands a file to the browser's downloads; works under a policy that allows no address but the page's own. */
export function saveFile(name: string, type: string, parts: readonly string[]): void {
  const url = URL.createObjectURL(new Blob([...parts], { type }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  // The browser has taken the blob once the click is over; a minute leaves room for a question about the place.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

/** "dgrid-history-2026-11-24.csv", by the page's calendar. */
export function datedName(what: string, ending: string, now: Date): string {
  const two = (value: number): string => String(value).padStart(2, "0");
  return `dgrid-${what}-${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}.${ending}`;
}
