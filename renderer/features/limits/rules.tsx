import { useTranslation } from "react-i18next";
import { usePicture } from "../../state/use-picture.ts";
import { FaultAlert } from "../../ui/fault-alert.tsx";
import { SectionCard } from "../settings/section-card.tsx";
import { SectionStateNote } from "../settings/section-state.tsx";
import { useOverride } from "../settings/use-override.ts";
import { useSection } from "../settings/use-section.ts";
import { RateLimit } from "./rate-limit.tsx";
import { Schedule } from "./schedule.tsx";

/** When tasks may run, and how many in an hour. */
export function Rules() {
  const { t } = useTranslation("limits");
  const { value: policy, state, fault, change } = useSection("policy");
  const fixedBy = useOverride("policy.tasksPerHour");
  const inForce = usePicture((picture) => picture.settings.policy.tasksPerHour);
  return (
    <>
      {fault === undefined ? null : <FaultAlert fault={fault} />}
      <SectionCard title={t("schedule")} text={t("scheduleMeans")} side={<SectionStateNote state={state} />}>
        <Schedule windows={policy.windows} onChange={(windows) => change({ ...policy, windows })} />
      </SectionCard>
      <SectionCard title={t("rate")} text={t("rateMeans")}>
        <RateLimit
          tasksPerHour={fixedBy === undefined ? policy.tasksPerHour : inForce}
          fixedBy={fixedBy}
          onChange={(tasksPerHour) => {
            const { tasksPerHour: _before, ...rest } = policy;
            change(tasksPerHour === undefined ? rest : { ...rest, tasksPerHour });
          }}
        />
      </SectionCard>
    </>
  );
}
