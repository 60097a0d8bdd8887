import { useTranslation } from "react-i18next";
import type { TaskView } from "../../../shared/contract/views.ts";
import { Facts, type Fact } from "../../ui/facts.tsx";
import { bytes, decimal, duration } from "../../ui/format.ts";
import { useCores } from "../../ui/use-cores.ts";
import { useLocale } from "../../ui/use-locale.ts";

export interface ShareFactsProps {
  readonly share: NonNullable<TaskView["share"]>;
  readonly resources: TaskView["resources"];
  readonly timeoutSeconds: number | null;
}

const MIB = 1024 * 1024;

/** What a task gets of this machine, beside what it asked for. */
export function ShareFacts({ share, resources, timeoutSeconds }: ShareFactsProps) {
  const { t } = useTranslation("queue");
  const locale = useLocale();
  const cores = useCores();
  const beside = (given: string, asked: string | undefined): string =>
    asked === undefined ? given : `${given} (${t("drawer.asked", { value: asked })})`;
  const facts: Fact[] = [
    {
      name: t("drawer.cpus"),
      value: beside(cores(share.cpus), resources?.cpus === undefined ? undefined : cores(resources.cpus)),
    },
    {
      name: t("drawer.memory"),
      value: beside(
        bytes(share.memoryBytes, locale),
        resources?.memory_mb === undefined ? undefined : bytes(resources.memory_mb * MIB, locale),
      ),
    },
    { name: t("drawer.pids"), value: decimal(share.pids, locale, 0) },
    { name: t("drawer.tmp"), value: bytes(share.tmpBytes, locale) },
  ];
  if (timeoutSeconds !== null) {
    facts.push({ name: t("drawer.timeout"), value: duration(timeoutSeconds * 1_000, locale) });
  }
  return <Facts facts={facts} />;
}
