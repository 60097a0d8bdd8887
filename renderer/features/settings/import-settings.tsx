import { Text } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Fault } from "../../../shared/contract/fault.ts";
import { useAction } from "../../ui/use-action.ts";
import { Facts } from "../../ui/facts.tsx";
import { Confirm } from "./confirm.tsx";
import { SECTIONS, type Changes } from "./settings-changes.ts";

export interface ChosenFile {
  /** Made harmless to read. */
  readonly name: string;
  readonly text: string;
  readonly changes: Changes;
}

interface ImportSettingsProps {
  readonly chosen: ChosenFile | undefined;
  readonly onClose: () => void;
}

/** Shows what a settings file changes, and asks before it does. */
export function ImportSettings({ chosen, onClose }: ImportSettingsProps) {
  const { t } = useTranslation("settings");
  const importing = useAction("settings.import", { quiet: true, done: t("imported") });
  const [fault, setFault] = useState<Fault>();
  const close = (): void => {
    setFault(undefined);
    onClose();
  };
  const confirm = async (text: string): Promise<void> => {
    const outcome = await importing.run({ text });
    if (outcome.ok) close();
    else setFault(outcome.fault);
  };
  const changes = chosen?.changes;
  return (
    <Confirm
      opened={chosen !== undefined}
      title={t("importTitle")}
      action={t("importDo")}
      busy={importing.busy}
      fault={fault}
      destructive={(changes?.grids.removed ?? 0) > 0}
      onConfirm={() => void confirm(chosen?.text ?? "")}
      onClose={close}
    >
      <Text size="sm">{t("importFrom", { file: chosen?.name ?? "" })}</Text>
      {changes === undefined ? null : (
        <Facts
          facts={[
            { name: t("importSection.grids"), value: t("importGrids", { ...changes.grids }) },
            ...SECTIONS.map((section) => ({
              name: t(`importSection.${section}`),
              value: t(changes.changed.includes(section) ? "importChanges" : "importSame"),
            })),
          ]}
        />
      )}
      <Text size="sm" c="dimmed">
        {t("importRemoved")}
      </Text>
    </Confirm>
  );
}
