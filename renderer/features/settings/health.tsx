import { Button } from "@mantine/core";
import { IconRefresh } from "@tabler/icons-react";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { useMirror } from "../../state/mirror.ts";
import { FaultAlert } from "../../ui/fault-alert.tsx";
import { Loading } from "../../ui/loading.tsx";
import { CheckList } from "./check-list.tsx";
import { verdictOf } from "./merged-checks.ts";
import { SectionCard } from "./section-card.tsx";
import { useChecks } from "./use-checks.ts";

/** What the worker needs, checked when the screen opens and at a click. */
export function Health() {
  const { t } = useTranslation("settings");
  const connected = useMirror((mirror) => mirror.connection === "open");
  const { checks, busy, fault, done, start, stop } = useChecks("health.check");
  useEffect(() => {
    if (connected) void start({});
  }, [connected, start]);

  const { faults, notes } = verdictOf(checks ?? []);
  const verdict =
    faults > 0
      ? t("someFaults", { count: faults })
      : notes > 0
        ? t("someNotes", { count: notes })
        : done
          ? t("allFine")
          : t("healthMeans");
  return (
    <SectionCard
      title={t("health")}
      text={<span role="status">{busy ? t("checking") : verdict}</span>}
      side={
        busy ? (
          <Button variant="default" size="xs" onClick={stop}>
            {t("stop")}
          </Button>
        ) : (
          <Button
            variant="default"
            size="xs"
            leftSection={<IconRefresh size={16} aria-hidden />}
            onClick={() => void start({})}
          >
            {t("checkAgain")}
          </Button>
        )
      }
    >
      {fault === undefined ? null : <FaultAlert fault={fault} />}
      {checks === undefined || checks.length === 0 ? (
        busy ? (
          <Loading label={t("checking")} />
        ) : null
      ) : (
        <CheckList checks={checks} label={t("health")} />
      )}
    </SectionCard>
  );
}
