import { useTranslation } from "react-i18next";
import { usePicture } from "../../state/use-picture.ts";
import { CopyButton } from "../../ui/copy-button.tsx";
import { Facts } from "../../ui/facts.tsx";
import { Foreign } from "../../ui/foreign.tsx";
import { bytes } from "../../ui/format.ts";
import { useCores } from "../../ui/use-cores.ts";
import { useLocale } from "../../ui/use-locale.ts";
import { SectionCard } from "./section-card.tsx";

/** What this machine is, as others see it and as one tells it when something is wrong. */
export function MachineFacts() {
  const { t } = useTranslation("settings");
  const locale = useLocale();
  const cores = useCores(0);
  const machine = usePicture((picture) => picture.machine);
  const runtime = usePicture((picture) => picture.engine.runtime);
  const diskFree = usePicture((picture) => picture.usage?.diskFreeBytes ?? null);
  const engine =
    runtime === null ? t("noEngine") : `${runtime.engine} ${runtime.version}, cgroup v${runtime.cgroupVersion}`;
  const all = bytes(machine.diskBytes, locale);
  const told = [
    `${t("nodeId")}: ${machine.nodeId}`,
    `${t("version")}: ${machine.version}`,
    `${t("platform")}: ${machine.platform}`,
    `${t("engineVersion")}: ${engine}`,
  ].join("\n");
  return (
    <SectionCard title={t("machine")} side={<CopyButton text={told} label={t("machine")} />}>
      <Facts
        facts={[
          { name: t("nodeName"), value: <Foreign text={machine.name} lines={2} /> },
          { name: t("nodeId"), value: <Foreign text={machine.nodeId} monospace /> },
          { name: t("version"), value: machine.version },
          { name: t("platform"), value: machine.platform },
          { name: t("engineVersion"), value: <Foreign text={engine} /> },
          {
            name: t("capacity"),
            value: t("capacityIs", {
              cores: cores(machine.cpuCount),
              memory: bytes(machine.memoryBytes, locale),
            }),
          },
          {
            name: t("diskFree"),
            value: diskFree === null ? all : t("diskFreeIs", { free: bytes(diskFree, locale), all }),
          },
          { name: t("timeZone"), value: machine.timeZone },
          { name: t("dataDir"), value: <Foreign text={machine.dataDir} monospace /> },
        ]}
      />
    </SectionCard>
  );
}
