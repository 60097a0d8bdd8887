import { useTranslation } from "react-i18next";
import { decimal } from "./format.ts";
import { useLocale } from "./use-locale.ts";

/** Says a number of processor cores: "1 core", "1.5 cores". What is rounded to one is one. */
export function useCores(digits = 2): (cpus: number) => string {
  const { t } = useTranslation();
  const locale = useLocale();
  return (cpus) => t("cores", { count: Number(cpus.toFixed(digits)), formatted: decimal(cpus, locale, digits) });
}
