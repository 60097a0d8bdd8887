import { Input, SegmentedControl } from "@mantine/core";
import { useId } from "react";
import { useTranslation } from "react-i18next";
import { FaultAlert } from "../../ui/fault-alert.tsx";
import { useHost } from "../../ui/use-host.ts";
import { SectionCard } from "./section-card.tsx";
import { useSection } from "./use-section.ts";

const THEMES = ["system", "light", "dark"] as const;
const LANGUAGES = ["system", "en", "de"] as const;

/** Theme and language of the interface. */
export function Appearance() {
  const { t } = useTranslation("settings");
  const { value, fault, change } = useSection("appearance");
  const inWindow = useHost() === "electron";
  const themeId = useId();
  const languageId = useId();
  return (
    <SectionCard title={t("appearance")}>
      {fault === undefined ? null : <FaultAlert fault={fault} />}
      <div>
        <Input.Label component="span" id={themeId} mb={4}>
          {t("theme")}
        </Input.Label>
        <SegmentedControl
          fullWidth
          aria-labelledby={themeId}
          value={value.theme}
          data={THEMES.map((theme) => ({ value: theme, label: t(`themes.${theme}`) }))}
          onChange={(theme) => change({ ...value, theme })}
        />
      </div>
      <div>
        <Input.Label component="span" id={languageId} mb={4}>
          {t("language")}
        </Input.Label>
        <SegmentedControl
          fullWidth
          aria-labelledby={languageId}
          value={value.language}
          data={LANGUAGES.map((language) => ({
            value: language,
            label: language === "system" && inWindow ? t("languageOfSystem") : t(`languages.${language}`),
          }))}
          onChange={(language) => change({ ...value, language })}
        />
      </div>
    </SectionCard>
  );
}
