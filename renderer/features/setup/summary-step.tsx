import { Button } from "@mantine/core";
import { IconHeartHandshake } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Fault } from "../../../shared/contract/fault.ts";
import { call } from "../../state/session.ts";
import { usePicture } from "../../state/use-picture.ts";
import { FaultAlert } from "../../ui/fault-alert.tsx";
import { Facts } from "../../ui/facts.tsx";
import { Foreign } from "../../ui/foreign.tsx";
import { bytes, decimal } from "../../ui/format.ts";
import { useCores } from "../../ui/use-cores.ts";
import { useLocale } from "../../ui/use-locale.ts";
import { SectionCard } from "../settings/section-card.tsx";
import type { SetupChecks } from "./use-setup-checks.ts";
import classes from "./setup-screen.module.css";

/** What was chosen, and the last word: start, or later. */
export function SummaryStep({ checks }: { readonly checks: SetupChecks }) {
  const { t } = useTranslation("setup");
  const locale = useLocale();
  const cores = useCores(1);
  const grids = usePicture((picture) => picture.grids);
  const limits = usePicture((picture) => picture.settings.limits);
  const [busy, setBusy] = useState<"start" | "later">();
  const [fault, setFault] = useState<Fault>();

  const finish = async (how: "start" | "later"): Promise<void> => {
    setBusy(how);
    const started = how === "start" ? await call("mode.set", { to: "donate" }) : undefined;
    const outcome = started?.ok === false ? started : await call("settings.update", { setUp: true });
    setBusy(undefined);
    setFault(outcome.ok ? undefined : outcome.fault);
  };

  const names = [...grids.values()].map(({ id, name }, index) => (
    <span key={id}>
      {index === 0 ? null : ", "}
      <Foreign text={name} lines={1} />
    </span>
  ));
  return (
    <SectionCard title={t("summaryTitle")}>
      <p className={classes.nothing}>{t("nothingYet")}</p>
      <Facts
        facts={[
          { name: t("summaryEngine"), value: t(checks.ready ? "summaryEngineFine" : "summaryEngineMissing") },
          { name: t("summaryGrids"), value: names.length === 0 ? t("summaryNoGrids") : names },
          {
            name: t("summaryLimits"),
            value: t("summaryLimitsAre", {
              count: limits.parallel,
              cores: cores(limits.cpus),
              memory: bytes(limits.memoryBytes, locale),
              tasks: decimal(limits.parallel, locale, 0),
            }),
          },
        ]}
      />
      {fault === undefined ? null : <FaultAlert fault={fault} />}
      <div className={classes.last}>
        <Button
          size="md"
          leftSection={<IconHeartHandshake size={20} aria-hidden />}
          loading={busy === "start"}
          disabled={busy === "later"}
          onClick={() => void finish("start")}
        >
          {t("start")}
        </Button>
        <Button
          size="md"
          variant="default"
          loading={busy === "later"}
          disabled={busy === "start"}
          onClick={() => void finish("later")}
        >
          {t("later")}
        </Button>
        <p className={classes.quiet}>{t("laterMeans")}</p>
      </div>
    </SectionCard>
  );
}
