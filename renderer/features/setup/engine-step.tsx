import { Button } from "@mantine/core";
import { IconRefresh } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { FaultAlert } from "../../ui/fault-alert.tsx";
import { Loading } from "../../ui/loading.tsx";
import { CheckList } from "../settings/check-list.tsx";
import { SectionCard } from "../settings/section-card.tsx";
import type { SetupChecks } from "./use-setup-checks.ts";

/** Whether tasks can run here, and what to mend if not. */
export function EngineStep({ checks: { checks, busy, fault, start, stop } }: { readonly checks: SetupChecks }) {
  const { t } = useTranslation("setup");
  const { t: settings } = useTranslation("settings");
  return (
    <SectionCard
      title={t("engineTitle")}
      text={t("engineText")}
      side={
        busy ? (
          <Button variant="default" size="xs" onClick={stop}>
            {settings("stop")}
          </Button>
        ) : (
          <Button
            variant="default"
            size="xs"
            leftSection={<IconRefresh size={16} aria-hidden />}
            onClick={() => void start({})}
          >
            {settings("checkAgain")}
          </Button>
        )
      }
    >
      {fault === undefined ? null : <FaultAlert fault={fault} />}
      {checks === undefined || checks.length === 0 ? (
        busy ? (
          <Loading label={settings("checking")} />
        ) : null
      ) : (
        <CheckList checks={checks} label={settings("health")} />
      )}
    </SectionCard>
  );
}
