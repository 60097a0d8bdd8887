import { useTranslation } from "react-i18next";
import { bytes } from "../../ui/format.ts";
import { useLocale } from "../../ui/use-locale.ts";
import { leastMemoryBytes, MEBIBYTE } from "./limit-rules.ts";
import { LimitSlider } from "./limit-slider.tsx";
import { useCommon } from "./resource-limits.tsx";
import type { LimitsInHand } from "./use-limits.ts";
import classes from "./limits-screen.module.css";

const PIDS_MOST = 512;
const TMP_MOST_MIB = 1024;

/** What a single task may have. */
export function TaskLimits({ limits }: { readonly limits: LimitsInHand }) {
  const { t } = useTranslation("limits");
  const locale = useLocale();
  const { inForce, defaults, set } = limits;
  const common = useCommon(limits);
  const tmpMib = inForce.tmpBytes / MEBIBYTE;
  return (
    <div>
      <LimitSlider
        {...common("pids")}
        label={t("pids")}
        means={t("pidsMeans")}
        unit={(count) => t("unit.processes", { count })}
        value={inForce.pids}
        min={8}
        max={Math.max(PIDS_MOST, inForce.pids)}
        step={8}
        digits={0}
        defaultValue={defaults.pids}
        onChange={(next) => set("pids", Math.round(next))}
      />
      <LimitSlider
        {...common("tmpBytes")}
        label={t("tmp")}
        means={t("tmpMeans")}
        unit={() => t("unit.mib")}
        value={tmpMib}
        min={1}
        max={Math.max(TMP_MOST_MIB, tmpMib)}
        step={16}
        digits={0}
        defaultValue={defaults.tmpBytes / MEBIBYTE}
        note={
          <p className={classes.hint}>
            {t("leastHint", {
              least: bytes(leastMemoryBytes(inForce.tmpBytes, 1), locale),
              tmp: bytes(inForce.tmpBytes, locale),
            })}
          </p>
        }
        onChange={(next) => set("tmpBytes", Math.round(next) * MEBIBYTE)}
      />
    </div>
  );
}
