import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Policy } from "../../../shared/settings/policy.ts";
import { usePicture } from "../../state/use-picture.ts";
import { FaultAlert } from "../../ui/fault-alert.tsx";
import { useHost } from "../../ui/use-host.ts";
import { SectionCard } from "../settings/section-card.tsx";
import { SectionStateNote } from "../settings/section-state.tsx";
import { useOverride } from "../settings/use-override.ts";
import { useSection } from "../settings/use-section.ts";
import { CareRules } from "./care-rules.tsx";
import { CourtesyRules } from "./courtesy-rules.tsx";
import { RateLimit } from "./rate-limit.tsx";
import { Schedule } from "./schedule.tsx";
import classes from "./limits-screen.module.css";

type Card = "schedule" | "rate" | "courtesy" | "care";

/** When tasks may run, and how many in an hour. What needs a sensor is shown where there is one. */
export function Rules() {
  const { t } = useTranslation("limits");
  const { value: policy, state, fault, change } = useSection("policy");
  const fixedBy = useOverride("policy.tasksPerHour");
  const inForce = usePicture((picture) => picture.settings.policy.tasksPerHour);
  const sensing = useHost() === "electron";
  const [touched, setTouched] = useState<Card>("schedule");
  const changeOn = (card: Card) => (next: Policy) => {
    setTouched(card);
    change(next);
  };
  // Rules are stored together; whether a change is in force is said where it was made.
  const note = (card: Card) => <SectionStateNote state={card === touched ? state : "idle"} />;
  return (
    <>
      {fault === undefined ? null : <FaultAlert fault={fault} />}
      {sensing ? (
        <div className={classes.columns}>
          <SectionCard title={t("courtesy")} text={t("courtesyMeans")} side={note("courtesy")}>
            <CourtesyRules policy={policy} onChange={changeOn("courtesy")} />
          </SectionCard>
          <SectionCard title={t("care")} text={t("careMeans")} side={note("care")}>
            <CareRules policy={policy} onChange={changeOn("care")} />
          </SectionCard>
        </div>
      ) : null}
      <SectionCard title={t("schedule")} text={t("scheduleMeans")} side={note("schedule")}>
        <Schedule windows={policy.windows} onChange={(windows) => changeOn("schedule")({ ...policy, windows })} />
      </SectionCard>
      <SectionCard title={t("rate")} text={t("rateMeans")} side={note("rate")}>
        <RateLimit
          tasksPerHour={fixedBy === undefined ? policy.tasksPerHour : inForce}
          fixedBy={fixedBy}
          onChange={(tasksPerHour) => {
            const { tasksPerHour: _before, ...rest } = policy;
            changeOn("rate")(tasksPerHour === undefined ? rest : { ...rest, tasksPerHour });
          }}
        />
      </SectionCard>
    </>
  );
}
