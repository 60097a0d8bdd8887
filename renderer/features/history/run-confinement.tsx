import { useTranslation } from "react-i18next";
import type { RunDetails } from "../../../shared/contract/views.ts";
import { ConfinementDetails } from "../../ui/confinement/confinement-details.tsx";
import { Facts, type Fact } from "../../ui/facts.tsx";
import { Foreign } from "../../ui/foreign.tsx";
import { bytes, decimal } from "../../ui/format.ts";
import { useCores } from "../../ui/use-cores.ts";
import { useLocale } from "../../ui/use-locale.ts";
import { Part } from "../queue/part.tsx";
import classes from "./run-details.module.css";

/** Image, limits and flags as far as they are kept; nothing where none is. */
export function RunConfinement({ details }: { readonly details: RunDetails }) {
  const { t } = useTranslation("history");
  const locale = useLocale();
  const cores = useCores(2);
  const { image, imageId, limits, timeoutSeconds, confinement } = details;
  const facts: Fact[] = [];
  if (image !== null) facts.push({ name: t("image"), value: <Foreign text={image} monospace /> });
  if (imageId !== null) facts.push({ name: t("imageId"), value: <Foreign text={imageId} monospace /> });
  if (limits !== null) {
    facts.push(
      { name: t("cpus"), value: cores(limits.cpus) },
      { name: t("memory"), value: bytes(limits.memoryBytes, locale) },
      { name: t("processes"), value: decimal(limits.pids, locale, 0) },
      { name: t("tmp"), value: bytes(limits.tmpBytes, locale) },
    );
  }
  if (timeoutSeconds !== null) facts.push({ name: t("timeout"), value: `${decimal(timeoutSeconds, locale, 0)} s` });
  if (facts.length === 0 && confinement === null) return null;
  return (
    <Part title={t("confinement")}>
      <Facts facts={facts} />
      {confinement === null ? null : (
        <details className={classes.flags}>
          <summary>{t("flags")}</summary>
          <ConfinementDetails confinement={confinement} />
        </details>
      )}
    </Part>
  );
}
