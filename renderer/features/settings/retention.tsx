import { Group, Select } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { FaultAlert } from "../../ui/fault-alert.tsx";
import { NumberField } from "../../ui/number-field.tsx";
import { SectionCard } from "./section-card.tsx";
import { SectionStateNote } from "./section-state.tsx";
import { useSection } from "./use-section.ts";

const CHOICES = ["forever", "days30", "days90", "days365", "custom"] as const;
type Choice = (typeof CHOICES)[number];

const DAYS: Record<Exclude<Choice, "custom">, number | null> = { forever: null, days30: 30, days90: 90, days365: 365 };
const MOST_DAYS = 36_500;

/** How long runs stay in this machine's history. */
export function Retention() {
  const { t } = useTranslation("settings");
  const { value, state, fault, change } = useSection("history");
  const known = CHOICES.find((choice) => choice !== "custom" && DAYS[choice] === value.keepDays);
  const [own, setOwn] = useState(known === undefined);
  const choice: Choice = own || known === undefined ? "custom" : known;
  const choose = (next: Choice): void => {
    setOwn(next === "custom");
    if (next !== "custom") change({ keepDays: DAYS[next] });
  };
  return (
    <SectionCard title={t("history")} text={t("keepMeans")} side={<SectionStateNote state={state} />}>
      {fault === undefined ? null : <FaultAlert fault={fault} />}
      <Group gap="sm" align="flex-end">
        <Select
          label={t("keep")}
          flex="1 1 12rem"
          maw={260}
          data={CHOICES.map((one) => ({ value: one, label: t(`keepFor.${one}`) }))}
          value={choice}
          allowDeselect={false}
          onChange={(next) => choose(next ?? "forever")}
        />
        {choice === "custom" ? (
          <NumberField
            w={140}
            label={t("keepDays")}
            suffix={` ${t("days")}`}
            allowDecimal={false}
            min={1}
            max={MOST_DAYS}
            value={value.keepDays ?? undefined}
            onNumber={(keepDays) => change({ keepDays })}
          />
        ) : null}
      </Group>
    </SectionCard>
  );
}
