import { Group, NumberInput, SegmentedControl } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";

interface RateLimitProps {
  /** undefined: no limit. */
  readonly tasksPerHour: number | undefined;
  readonly onChange: (tasksPerHour: number | undefined) => void;
}

const FIRST_GUESS = 20;
const MOST = 10_000;

/** How many tasks may be started in an hour. */
export function RateLimit({ tasksPerHour, onChange }: RateLimitProps) {
  const { t } = useTranslation("limits");
  const [last, setLast] = useState(tasksPerHour ?? FIRST_GUESS);
  return (
    <Group gap="sm">
      <SegmentedControl
        aria-label={t("rate")}
        value={tasksPerHour === undefined ? "none" : "some"}
        data={[
          { value: "none", label: t("rateNone") },
          { value: "some", label: t("rateSome") },
        ]}
        onChange={(kind) => onChange(kind === "none" ? undefined : last)}
      />
      {tasksPerHour === undefined ? null : (
        <NumberInput
          w={140}
          aria-label={t("rate")}
          suffix={` ${t("unit.tasks", { count: tasksPerHour })}`}
          value={tasksPerHour}
          min={1}
          max={MOST}
          allowDecimal={false}
          onChange={(next) => {
            if (typeof next !== "number" || next < 1 || next > MOST) return;
            setLast(next);
            onChange(next);
          }}
        />
      )}
    </Group>
  );
}
