import { Group, SegmentedControl } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { usePicture } from "../../state/use-picture.ts";
import { decimal } from "../../ui/format.ts";
import { NumberField } from "../../ui/number-field.tsx";
import { useLocale } from "../../ui/use-locale.ts";
import { ExclusivePrograms } from "./exclusive-programs.tsx";
import { LimitSlider } from "./limit-slider.tsx";
import type { PolicyInHand } from "./policy-in-hand.ts";
import { RULE_DEFAULTS } from "./rule-defaults.ts";
import { RuleRow } from "./rule-row.tsx";
import classes from "./limits-screen.module.css";

const IDLE_LEAST_MINUTES = 0.5;
const IDLE_MOST_MINUTES = 240;

/** When the donor's own work goes first. "Always" passes over these, as over the schedule. */
export function CourtesyRules({ policy, onChange }: PolicyInHand) {
  const { t } = useTranslation("limits");
  const locale = useLocale();
  const others = useOthersShare();
  return (
    <div>
      <WhileActive policy={policy} onChange={onChange} />
      <LimitSlider
        label={t("busy")}
        means={t("busyMeans")}
        unit={() => "%"}
        value={policy.busyAbove * 100}
        min={1}
        max={100}
        step={1}
        digits={0}
        defaultValue={RULE_DEFAULTS.busyAbove * 100}
        chosen={policy.busyAbove !== RULE_DEFAULTS.busyAbove}
        fixedBy={undefined}
        use={
          others === undefined
            ? undefined
            : { ours: 0, others, words: t("busyNow", { share: decimal(others * 100, locale, 0) }) }
        }
        note={
          policy.busyAbove < 1 ? null : (
            <p role="status" className={classes.hint}>
              {t("busyNever")}
            </p>
          )
        }
        onChange={(share) => onChange({ ...policy, busyAbove: Math.round(share) / 100 })}
        onDefault={() => onChange({ ...policy, busyAbove: RULE_DEFAULTS.busyAbove })}
      />
      <ExclusivePrograms
        programs={policy.exclusivePrograms}
        onChange={(exclusivePrograms) => onChange({ ...policy, exclusivePrograms })}
      />
    </div>
  );
}

/** Whether tasks run while somebody is there, and after how long nobody is. */
function WhileActive({ policy, onChange }: PolicyInHand) {
  const { t } = useTranslation("limits");
  const locale = useLocale();
  const { whenActive, idleMinutes } = policy;
  const { whenActive: standard, idleMinutes: standardMinutes } = RULE_DEFAULTS;
  return (
    <RuleRow
      label={t("active")}
      means={t("activeMeans")}
      standard={{
        value:
          whenActive === "keep"
            ? t("activeKeep")
            : `${t("activeKeep")}; ${decimal(standardMinutes, locale, 1)} ${t("idleMinutes", { count: standardMinutes })}`,
        chosen: whenActive !== standard,
        onDefault: () => onChange({ ...policy, whenActive: standard, idleMinutes: standardMinutes }),
      }}
    >
      <Group gap="sm">
        <SegmentedControl
          aria-label={t("active")}
          value={whenActive}
          data={[
            { value: "keep", label: t("activeKeep") },
            { value: "suspend", label: t("activeIdle") },
          ]}
          onChange={(next) => onChange({ ...policy, whenActive: next })}
        />
        {whenActive === "keep" ? null : (
          <NumberField
            w={150}
            aria-label={t("idle")}
            suffix={` ${t("idleMinutes", { count: idleMinutes })}`}
            value={idleMinutes}
            min={IDLE_LEAST_MINUTES}
            max={IDLE_MOST_MINUTES}
            step={0.5}
            decimalScale={1}
            onNumber={(next) => onChange({ ...policy, idleMinutes: next })}
          />
        )}
      </Group>
    </RuleRow>
  );
}

/** What programs other than tasks use of the processor now, 0..1; undefined while nothing was measured. */
function useOthersShare(): number | undefined {
  const cpuCount = usePicture((picture) => picture.machine.cpuCount);
  const usage = usePicture((picture) => picture.usage);
  if (usage === null) return undefined;
  const ours = Object.values(usage.runs).reduce((sum, { cpus }) => sum + cpus, 0);
  return Math.min(1, Math.max(0, usage.machine.cpus - ours) / cpuCount);
}
