import { Group, SegmentedControl } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { NumberField } from "../../ui/number-field.tsx";
import classes from "./limit-slider.module.css";

interface RateLimitProps {
  /** undefined: no limit. */
  readonly tasksPerHour: number | undefined;
  /** The environment variable that decides this. */
  readonly fixedBy: string | undefined;
  readonly onChange: (tasksPerHour: number | undefined) => void;
}

const FIRST_GUESS = 20;
const MOST = 10_000;

/** How many tasks may be started in an hour. */
export function RateLimit({ tasksPerHour, fixedBy, onChange }: RateLimitProps) {
  const { t } = useTranslation("limits");
  const [last, setLast] = useState(tasksPerHour ?? FIRST_GUESS);
  return (
    <Group gap="sm">
      <SegmentedControl
        aria-label={t("rate")}
        disabled={fixedBy !== undefined}
        value={tasksPerHour === undefined ? "none" : "some"}
        data={[
          { value: "none", label: t("rateNone") },
          { value: "some", label: t("rateSome") },
        ]}
        onChange={(kind) => onChange(kind === "none" ? undefined : last)}
      />
      {tasksPerHour === undefined ? null : (
        <NumberField
          w={140}
          disabled={fixedBy !== undefined}
          aria-label={t("rate")}
          suffix={` ${t("unit.tasks", { count: tasksPerHour })}`}
          value={tasksPerHour}
          min={1}
          max={MOST}
          allowDecimal={false}
          onNumber={(next) => {
            setLast(next);
            onChange(next);
          }}
        />
      )}
      {fixedBy === undefined ? null : <span className={classes.fixed}>{t("fixedBy", { variable: fixedBy })}</span>}
    </Group>
  );
}
