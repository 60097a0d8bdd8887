/**
 * The application's own schemes, which Chromium does not know: `dgrid://app/x` is shown to it as
 * `https://app.dgrid.invalid/x`, and said to the application as it expects it.
 */

const SCHEMES = new Set<string>();

/** Makes a scheme one that is mapped. */
export function addScheme(scheme: string): void {
  SCHEMES.add(scheme);
}

/** An address as Chromium has to be told it. */
export function toPage(url: string): string {
  if (url.startsWith("blob:")) return `blob:${toPage(url.slice(5))}`;
  const [, scheme = "", host = "", rest = ""] = /^([a-z][a-z0-9+.-]*):\/\/([^/?#]*)(.*)$/is.exec(url) ?? [];
  if (!SCHEMES.has(scheme.toLowerCase())) return url;
  return `https://${host}.${scheme.toLowerCase()}.invalid${rest.startsWith("/") ? rest : `/${rest}`}`;
}

/** An address as the application is told it. */
export function toApp(url: string): string {
  if (url.startsWith("blob:")) return `blob:${toApp(url.slice(5))}`;
  const [, host, scheme, rest = ""] = /^https:\/\/([^/?#]*)\.([a-z0-9+-]+)\.invalid(.*)$/is.exec(url) ?? [];
  return host === undefined || scheme === undefined || !SCHEMES.has(scheme) ? url : `${scheme}://${host}${rest}`;
}

/** An origin as Electron says it, which `new URL` calls "null" for the application's own schemes. */
export function originOf(url: string): string {
  const [, scheme, host] = /^([a-z][a-z0-9+.-]*):\/\/([^/?#]*)/i.exec(url) ?? [];
  if (scheme !== undefined && SCHEMES.has(scheme.toLowerCase())) return `${scheme}://${host ?? ""}`;
  return URL.canParse(url) ? new URL(url).origin : "null";
}

/** A header's value whose sources name the application's schemes. */
export function headerToPage(value: string): string {
  let text = value;
  for (const scheme of SCHEMES) {
    text = text
      .replaceAll(new RegExp(`\\b${scheme}://([\\w.-]+)`, "gi"), `https://$1.${scheme}.invalid`)
      .replaceAll(new RegExp(`(^|[\\s;])${scheme}:(?=$|[\\s;])`, "gi"), `$1https://*.${scheme}.invalid`);
  }
  return text;
}
