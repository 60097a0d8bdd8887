import { useTranslation } from "react-i18next";
import { usePicture } from "../../state/use-picture.ts";
import { bytes } from "../../ui/format.ts";
import { useCores } from "../../ui/use-cores.ts";
import { useLocale } from "../../ui/use-locale.ts";
import { useOverride } from "../settings/use-override.ts";
import { GIBIBYTE, MEMORY_LEAST_BYTES } from "./limit-rules.ts";
import { LimitSlider } from "./limit-slider.tsx";
import { MemoryWarning } from "./memory-warning.tsx";
import type { UseShares } from "./use-bar.tsx";
import type { LimitName, LimitsInHand } from "./use-limits.ts";

interface ResourceLimitsProps {
  readonly limits: LimitsInHand;
}

/** Cores, memory and tasks: what all tasks together may use, on the scale of the machine. */
export function ResourceLimits({ limits }: ResourceLimitsProps) {
  const { t } = useTranslation("limits");
  const { machine, inForce, defaults, set } = limits;
  const use = useUseOf(machine);
  const common = useCommon(limits);
  return (
    <div>
      <LimitSlider
        {...common("cpus")}
        label={t("cpus")}
        means={t("cpusMeans")}
        unit={(count) => t("unit.cores", { count })}
        value={inForce.cpus}
        min={0.5}
        max={Math.max(machine.cpuCount, 0.5)}
        step={0.5}
        digits={1}
        defaultValue={defaults.cpus}
        use={use?.cpus}
        onChange={(next) => set("cpus", next)}
      />
      <LimitSlider
        {...common("memoryBytes")}
        label={t("memory")}
        means={t("memoryMeans")}
        unit={() => t("unit.gib")}
        value={inForce.memoryBytes / GIBIBYTE}
        min={MEMORY_LEAST_BYTES / GIBIBYTE}
        max={machine.memoryBytes / GIBIBYTE}
        step={0.25}
        digits={2}
        defaultValue={defaults.memoryBytes / GIBIBYTE}
        use={use?.memory}
        note={<MemoryWarning limits={limits} />}
        onChange={(next) => set("memoryBytes", Math.max(MEMORY_LEAST_BYTES, Math.round(next * GIBIBYTE)))}
      />
      <LimitSlider
        {...common("parallel")}
        label={t("parallel")}
        means={t("parallelMeans")}
        unit={(count) => t("unit.tasks", { count })}
        value={inForce.parallel}
        min={1}
        max={Math.min(64, Math.max(16, machine.cpuCount, inForce.parallel))}
        step={1}
        digits={0}
        defaultValue={defaults.parallel}
        onChange={(next) => set("parallel", Math.round(next))}
      />
    </div>
  );
}

/** What every limit has, whatever it counts. */
export function useCommon({ isChosen, follow }: LimitsInHand) {
  const fixed: Record<LimitName, string | undefined> = {
    cpus: useOverride("limits.cpus"),
    memoryBytes: useOverride("limits.memoryBytes"),
    parallel: useOverride("limits.parallel"),
    pids: useOverride("limits.pids"),
    tmpBytes: useOverride("limits.tmpBytes"),
  };
  return (name: LimitName) => ({ chosen: isChosen(name), fixedBy: fixed[name], onDefault: () => follow(name) });
}

/** What is in use now, as shares of the machine. */
function useUseOf({ cpuCount, memoryBytes }: LimitsInHand["machine"]) {
  const { t } = useTranslation("limits");
  const locale = useLocale();
  const usage = usePicture((picture) => picture.usage);
  const cores = useCores(1);
  if (usage === null) return undefined;
  const ours = Object.values(usage.runs).reduce(
    (sum, run) => ({ cpus: sum.cpus + run.cpus, memoryBytes: sum.memoryBytes + run.memoryBytes }),
    { cpus: 0, memoryBytes: 0 },
  );
  const shares = (mine: number, all: number, most: number, words: (value: number) => string): UseShares => ({
    ours: mine / most,
    others: Math.max(0, all - mine) / most,
    // The two are measured apart from each other, so that ours may come out as more than all.
    words: t("inUse", { all: words(Math.max(all, mine)), ours: words(mine) }),
  });
  const size = (value: number): string => bytes(value, locale);
  return {
    cpus: shares(ours.cpus, usage.machine.cpus, cpuCount, cores),
    memory: shares(ours.memoryBytes, usage.machine.memoryBytes, memoryBytes, size),
  };
}
