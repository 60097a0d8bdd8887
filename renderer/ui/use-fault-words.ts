import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import type { Fault, FaultCode } from "../../shared/contract/fault.ts";
import { de } from "../i18n/de/de.ts";
import { en } from "../i18n/en/en.ts";
import { useHost } from "./use-host.ts";

export interface FaultWords {
  readonly meaning: string;
  readonly next: string;
}

type Words = Partial<Record<FaultCode, FaultWords>>;

/** English ones come from the worker itself: here are only those that would mislead in a desktop window. */
const IN_WINDOW: Record<"en" | "de", Words> = { en: en.desktop.faults, de: de.desktop.faults };

/** A fault's words in the page's language, as they fit its host; where there are none, the worker's own English ones. */
export function useFaultWords(): (fault: Fault) => FaultWords {
  const { i18n } = useTranslation();
  const language = i18n.resolvedLanguage === "de" ? "de" : "en";
  const inWindow = useHost() === "electron";
  return useCallback(
    (fault: Fault) =>
      (inWindow ? IN_WINDOW[language][fault.code] : undefined) ??
      (language === "de" ? de.faults[fault.code] : undefined) ??
      fault,
    [language, inWindow],
  );
}
