import { Button } from "@mantine/core";
import { useClipboard } from "@mantine/hooks";
import { IconCheck, IconCopy } from "@tabler/icons-react";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { useTell } from "./use-tell.ts";

export interface CopyButtonProps {
  readonly text: string | (() => string);
  /** What is copied, for those who listen. */
  readonly label: string;
}

/** Copies a text; where the clipboard is not to be had (no permission, no secure origin) it says so. */
export function CopyButton({ text, label }: CopyButtonProps) {
  const { t } = useTranslation();
  const tell = useTell();
  const { copied, copy, error, reset } = useClipboard({ timeout: 2_000 });
  const Symbol = copied ? IconCheck : IconCopy;
  useEffect(() => {
    if (error === null) return;
    tell({ color: "red", title: t("copyFailed.title"), message: t("copyFailed.text"), autoClose: 12_000 });
    reset();
  }, [error, reset, tell, t]);
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
