import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";

export interface DefaultNoteProps {
  /** Of what: for those who hear the button without what stands around it. */
  readonly label: string;
  /** In words and units. */
  readonly value: string;
  /** Whether the donor has chosen something else. */
  readonly chosen: boolean;
  readonly onDefault: () => void;
}

/** What the default is, and the way back to it. */
export function DefaultNote({ label, value, chosen, onDefault }: DefaultNoteProps) {
  const { t } = useTranslation("limits");
  return (
    <>
      <span>{t("defaultIs", { value })}</span>
      {chosen ? (
        <Button variant="subtle" size="compact-xs" onClick={onDefault} aria-label={`${label}: ${t("toDefault")}`}>
          {t("toDefault")}
        </Button>
      ) : null}
    </>
  );
}
