import { Button, Drawer } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconShieldCheck } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { RunDetails, RunView } from "../../../shared/contract/views.ts";
import { ConfinementDetails } from "../../ui/confinement/confinement-details.tsx";
import { Promises } from "../../ui/confinement/promises.tsx";
import { Facts, type Fact } from "../../ui/facts.tsx";
import { Foreign } from "../../ui/foreign.tsx";
import { bytes, decimal, duration } from "../../ui/format.ts";
import { ScriptText } from "../../ui/script-text.tsx";
import { Section } from "../../ui/section.tsx";
import { useCores } from "../../ui/use-cores.ts";
import { useLocale } from "../../ui/use-locale.ts";
import classes from "./allowed-section.module.css";

export interface AllowedSectionProps {
  readonly run: RunView;
  readonly details: RunDetails | undefined;
}

/** What a run may use, and, a step further, everything that confines it. */
export function AllowedSection({ run, details }: AllowedSectionProps) {
  const { t } = useTranslation("running");
  const { t: common } = useTranslation();
  const { t: words } = useTranslation("confinement");
  const [open, drawer] = useDisclosure(false);
  const facts = useFacts(run, details);
  const confinement = details?.confinement ?? null;
  const script = details?.script ?? null;
  return (
    <Section title={t("allowed.title")}>
      <Facts facts={facts} />
      {confinement === null && script === null ? (
        <p className={classes.unknown}>{t("allowed.unknown")}</p>
      ) : (
        <Button
          mt="md"
          size="xs"
          variant="default"
          leftSection={<IconShieldCheck size={16} aria-hidden />}
          onClick={drawer.open}
        >
          {t("allowed.more")}
        </Button>
      )}
      <Drawer
        opened={open}
        onClose={drawer.close}
        position="right"
        size="min(56rem, 100vw)"
        title={words("title")}
        closeButtonProps={{ "aria-label": common("close") }}
      >
        <div className={classes.drawer}>
          {confinement === null ? null : (
            <Promises flags={confinement.flags} timeoutSeconds={details?.timeoutSeconds ?? null} />
          )}
          {script === null ? null : (
            <div>
              <h3 className={classes.heading}>{t("allowed.script")}</h3>
              <ScriptText text={script} label={t("allowed.script")} />
            </div>
          )}
          {confinement === null ? null : <ConfinementDetails confinement={confinement} />}
        </div>
      </Drawer>
    </Section>
  );
}

function useFacts(run: RunView, details: RunDetails | undefined): readonly Fact[] {
  const { t } = useTranslation("running");
  const locale = useLocale();
  const cores = useCores();
  const share = run.share ?? details?.limits ?? null;
  const facts: Fact[] = [];
  if (share !== null) {
    facts.push(
      { name: t("allowed.cpus"), value: cores(share.cpus) },
      { name: t("allowed.memory"), value: bytes(share.memoryBytes, locale) },
      { name: t("allowed.pids"), value: decimal(share.pids, locale, 0) },
      { name: t("allowed.tmp"), value: bytes(share.tmpBytes, locale) },
    );
  }
  facts.push(
    { name: t("allowed.timeout"), value: duration(run.timeoutMs, locale) },
    { name: t("allowed.image"), value: <Foreign text={run.image} monospace /> },
  );
  if (typeof details?.imageId === "string") {
    facts.push({ name: t("allowed.imageId"), value: <Foreign text={details.imageId} monospace /> });
  }
  facts.push({ name: t("allowed.claim"), value: <Foreign text={run.claimId} monospace /> });
  return facts;
}
