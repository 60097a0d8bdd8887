import {
  IconClockStop,
  IconCpu,
  IconDeviceSdCard,
  IconFolderOff,
  IconLock,
  IconStack2,
  IconUserShield,
  IconUsb,
  IconWifiOff,
  type Icon,
} from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { Flag } from "../../../shared/contract/views.ts";
import { bytes, duration } from "../format.ts";
import { useCores } from "../use-cores.ts";
import { useLocale } from "../use-locale.ts";
import { holds, valueOf } from "./known-flags.ts";
import classes from "./promises.module.css";

interface ShortPromise {
  readonly icon: Icon;
  readonly words: string;
}

/** The flags in short: each is said only where the engine is really told it. */
export function Promises({
  flags,
  timeoutSeconds,
}: {
  readonly flags: readonly Flag[];
  readonly timeoutSeconds: number | null;
}) {
  const { t } = useTranslation("confinement");
  const promises = usePromises(flags, timeoutSeconds);
  return (
    <ul className={classes.list} aria-label={t("promises")}>
      {promises.map(({ icon: Symbol, words }) => (
        <li key={words} className={classes.promise}>
          <Symbol size={20} stroke={1.7} aria-hidden />
          <span>{words}</span>
        </li>
      ))}
    </ul>
  );
}

function usePromises(flags: readonly Flag[], timeoutSeconds: number | null): readonly ShortPromise[] {
  const { t } = useTranslation("confinement");
  const locale = useLocale();
  const cores = useCores();
  const all: ShortPromise[] = [];
  if (holds(flags, "NetworkMode")) all.push({ icon: IconWifiOff, words: t("promise.network") });
  if (holds(flags, "Binds")) all.push({ icon: IconFolderOff, words: t("promise.files") });
  if (holds(flags, "ReadonlyRootfs")) all.push({ icon: IconLock, words: t("promise.readonly") });
  if (["User", "Privileged", "CapDrop", "CapAdd", "SecurityOpt"].every((name) => holds(flags, name as "User"))) {
    all.push({ icon: IconUserShield, words: t("promise.root") });
  }
  if (holds(flags, "Devices")) all.push({ icon: IconUsb, words: t("promise.devices") });
  const memory = Number(valueOf(flags, "Memory"));
  if (memory > 0) all.push({ icon: IconDeviceSdCard, words: t("promise.memory", { value: bytes(memory, locale) }) });
  const cpus = Number(valueOf(flags, "CpuQuota")) / Number(valueOf(flags, "CpuPeriod"));
  if (cpus > 0) {
    all.push({ icon: IconCpu, words: t("promise.cpu", { value: cores(cpus) }) });
  }
  const pids = Number(valueOf(flags, "PidsLimit"));
  if (pids > 0) all.push({ icon: IconStack2, words: t("promise.pids", { count: pids }) });
  if (timeoutSeconds !== null) {
    all.push({ icon: IconClockStop, words: t("promise.timeout", { value: duration(timeoutSeconds * 1_000, locale) }) });
  }
  return all;
}
