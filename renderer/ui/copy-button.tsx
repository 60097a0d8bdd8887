import { Button } from "@mantine/core";
import { useClipboard } from "@mantine/hooks";
import { IconCheck, IconCopy } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

export interface CopyButtonProps {
  readonly text: string | (() => string);
  /** What is copied, for those who listen. */
  readonly label: string;
}

export function CopyButton({ text, label }: CopyButtonProps) {
  const { t } = useTranslation();
  const { copied, copy } = useClipboard({ timeout: 2_000 });
  const Symbol = copied ? IconCheck : IconCopy;
  return (
    <Button
      size="xs"
      variant="default"
      leftSection={<Symbol size={14} aria-hidden />}
      onClick={() => copy(typeof text === "string" ? text : text())}
      aria-label={copied ? t("copied") : `${t("copy")}: ${label}`}
    >
      {t(copied ? "copied" : "copy")}
    </Button>
  );
}
