/** Texts and their language. English is complete; another language is typed against it. */
import { createInstance, type i18n } from "i18next";
import { initReactI18next } from "react-i18next";
import type { Language } from "../../shared/settings/settings.ts";
import { de } from "./de/de.ts";
import { en } from "./en/en.ts";

declare module "i18next" {
  interface CustomTypeOptions {
    defaultNS: "common";
    resources: typeof en;
    returnNull: false;
  }
}

export const LANGUAGES = ["en", "de"] as const;

/** Makes the catalogues known to React, in the language that is asked for. */
export async function startTexts(language: Language): Promise<i18n> {
  const texts = createInstance();
  await texts.use(initReactI18next).init({
    resources: { en, de },
    lng: resolved(language),
    fallbackLng: "en",
    defaultNS: "common",
    // React escapes; escaping twice would show entities.
    interpolation: { escapeValue: false },
  });
  document.documentElement.lang = texts.language;
  texts.on("languageChanged", (changed) => {
    document.documentElement.lang = changed;
  });
  return texts;
}

/** The language to show: the chosen one, or the first of the browser's that there is a catalogue for. */
export function resolved(language: Language): (typeof LANGUAGES)[number] {
  if (language !== "system") return language;
  const wanted = navigator.languages.map((tag) => tag.slice(0, 2).toLowerCase());
  return LANGUAGES.find((known) => wanted[0] === known) ?? "en";
}
