import { UnstyledButton } from "@mantine/core";
import { IconBolt, IconFeather, IconScale } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { bytes, decimal } from "../../ui/format.ts";
import { useCores } from "../../ui/use-cores.ts";
import { useLocale } from "../../ui/use-locale.ts";
import { presetLimits, PRESETS } from "./limit-rules.ts";
import type { LimitsInHand } from "./use-limits.ts";
import classes from "./preset-cards.module.css";

const ICONS = { light: IconFeather, balanced: IconScale, generous: IconBolt };

/** Limits with one click, each saying what it comes to on this machine. */
export function PresetCards({ limits }: { readonly limits: LimitsInHand }) {
  const { t } = useTranslation("limits");
  const locale = useLocale();
  const cores = useCores(1);
  const { machine, defaults, inForce, preset: current, apply } = limits;
  return (
    <div className={classes.cards} role="group" aria-label={t("presets")}>
      {PRESETS.map((preset) => {
        const Icon = ICONS[preset];
        const means = presetLimits(preset, machine, defaults, inForce.tmpBytes);
        return (
          <UnstyledButton
            key={preset}
            className={classes.card ?? ""}
            aria-pressed={preset === current}
            onClick={() => apply(preset)}
          >
            <span className={classes.name}>
              <Icon size={20} aria-hidden /> {t(`preset.${preset}`)}
            </span>
            <span className={classes.means}>{t(`presetMeans.${preset}`)}</span>
            <span className={classes.sum}>
              {t("presetSum", {
                cores: cores(means.cpus),
                memory: bytes(means.memoryBytes, locale),
                tasks: decimal(means.parallel, locale, 0),
              })}
            </span>
          </UnstyledButton>
        );
      })}
    </div>
  );
}
