import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import type { Fault } from "../../shared/contract/fault.ts";
import { de } from "../i18n/de/de.ts";

export interface FaultWords {
  readonly meaning: string;
  readonly next: string;
}

/** A fault's words in the page's language; where there are none, the worker's own English ones. */
export function useFaultWords(): (fault: Fault) => FaultWords {
  const { i18n } = useTranslation();
  const language = i18n.resolvedLanguage;
  return useCallback((fault: Fault) => (language === "de" ? de.faults[fault.code] : undefined) ?? fault, [language]);
}
