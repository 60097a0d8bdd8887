import { useTranslation } from "react-i18next";

/** The page's language, for numbers and times. */
export function useLocale(): string {
  return useTranslation().i18n.resolvedLanguage ?? "en";
}
