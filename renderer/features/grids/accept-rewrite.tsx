import { Text } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Fault } from "../../../shared/contract/fault.ts";
import type { GridView } from "../../../shared/contract/views.ts";
import { useAction } from "../../ui/use-action.ts";
import { Confirm } from "../settings/confirm.tsx";

interface AcceptRewriteProps {
  readonly grid: GridView;
  readonly opened: boolean;
  readonly onClose: () => void;
}

/** Says what a rewritten history can mean before it is accepted. */
export function AcceptRewrite({ grid, opened, onClose }: AcceptRewriteProps) {
  const { t } = useTranslation("grids");
  const accept = useAction("grids.acceptRewrite", { quiet: true });
  const [fault, setFault] = useState<Fault>();
  const confirm = async (): Promise<void> => {
    const outcome = await accept.run({ id: grid.id });
    setFault(outcome.ok ? undefined : outcome.fault);
    if (outcome.ok) onClose();
  };
  return (
    <Confirm
      opened={opened}
      title={t("rewriteTitle")}
      action={t("rewriteDo")}
      busy={accept.busy}
      fault={fault}
      onConfirm={() => void confirm()}
      onClose={onClose}
    >
      <Text size="sm">{t("rewriteText")}</Text>
      <Text size="sm" fw={600}>
        {t("rewriteAsk")}
      </Text>
    </Confirm>
  );
}
