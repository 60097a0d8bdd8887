import { SegmentedControl } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { usePicture } from "../../state/use-picture.ts";
import { bytes } from "../../ui/format.ts";
import { useLocale } from "../../ui/use-locale.ts";
import { GIBIBYTE } from "./limit-rules.ts";
import { LimitSlider } from "./limit-slider.tsx";
import type { PolicyInHand } from "./policy-in-hand.ts";
import { RULE_DEFAULTS } from "./rule-defaults.ts";
import { RuleRow } from "./rule-row.tsx";
import classes from "./limits-screen.module.css";

/** What keeps the machine well. Nothing passes over these. */
export function CareRules({ policy, onChange }: PolicyInHand) {
  const { t } = useTranslation("limits");
  const machine = usePicture((picture) => picture.machine);
  const usage = usePicture((picture) => picture.usage);
  const { onBattery } = RULE_DEFAULTS;
  return (
    <div>
      <RuleRow
        label={t("battery")}
        means={t("batteryMeans")}
        standard={{
          value: t("batterySuspend"),
          chosen: policy.onBattery !== onBattery,
          onDefault: () => onChange({ ...policy, onBattery }),
        }}
      >
        <div>
          <SegmentedControl
            aria-label={t("battery")}
            value={policy.onBattery}
            data={[
              { value: "suspend", label: t("batterySuspend") },
              { value: "keep", label: t("batteryKeep") },
            ]}
            onChange={(next) => onChange({ ...policy, onBattery: next })}
          />
        </div>
      </RuleRow>
      <Floor
        of="freeMemory"
        floorBytes={policy.freeMemoryFloorBytes}
        defaultBytes={RULE_DEFAULTS.freeMemoryFloorBytes}
        capacityBytes={machine.memoryBytes}
        freeBytes={usage === null ? null : machine.memoryBytes - usage.machine.memoryBytes}
        step={0.25}
        onChange={(freeMemoryFloorBytes) => onChange({ ...policy, freeMemoryFloorBytes })}
      />
      <Floor
        of="freeDisk"
        floorBytes={policy.freeDiskFloorBytes}
        defaultBytes={RULE_DEFAULTS.freeDiskFloorBytes}
        capacityBytes={machine.diskBytes}
        freeBytes={usage?.diskFreeBytes ?? null}
        step={1}
        onChange={(freeDiskFloorBytes) => onChange({ ...policy, freeDiskFloorBytes })}
      />
      <RuleRow label={t("heat")} means={t("heatMeans")} />
    </div>
  );
}

interface FloorProps {
  readonly of: "freeMemory" | "freeDisk";
  readonly floorBytes: number;
  readonly defaultBytes: number;
  readonly capacityBytes: number;
  /** null while unknown. */
  readonly freeBytes: number | null;
  /** In GiB. */
  readonly step: number;
  readonly onChange: (floorBytes: number) => void;
}

/** How much has to stay free, on the scale of what the machine has, beside what is free now. */
function Floor({ of, floorBytes, defaultBytes, capacityBytes, freeBytes, step, onChange }: FloorProps) {
  const { t } = useTranslation("limits");
  const locale = useLocale();
  const words = freeBytes === null ? undefined : t(`${of}Now`, { free: bytes(Math.max(0, freeBytes), locale) });
  return (
    <LimitSlider
      label={t(of)}
      means={t(`${of}Means`)}
      unit={() => t("unit.gib")}
      value={floorBytes / GIBIBYTE}
      min={0}
      max={Math.max(capacityBytes, floorBytes) / GIBIBYTE}
      step={step}
      digits={step < 1 ? 2 : 0}
      defaultValue={defaultBytes / GIBIBYTE}
      chosen={floorBytes !== defaultBytes}
      fixedBy={undefined}
      use={words === undefined ? undefined : { ours: 0, others: 0, words }}
      note={
        freeBytes !== null && freeBytes < floorBytes ? (
          <p role="status" className={classes.below}>
            {t(`${of}Below`)}
          </p>
        ) : null
      }
      onChange={(gib) => onChange(Math.round(gib * GIBIBYTE))}
      onDefault={() => onChange(defaultBytes)}
    />
  );
}
