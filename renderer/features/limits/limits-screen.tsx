import { useTranslation } from "react-i18next";
import { FaultAlert } from "../../ui/fault-alert.tsx";
import { bytes } from "../../ui/format.ts";
import { Page } from "../../ui/page.tsx";
import { useCores } from "../../ui/use-cores.ts";
import { useLocale } from "../../ui/use-locale.ts";
import { SectionCard } from "../settings/section-card.tsx";
import { SectionStateNote } from "../settings/section-state.tsx";
import { PresetCards } from "./preset-cards.tsx";
import { ResourceLimits } from "./resource-limits.tsx";
import { Rules } from "./rules.tsx";
import { TaskLimits } from "./task-limits.tsx";
import { UseLegend } from "./use-legend.tsx";
import { useLimits } from "./use-limits.ts";
import classes from "./limits-screen.module.css";

/** What tasks may use of this machine, and when. */
export function LimitsScreen() {
  const { t } = useTranslation("limits");
  const locale = useLocale();
  const cores = useCores(2);
  const limits = useLimits();
  const { inForce, section } = limits;
  return (
    <Page title={t("title")} lead={t("lead")} actions={<SectionStateNote state={section.state} />}>
      {section.fault === undefined ? null : <FaultAlert fault={section.fault} />}
      <PresetCards limits={limits} />
      <div className={classes.columns}>
        <SectionCard title={t("resources")} side={<UseLegend />}>
          <ResourceLimits limits={limits} />
        </SectionCard>
        <SectionCard
          title={t("perTask")}
          text={t("share", {
            cores: cores(inForce.cpus / inForce.parallel),
            memory: bytes(inForce.memoryBytes / inForce.parallel, locale),
          })}
        >
          <TaskLimits limits={limits} />
        </SectionCard>
      </div>
      <Rules />
    </Page>
  );
}
