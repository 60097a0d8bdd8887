import { useTranslation } from "react-i18next";
import { usePicture } from "../../state/use-picture.ts";
import { bytes, decimal } from "../../ui/format.ts";
import { Meter } from "../../ui/meter.tsx";
import { Section } from "../../ui/section.tsx";
import { useCores } from "../../ui/use-cores.ts";
import { useLocale } from "../../ui/use-locale.ts";
import classes from "./machine-section.module.css";

/** Is my machine all right? The whole's use, with our part of it in the accent. */
export function MachineSection() {
  const { t } = useTranslation("home");
  const { t: common } = useTranslation();
  const locale = useLocale();
  const cores = useCores(1);
  const machine = usePicture((picture) => picture.machine);
  const usage = usePicture((picture) => picture.usage);
  if (usage === null) {
    return (
      <Section title={t("machine.title")}>
        <p className={classes.waiting}>{t("machine.waiting")}</p>
      </Section>
    );
  }
  const runs = Object.values(usage.runs);
  const cpus = runs.reduce((sum, use) => sum + use.cpus, 0);
  const memoryBytes = runs.reduce((sum, use) => sum + use.memoryBytes, 0);
  const free = usage.diskFreeBytes;
  return (
    <Section title={t("machine.title")}>
      <div className={classes.meters}>
        <Meter
          label={common("cpu")}
          share={usage.machine.cpus / machine.cpuCount}
          own={cpus / machine.cpuCount}
          value={t("machine.cores", {
            used: decimal(usage.machine.cpus, locale, 1),
            all: decimal(machine.cpuCount, locale, 0),
          })}
        />
        <Meter
          label={common("memory")}
          share={usage.machine.memoryBytes / machine.memoryBytes}
          own={memoryBytes / machine.memoryBytes}
          value={t("machine.memory", {
            used: bytes(usage.machine.memoryBytes, locale),
            all: bytes(machine.memoryBytes, locale),
          })}
        />
        {free === null ? null : (
          <Meter
            label={common("disk")}
            share={1 - free / machine.diskBytes}
            own={0}
            value={t("machine.diskFree", { free: bytes(free, locale), all: bytes(machine.diskBytes, locale) })}
          />
        )}
      </div>
      <p className={classes.own}>
        <span className={classes.swatch} aria-hidden />
        {t("machine.own", {
          value: `${cores(cpus)}, ${bytes(memoryBytes, locale)}`,
        })}
      </p>
    </Section>
  );
}
