import type { Language } from "../settings/settings.ts";
import { deDesktop } from "./desktop-de.ts";
import { enDesktop } from "./desktop-en.ts";
import { deStatus } from "./status-de.ts";
import { enStatus } from "./status-en.ts";

/** The shape of a catalogue, whatever its words. */
type Words<T> = { readonly [K in keyof T]: T[K] extends string ? string : Words<T[K]> };

export interface Texts {
  readonly locale: "en" | "de";
  readonly status: Words<typeof enStatus>;
  readonly desktop: Words<typeof enDesktop>;
}

/** Catalogues of a language; "system" is the first of the person's own languages that has one. */
export function textsOf(language: Language, preferred: readonly string[]): Texts {
  const locale = language === "system" ? known(preferred) : language;
  return locale === "de"
    ? { locale, status: deStatus, desktop: deDesktop }
    : { locale, status: enStatus, desktop: enDesktop };
}

function known(preferred: readonly string[]): Texts["locale"] {
  for (const tag of preferred) {
    if (/^de\b/i.test(tag)) return "de";
    if (/^en\b/i.test(tag)) return "en";
  }
  return "en";
}

/** A text with its places filled in: "{tasks} tasks". */
export function filled(text: string, values: Readonly<Record<string, string | number>>): string {
  return text.replace(/\{(\w+)\}/g, (place, name: string) => String(values[name] ?? place));
}
