import { useTranslation } from "react-i18next";
import { FaultAlert } from "../../ui/fault-alert.tsx";
import { PresetCards } from "../limits/preset-cards.tsx";
import { ResourceLimits } from "../limits/resource-limits.tsx";
import { UseLegend } from "../limits/use-legend.tsx";
import { useLimits } from "../limits/use-limits.ts";
import { SectionCard } from "../settings/section-card.tsx";
import { SectionStateNote } from "../settings/section-state.tsx";

/** How much tasks may use: one click, or by hand. */
export function LimitsStep() {
  const { t } = useTranslation("setup");
  const limits = useLimits();
  const { state, fault } = limits.section;
  return (
    <>
      <PresetCards limits={limits} />
      <SectionCard title={t("limitsTitle")} text={t("limitsText")} side={<SectionStateNote state={state} />}>
        {fault === undefined ? null : <FaultAlert fault={fault} />}
        <UseLegend />
        <ResourceLimits limits={limits} />
      </SectionCard>
    </>
  );
}
