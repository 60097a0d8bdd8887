import { PasswordInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { usePicture } from "../../state/use-picture.ts";
import { useHost } from "../../ui/use-host.ts";

interface TokenInputProps {
  readonly value: string;
  readonly optional?: boolean;
  readonly onChange: (token: string) => void;
}

/** A token: never shown unless asked, never remembered by the browser; says how long it is kept. */
export function TokenInput({ value, optional = false, onChange }: TokenInputProps) {
  const { t } = useTranslation("grids");
  const kept = usePicture((picture) => picture.settings.tokensKept);
  const inWindow = useHost() === "electron";
  return (
    <PasswordInput
      label={t(optional ? "tokenOptional" : "tokenLabel")}
      description={t(kept ? "tokenKept" : inWindow ? "tokenSession" : "tokenMemory")}
      inputWrapperOrder={["label", "input", "description"]}
      visibilityToggleButtonProps={{ "aria-label": t("tokenShow") }}
      autoComplete="off"
      spellCheck={false}
      data-1p-ignore
      maxLength={1000}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
