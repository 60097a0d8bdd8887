import { Alert, Button, Group, Loader, Menu } from "@mantine/core";
import { IconChevronDown, IconDownload } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { FaultAlert } from "../../ui/fault-alert.tsx";
import { bytes } from "../../ui/format.ts";
import { useLocale } from "../../ui/use-locale.ts";
import type { ExportState, Format } from "./use-export.ts";

interface ExportMenuProps {
  readonly disabled: boolean;
  readonly onExport: (format: Format) => Promise<void>;
}

export function ExportMenu({ disabled, onExport }: ExportMenuProps) {
  const { t } = useTranslation("history");
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button
          variant="default"
          disabled={disabled}
          leftSection={<IconDownload size={18} aria-hidden />}
          rightSection={<IconChevronDown size={16} aria-hidden />}
        >
          {t("export")}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => void onExport("csv")}>{t("exportCsv")}</Menu.Item>
        <Menu.Item onClick={() => void onExport("json")}>{t("exportJson")}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

interface ExportProgressProps {
  readonly state: ExportState;
  readonly onStop: () => void;
}

/** How far the export is, and what became of it. */
export function ExportProgress({ state, onStop }: ExportProgressProps) {
  const { t } = useTranslation("history");
  const locale = useLocale();
  switch (state.kind) {
    case "idle":
      return null;
    case "exporting":
      return (
        <Alert variant="default" role="status" icon={<Loader size={18} />}>
          <Group justify="space-between">
            {t("exporting", { format: state.format.toUpperCase(), size: bytes(state.bytes, locale) })}
            <Button size="compact-sm" variant="default" onClick={onStop}>
              {t("cancel")}
            </Button>
          </Group>
        </Alert>
      );
    case "saved":
      return (
        <Alert variant="default" role="status" withCloseButton closeButtonLabel={t("close")} onClose={onStop}>
          {t("exported", { file: state.file, size: bytes(state.bytes, locale) })}
        </Alert>
      );
    case "failed":
      return <FaultAlert fault={state.fault} />;
  }
}
